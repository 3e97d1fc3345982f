import KizunaCrypto
import Testing

@Suite struct HexTests {
    @Test(arguments: [
        ("", []), ("00", [0]), ("ff", [255]), ("0123456789abcdef", [1, 35, 69, 103, 137, 171, 205, 239]),
    ])
    func goesBothWays(text: String, bytes: [UInt8]) {
        #expect(Hex.encode(bytes) == text)
        #expect(Hex.decode(text) == bytes)
    }

    @Test(arguments: ["0", "0g", "FF", "0x", " 00", "00 ", "é1"])
    func refuses(text: String) { #expect(Hex.decode(text) == nil) }
}
