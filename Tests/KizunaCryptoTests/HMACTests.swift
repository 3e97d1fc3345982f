import KizunaCrypto
import Testing

/// RFC 4231, section 4: HMAC-SHA-256 over its seven test cases.
@Suite struct HMACTests {
    struct Case: Sendable {
        var key: [UInt8]
        var message: [UInt8]
        var code: String
    }

    private static func bytes(_ byte: UInt8, _ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }

    static let cases = [
        Case(
            key: bytes(0x0b, 20),
            message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        Case(
            key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        Case(
            key: bytes(0xaa, 20),
            message: bytes(0xdd, 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        Case(
            key: Array(0x01...0x19),
            message: bytes(0xcd, 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        Case(
            key: bytes(0x0c, 20),
            message: Array("Test With Truncation".utf8),
            code: "a3b6167473100ee06e0c796c2955552b"
        ),
        Case(
            key: bytes(0xaa, 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        Case(
            key: bytes(0xaa, 131),
            message: Array(
                """
                This is a test using a larger than block-size key and a larger than block-size data. The key needs to \
                be hashed before being used by the HMAC algorithm.
                """.utf8
            ),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ]

    @Test(arguments: cases.indices)
    func authenticatesThePublishedCases(index: Int) {
        let example = Self.cases[index]
        // Case 5 publishes only the first 128 bits.
        #expect(Hex.encode(HMAC.sha256(key: example.key, message: example.message)).hasPrefix(example.code))
    }

    @Test func takesAnEmptyKeyAndAnEmptyMessage() {
        #expect(
            Hex.encode(HMAC.sha256(key: [], message: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
        )
    }
}
