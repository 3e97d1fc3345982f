import KizunaMoney

/// Explains the fields of a merchant-presented payload, one line each, in the order in which they stand.
struct FieldExplainer {
    let bytes: [UInt8]
    let index: QRIndex
    let fault: QRFault?

    func lines() -> [QRExplanation.Line] {
        guard index.root.first != nil else { return [] }
        var lines: [QRExplanation.Line] = []
        var cursor = ObjectCursor(from: 0, to: bytes.count, isASCII: index.isASCII)
        while case .object(let tag, let slot) = cursor.next(bytes.span) {
            let path = TagPath(tag: tag)
            let fields = RootTag.isTemplate(tag) ? fields(inside: slot, of: tag) : []
            lines.append(line(path, slot, isTemplate: !fields.isEmpty))
            lines += fields
        }
        return lines
    }

    /// The fields of a template; none when it is not a row of objects.
    private func fields(inside template: Slot, of tag: UInt8) -> [QRExplanation.Line] {
        var lines: [QRExplanation.Line] = []
        var cursor = ObjectCursor(inside: template, isASCII: index.isASCII)
        while true {
            switch cursor.next(bytes.span) {
            case .object(let sub, let slot): lines.append(line(TagPath(tag: tag, sub: sub), slot, isTemplate: false))
            case .end: return lines
            case .malformed, .overrun: return []
            }
        }
    }

    private func line(_ path: TagPath, _ slot: Slot, isTemplate: Bool) -> QRExplanation.Line {
        let entry = FieldCatalogue.entry(for: path, scheme: fault?.scheme ?? index.scheme)
        let value = String(decoding: bytes[slot.start..<slot.end], as: UTF8.self)
        return QRExplanation.Line(
            path: path,
            title: entry?.title,
            source: entry?.source,
            value: isTemplate ? nil : value,
            meaning: isTemplate ? nil : FieldMeaning.of(value, at: path, index),
            position: position(of: slot.start),
            verdict: verdict(path, slot, value)
        )
    }

    private func position(of offset: Int) -> Int { bytes[..<offset].count { !isContinuation($0) } }

    private func verdict(_ path: TagPath, _ slot: Slot, _ value: String) -> QRExplanation.Verdict {
        if let finding = fault.map({ [$0.main] + $0.also })?.first(where: { $0.path == path }) {
            return .wrong(finding.message)
        }
        if slot.byteCount == 0 { return .tolerated("empty; the standard asks for a length of 1 or more") }
        if path.sub != nil { return .right }
        switch UInt8(path.root) {
        case RootTag.crc where value.utf8.contains { UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 }:
            return .tolerated("small letters; the standard writes capitals")
        case RootTag.amount where index.currency == .khr && value.utf8.contains(UInt8(ascii: ".")):
            return .tolerated("decimals; riel are written whole")
        case RootTag.name where slot.scalarCount > 25, RootTag.city where slot.scalarCount > 15:
            return .tolerated("longer than the standard allows")
        default: return .right
        }
    }

    /// What is unusual about an accepted code as a whole.
    func remarks() -> [QRExplanation.Line] {
        var remarks: [String] = []
        let missing = [RootTag.category, RootTag.country, RootTag.name, RootTag.city]
            .filter { !index.root.contains($0) }
        if !missing.isEmpty {
            remarks.append("The standard asks for \(missing.map(String.init).joined(separator: ", "))")
        }
        if index.root.first != RootTag.payloadFormat { remarks.append("The standard puts 00 first") }
        if let error = index.strictError {
            remarks.append("Strict verification answers \(error.rawValue): \(error.message)")
        }
        return remarks.map { remark in
            QRExplanation.Line(
                path: nil,
                title: nil,
                source: nil,
                value: nil,
                meaning: nil,
                position: nil,
                verdict: .tolerated(remark)
            )
        }
    }
}
