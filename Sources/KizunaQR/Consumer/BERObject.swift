/// One data object of a consumer-presented code: BER-TLV (ISO/IEC 8825-1; EMVCo CPM 4).
public struct BERObject: Sendable, Hashable {
    /// The tag, one or two bytes, such as 61 or 9F26 in hexadecimal.
    public let tag: UInt16
    /// The bytes behind tag and length.
    public let value: [UInt8]
    /// Where the value begins in the decoded bytes.
    let start: Int

    /// The tag in hexadecimal capitals.
    public var tagText: String { TagPath(tag, notation: .hexadecimal).description }
}

/// Why bytes are not a row of BER-TLV objects.
struct BERError: Error {
    let kind: QRFinding.Kind
    let offset: Int
}

extension BERObject {
    /// The deepest that consumer-presented codes nest: root, application template, transparent template.
    static let deepest = 3

    /// Reads the objects of a template, or of the whole code.
    static func row(_ bytes: [UInt8], _ range: Range<Int>) throws(BERError) -> [BERObject] {
        var objects: [BERObject] = []
        var offset = range.lowerBound
        while offset < range.upperBound {
            let tag = try tag(bytes, &offset, range.upperBound)
            let length = try length(bytes, &offset, range.upperBound)
            let available = range.upperBound - offset
            guard length <= available else {
                throw BERError(kind: .tlvOverrun(declared: length, available: available), offset: offset)
            }
            objects.append(BERObject(tag: tag, value: Array(bytes[offset..<(offset + length)]), start: offset))
            offset += length
        }
        return objects
    }

    /// A tag of one byte, or of two when its low five bits are all set.
    private static func tag(_ bytes: [UInt8], _ offset: inout Int, _ end: Int) throws(BERError) -> UInt16 {
        let first = bytes[offset]
        offset += 1
        guard first & 0x1F == 0x1F else { return UInt16(first) }
        guard offset < end, bytes[offset] & 0x80 == 0 else {
            throw BERError(kind: .tlvMalformed(.leftOver), offset: offset)
        }
        offset += 1
        return UInt16(first) << 8 | UInt16(bytes[offset - 1])
    }

    /// A length up to 127 in one byte, or up to 255 behind 81 (EMVCo CPM 4.2: at most 512 bytes in all).
    private static func length(_ bytes: [UInt8], _ offset: inout Int, _ end: Int) throws(BERError) -> Int {
        guard offset < end else { throw BERError(kind: .tlvMalformed(.leftOver), offset: offset) }
        let first = bytes[offset]
        offset += 1
        if first < 0x80 { return Int(first) }
        let count = Int(first & 0x7F)
        guard 1...2 ~= count else { throw BERError(kind: .tlvMalformed(.invalidLengthOfLength), offset: offset) }
        guard end - offset >= count else { throw BERError(kind: .tlvMalformed(.leftOver), offset: offset) }
        var length = 0
        for _ in 0..<count {
            length = length << 8 | Int(bytes[offset])
            offset += 1
        }
        return length
    }
}
