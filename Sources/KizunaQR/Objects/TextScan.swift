/// What one pass over the UTF-8 of a payload finds out: how many scalars there are, and which of them are trouble.
struct TextScan {
    /// Unicode scalars, the unit in which EMVCo counts (MPM 4.4.1.1).
    private(set) var scalarCount = 0
    /// Where the bytes stop being UTF-8.
    private(set) var invalidOffset: Int?
    /// The first control character: C0, DEL or C1.
    private(set) var controlOffset: Int?
    /// The first mark that embeds, overrides or isolates a direction of text.
    private(set) var bidirectionalOffset: Int?
    /// The first scalar above U+FFFF.
    private(set) var astralOffset: Int?
    private(set) var isASCII = true

    /// Looks at all bytes, or at those before the first that is not UTF-8.
    init(_ bytes: Span<UInt8>) {
        let raw = bytes.bytes
        var offset = 0
        while offset < bytes.count {
            if offset + 8 <= bytes.count {
                // Inside the bytes by the condition above.
                let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
                if isPrintableASCII(word) {
                    offset += 8
                    scalarCount += 8
                    continue
                }
            }
            guard take(bytes, &offset) else {
                invalidOffset = offset
                return
            }
        }
    }

    /// Takes the scalar at the offset, or says that there is none.
    private mutating func take(_ bytes: Span<UInt8>, _ offset: inout Int) -> Bool {
        let lead = bytes[offset]
        if lead < 0x80 {
            if isControl(lead), controlOffset == nil { controlOffset = offset }
            offset += 1
        } else {
            isASCII = false
            guard let (scalar, length) = scalar(in: bytes, at: offset) else { return false }
            note(scalar, at: offset)
            offset += length
        }
        scalarCount += 1
        return true
    }

    private mutating func note(_ scalar: UInt32, at offset: Int) {
        switch scalar {
        case 0x80...0x9F: controlOffset = controlOffset ?? offset
        case 0x202A...0x202E, 0x2066...0x2069: bidirectionalOffset = bidirectionalOffset ?? offset
        case 0x10000...: astralOffset = astralOffset ?? offset
        default: break
        }
    }
}

/// Whether a byte continues a scalar that began before it.
@inline(__always)
func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

@inline(__always)
private func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

/// Whether all eight bytes of a word are printable ASCII, 20 to 7E hex.
@inline(__always)
private func isPrintableASCII(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let below20 = (word &- ones &* 0x20) & ~word
    let deletes = word ^ (ones &* 0x7F)
    let is7F = (deletes &- ones) & ~deletes
    return (word | below20 | is7F) & tops == 0
}

/// Decodes one scalar of two or more bytes; nil for anything that Unicode 3.9, table 3-7, does not allow.
private func scalar(in bytes: Span<UInt8>, at offset: Int) -> (scalar: UInt32, length: Int)? {
    let lead = UInt32(bytes[offset])
    let (length, least): (Int, UInt32) =
        switch lead {
        case 0xC2...0xDF: (2, 0x80)
        case 0xE0...0xEF: (3, 0x800)
        case 0xF0...0xF4: (4, 0x10000)
        default: (0, 0)
        }
    guard length > 0, offset + length <= bytes.count else { return nil }
    var scalar = lead & (0x7F >> UInt32(length))
    for index in 1..<length {
        let byte = bytes[offset + index]
        guard isContinuation(byte) else { return nil }
        scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    guard scalar >= least, scalar <= 0x10FFFF, !(0xD800...0xDFFF ~= scalar) else { return nil }
    return (scalar, length)
}
