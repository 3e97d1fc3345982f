/// Puts data objects in a row, counts them in Unicode scalars, and collects what cannot be written.
struct PayloadWriter {
    private var bytes: [UInt8] = []
    private(set) var findings: [QRFinding] = []

    init() { bytes.reserveCapacity(QRReader.longestPayloadCharacters) }

    /// Which characters a field may hold.
    enum Script {
        /// Printable ASCII: EMVCo's common character set (MPM 4.5).
        case ascii
        /// Printable ASCII and Latin letters with marks.
        case latin
        /// Any script, in composed form, without what readers count differently.
        case any
    }

    /// A field of a template; nil leaves it out.
    struct Field {
        let sub: UInt8
        let value: String?
        let allowed: ClosedRange<Int>
        var script = Script.ascii
    }

    /// Writes a field of the root.
    mutating func add(_ tag: UInt8, _ value: String, _ allowed: ClosedRange<Int>, _ script: Script = .ascii) {
        _ = append(tag, value, TagPath(tag: tag), allowed, script)
    }

    /// Writes a template from its fields; nothing at all when none of them is there.
    mutating func add(template tag: UInt8, _ fields: [Field]) {
        let start = bytes.count
        append(header: tag, 0)
        var length = 0
        for field in fields {
            guard let value = field.value else { continue }
            let path = TagPath(tag: tag, sub: field.sub)
            length += 4 + append(field.sub, value, path, field.allowed, field.script)
        }
        if length == 0 { return bytes.removeLast(bytes.count - start) }
        if length > 99 { refuse(.fieldLength(TagPath(tag: tag), found: length, allowed: 1...99)) }
        bytes[start + 2] = Self.digit(length / 10)
        bytes[start + 3] = Self.digit(length % 10)
    }

    mutating func refuse(_ kind: QRFinding.Kind) { findings.append(QRFinding(kind)) }

    /// The whole text with its checksum.
    ///
    /// - Throws: the fault made of everything that was refused.
    consuming func finished(as scheme: QRScheme) throws(QRFault) -> [UInt8] {
        if let first = findings.first { throw QRFault(first, also: Array(findings.dropFirst()), scheme: scheme) }
        bytes += "6304".utf8
        bytes += CRC16.text(CRC16.checksum(of: bytes.span)).utf8
        return bytes
    }
}

extension PayloadWriter {
    /// Writes an object whatever is wrong with it, notes what is, and returns the length of its value in scalars.
    private mutating func append(
        _ tag: UInt8,
        _ value: String,
        _ path: TagPath,
        _ allowed: ClosedRange<Int>,
        _ script: Script
    ) -> Int {
        var value = value
        let scan = value.withUTF8 { TextScan($0.span) }
        let length = scan.scalarCount
        if !(allowed ~= length) { refuse(.fieldLength(path, found: length, allowed: allowed)) }
        if let rule = brokenRule(value, scan, script) { refuse(.fieldValue(path, rule)) }
        append(header: tag, length)
        value.withUTF8 { bytes.append(contentsOf: $0) }
        return length
    }

    /// Lengths past 99 are refused elsewhere; their digits do not matter.
    private mutating func append(header tag: UInt8, _ length: Int) {
        bytes.append(Self.digit(Int(tag) / 10))
        bytes.append(Self.digit(Int(tag) % 10))
        bytes.append(Self.digit(length / 10))
        bytes.append(Self.digit(length % 10))
    }

    private static func digit(_ value: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(value % 10) }

    /// The first rule about characters that the text breaks.
    private func brokenRule(_ value: String, _ scan: TextScan, _ script: Script) -> QRFinding.ValueRule? {
        if scan.controlOffset != nil { return .noControlCharacters }
        if scan.bidirectionalOffset != nil { return .noBidirectionalControls }
        if scan.astralOffset != nil { return .basicPlane }
        if scan.isASCII { return nil }
        switch script {
        case .ascii: return .ascii
        case .latin where !value.unicodeScalars.allSatisfy(Self.isLatin): return .latin
        case .latin, .any: return isComposed(value) ? nil : .composed
        }
    }

    /// ASCII, Latin-1 letters and Latin Extended A and B.
    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII || (0xC0...0x24F ~= scalar.value && scalar.properties.isAlphabetic)
    }
}
