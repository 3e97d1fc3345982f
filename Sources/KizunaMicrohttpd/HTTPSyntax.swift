import Glibc

/// The character classes of RFC 9110 that decide whether a field can be trusted to mean one thing to everybody.
enum HTTPSyntax {
    /// `tchar` of RFC 9110, section 5.6.2, by byte.
    private static let tokenBytes: [Bool] = (0..<256).map { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(UInt8(byte))
        }
    }

    /// Whether the bytes are a method or a field name.
    static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        // Taken once: each look at a static costs more than the byte's.
        let isTokenByte = tokenBytes
        return !bytes.isEmpty && bytes.allSatisfy { isTokenByte[Int($0)] }
    }

    /// Whether the bytes are a field value: no control character but the tab.
    static func isFieldValue(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    /// Whether the bytes may stand in a request target: printable ASCII without the space.
    static func isTarget(_ bytes: some Sequence<UInt8>) -> Bool { bytes.allSatisfy { 0x21...0x7E ~= $0 } }

    /// Whether ASCII bytes are the given lower-case name, in any case.
    static func equals(_ bytes: some Collection<UInt8>, _ lowercased: StaticString) -> Bool {
        guard bytes.count == lowercased.utf8CodeUnitCount else { return false }
        return lowercased.withUTF8Buffer { name in
            zip(bytes, name).allSatisfy { byte, letter in
                byte == letter || 0x41...0x5A ~= byte && byte | 0x20 == letter
            }
        }
    }
}

/// Milliseconds of a clock that nobody sets; to the nearest tick (at most 10 ms), which is cheap to read.
func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
