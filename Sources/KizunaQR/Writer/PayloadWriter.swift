/// Puts data objects in a row, counts them in Unicode scalars, and collects what cannot be written.
struct PayloadWriter {
    private(set) var text = ""
    private(set) var findings: [QRFinding] = []

    /// Which characters a field may hold.
    enum Script {
        /// Printable ASCII: EMVCo's common character set (MPM 4.5).
        case ascii
        /// Printable ASCII and Latin letters with marks.
        case latin
        /// Any script, in composed form, without what readers count differently.
        case any
    }

    /// Writes a field of the root.
    mutating func add(_ tag: UInt8, _ value: String, _ allowed: ClosedRange<Int>, _ script: Script = .ascii) {
        check(value, TagPath(tag: tag), allowed, script)
        text += Self.object(tag, value)
    }

    /// Writes a template from its fields; nothing at all when none of them is there.
    mutating func add(template tag: UInt8, _ fields: [Field]) {
        var inside = ""
        for field in fields {
            guard let value = field.value else { continue }
            check(value, TagPath(tag: tag, sub: field.sub), field.allowed, field.script)
            inside += Self.object(field.sub, value)
        }
        guard !inside.isEmpty else { return }
        let length = inside.unicodeScalars.count
        if length > 99 { refuse(.fieldLength(TagPath(tag: tag), found: length, allowed: 1...99)) }
        text += Self.object(tag, inside)
    }

    /// A field of a template; nil leaves it out.
    struct Field {
        let sub: UInt8
        let value: String?
        let allowed: ClosedRange<Int>
        var script = Script.ascii
    }

    mutating func refuse(_ kind: QRFinding.Kind) { findings.append(QRFinding(kind)) }

    /// The whole text with its checksum.
    ///
    /// - Throws: the fault made of everything that was refused.
    func finished(as scheme: QRScheme) throws(QRFault) -> [UInt8] {
        if let first = findings.first { throw QRFault(first, also: Array(findings.dropFirst()), scheme: scheme) }
        var bytes = Array((text + "6304").utf8)
        bytes += Array(CRC16.text(CRC16.checksum(of: bytes.span)).utf8)
        return bytes
    }

    private static func object(_ tag: UInt8, _ value: String) -> String {
        twoDigits(Int(tag)) + twoDigits(value.unicodeScalars.count) + value
    }

    private static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}

extension PayloadWriter {
    private mutating func check(
        _ value: String,
        _ path: TagPath,
        _ allowed: ClosedRange<Int>,
        _ script: Script
    ) {
        let length = value.unicodeScalars.count
        if !(allowed ~= length) { refuse(.fieldLength(path, found: length, allowed: allowed)) }
        if let rule = brokenRule(value, script) { refuse(.fieldValue(path, rule)) }
    }

    /// The first rule about characters that the text breaks.
    private func brokenRule(_ value: String, _ script: Script) -> QRFinding.ValueRule? {
        let scan = TextScan(Array(value.utf8).span)
        if scan.controlOffset != nil { return .noControlCharacters }
        if scan.bidirectionalOffset != nil { return .noBidirectionalControls }
        if scan.astralOffset != nil { return .basicPlane }
        switch script {
        case .ascii: return scan.isASCII ? nil : .ascii
        case .latin: return value.unicodeScalars.allSatisfy(Self.isLatin) ? composedRule(value) : .latin
        case .any: return composedRule(value)
        }
    }

    private func composedRule(_ value: String) -> QRFinding.ValueRule? { isComposed(value) ? nil : .composed }

    /// ASCII, Latin-1 letters and Latin Extended A and B.
    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        0x20...0x7E ~= scalar.value || (0xC0...0x24F ~= scalar.value && scalar.properties.isAlphabetic)
    }
}
