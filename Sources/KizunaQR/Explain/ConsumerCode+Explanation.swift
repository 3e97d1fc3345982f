extension ConsumerCode {
    /// Every object with its meaning; values in hexadecimal, or as text where they are printable ASCII.
    var explanation: [QRExplanation.Line] {
        var lines = [Self.line(TagPath(0x85, notation: .hexadecimal), Array(format.rawValue.utf8))]
        for application in applications { lines += Self.lines(application, tag: 0x61) }
        if let common { lines += Self.lines(common, tag: 0x62) }
        lines += others.map { Self.line(TagPath($0.tag, notation: .hexadecimal), $0.value) }
        return lines
    }

    private static func lines(_ template: ConsumerTemplate, tag: UInt16) -> [QRExplanation.Line] {
        var lines = [line(TagPath(tag, notation: .hexadecimal), nil)]
        lines += template.objects.map { line(TagPath(tag, $0.tag, notation: .hexadecimal), $0.value) }
        guard let transparent = template.transparent else { return lines }
        let inner = template.transparentTag
        lines.append(line(TagPath(tag, inner, notation: .hexadecimal), nil))
        lines += transparent.map { line(TagPath(tag, inner, $0.tag, notation: .hexadecimal), $0.value) }
        return lines
    }

    private static func line(_ path: TagPath, _ value: [UInt8]?) -> QRExplanation.Line {
        let entry = FieldCatalogue.entry(for: path, scheme: nil)
        let isPrintable = value?.allSatisfy { 0x20...0x7E ~= $0 } == true && value?.isEmpty == false
        return QRExplanation.Line(
            path: path,
            title: entry?.title,
            source: entry?.source,
            value: value.map(hexadecimalText),
            meaning: isPrintable ? value.map { String(decoding: $0, as: UTF8.self) } : nil,
            position: nil,
            verdict: .right
        )
    }
}
