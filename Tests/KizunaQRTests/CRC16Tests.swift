import KizunaQR
import Testing

@Suite struct CRC16Tests {
    @Test(arguments: [("", 0xFFFF), ("A", 0xB915), ("123456789", 0x29B1)] as [(String, UInt16)])
    func givesKnownValues(text: String, checksum: UInt16) {
        #expect(CRC16.checksum(of: Array(text.utf8).span) == checksum)
    }

    @Test(arguments: 0...64)
    func agreesWithTheDefinitionAtEveryLength(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ 7) }
        #expect(CRC16.checksum(of: bytes.span) == bitByBit(bytes))
    }

    @Test func keepsLeadingZeros() {
        #expect(CRC16.text(0x007B) == "007B")
        #expect(CRC16.text(0) == "0000")
    }

    private func bitByBit(_ bytes: [UInt8]) -> UInt16 {
        bytes.reduce(0xFFFF) { checksum, byte in
            (0..<8).reduce(checksum ^ UInt16(byte) << 8) { value, _ in
                value & 0x8000 == 0 ? value << 1 : value << 1 ^ 0x1021
            }
        }
    }
}
