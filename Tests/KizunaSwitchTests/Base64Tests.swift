import KizunaSwitch
import Testing

@Suite struct Base64Tests {
    /// RFC 4648, section 10, and the two characters in which the alphabets differ.
    static let vectors: [(bytes: [UInt8], standard: String, url: String)] = [
        ([], "", ""),
        (Array("f".utf8), "Zg==", "Zg"),
        (Array("fo".utf8), "Zm8=", "Zm8"),
        (Array("foo".utf8), "Zm9v", "Zm9v"),
        (Array("foob".utf8), "Zm9vYg==", "Zm9vYg"),
        (Array("fooba".utf8), "Zm9vYmE=", "Zm9vYmE"),
        (Array("foobar".utf8), "Zm9vYmFy", "Zm9vYmFy"),
        ([0xFB, 0xFF, 0xBF], "+/+/", "-_-_"),
    ]

    @Test(arguments: vectors.indices)
    func goesBothWays(index: Int) {
        let (bytes, standard, url) = Self.vectors[index]
        #expect(Base64.standard.encode(bytes) == standard)
        #expect(Base64.standard.decode(standard) == bytes)
        #expect(Base64.url.encode(bytes) == url)
        #expect(Base64.url.decode(url) == bytes)
    }

    @Test func everyLengthAndByteGoesBothWays() {
        for length in 0...256 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            #expect(Base64.standard.decode(Base64.standard.encode(bytes)) == bytes)
            #expect(Base64.url.decode(Base64.url.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "====", "=", "Z", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm-v", "Zm_v", "Zg==Zg==", "Zé==",
    ])
    func standardRefuses(text: String) { #expect(Base64.standard.decode(text) == nil) }

    @Test(arguments: ["Zg==", "Z", "Zh", "Zm9", "Zm9v\n", "Zm+v", "Zm/v"])
    func urlRefuses(text: String) { #expect(Base64.url.decode(text) == nil) }
}
