/// Where a data object stands: its tag, inside the template that holds it.
///
/// Merchant-presented codes number their tags in decimal (`62.01`), consumer-presented codes in hexadecimal (`61.5A`).
public struct TagPath: Sendable, Hashable {
    /// How tags are written.
    public enum Notation: Sendable, Hashable { case decimal, hexadecimal }

    /// The tag in the root.
    public let root: UInt16
    /// The tag inside the root's template, if the path goes that deep.
    public let sub: UInt16?
    /// The tag inside a template of a template: only consumer-presented codes go so deep.
    public let leaf: UInt16?
    /// How the tags are written.
    public let notation: Notation

    public init(_ root: UInt16, _ sub: UInt16? = nil, _ leaf: UInt16? = nil, notation: Notation = .decimal) {
        self.root = root
        self.sub = sub
        self.leaf = leaf
        self.notation = notation
    }

    init(tag: UInt8) { self.init(UInt16(tag)) }
    init(tag: UInt8, sub: UInt8) { self.init(UInt16(tag), UInt16(sub)) }
}

extension TagPath: CustomStringConvertible {
    /// The tags with points between them, such as `29.00` or `62.9F26`.
    public var description: String {
        var text = tagText(root)
        if let sub { text += "." + tagText(sub) }
        if let leaf { text += "." + tagText(leaf) }
        return text
    }

    private func tagText(_ tag: UInt16) -> String {
        if notation == .decimal, tag < 100 { return TagPath.twoDigits(UInt8(tag)) }
        let digits = String(tag, radix: notation == .decimal ? 10 : 16, uppercase: true)
        return digits.utf8.count % 2 == 0 ? digits : "0" + digits
    }

    /// A tag from 0 to 99 as payloads write it.
    static func twoDigits(_ tag: UInt8) -> String { twoDigitTexts[Int(tag)] }

    private static let twoDigitTexts = (0...99).map { ($0 < 10 ? "0" : "") + String($0) }
}
