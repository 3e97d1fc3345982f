import KizunaQR
import Testing

@Suite struct ConsumerCodeTests {
    @Test(arguments: [
        ("hQVDUFYwMQ==", "cpm-no-application"), ("hQVDUFYwMg==", "field-value:85"), ("hQVDUFYwM", "tlv-malformed"),
        ("hQVDUFYwMWETTweg", "tlv-overrun"), ("hQVDUFYwMWEJTwegAAAAVVU=", "tlv-overrun"),
        ("hQVDUFYw*", "tlv-malformed"),
        ("hello", "not-emv"),
    ])
    func refuses(text: String, name: String) throws {
        let fault = try #require(throws: QRFault.self) { try QRCode.read(text, at: nil) }
        #expect(fault.name == name)
    }

    @Test(
        arguments: [
            ([0x61, 0x09, 0x4F, 0x07, 0xA0, 0, 0, 0, 0x55, 0x55, 0x55], nil),
            ([0x61, 0x06, 0x4F, 0x04, 0xA0, 0, 0, 0], "cpm-no-application"),
            ([0x61, 0x02, 0x50, 0x00], "cpm-no-application"),
            (
                [0x61, 0x0B, 0x4F, 0x07, 0xA0, 0, 0, 0, 1, 1, 1, 0x50, 0x00, 0x62, 0x02, 0x50, 0x00],
                "subtag-duplicate:62.50"
            ),
            ([0x61, 0x0D, 0x4F, 0x07, 0xA0, 0, 0, 0, 1, 1, 1, 0x50, 0x00, 0x50, 0x00], "subtag-duplicate:61.50"),
            ([0x61, 0x02, 0x50, 0x05], "template-malformed:61"),
            ([0x61, 0x82, 0x00, 0x09, 0x4F, 0x07, 0xA0, 0, 0, 0, 1, 1, 1], nil),
            ([0x61, 0x84, 0, 0, 0, 0], "tlv-malformed"),
            ([0x61, 0x0B, 0x4F, 0x07, 0xA0, 0, 0, 0, 1, 1, 1, 0x63, 0x00, 0x62, 0x00, 0x62, 0x00], "tag-duplicate:62"),
        ] as [([UInt8], String?)]
    )
    func readsTemplates(rest: [UInt8], name: String?) throws {
        let bytes: [UInt8] = [0x85, 0x05] + Array("CPV01".utf8) + rest
        let text = base64(bytes)
        guard let name else {
            #expect(try QRCode.read(text, at: nil).scheme == .emvcoConsumer)
            return
        }
        let fault = try #require(throws: QRFault.self) { try QRCode.read(text, at: nil) }
        #expect(fault.name == name)
        #expect(fault.scheme == .emvcoConsumer)
    }

    @Test(arguments: [
        ("hQVKUFFSMWEcTwg5MDAwMDAwMlcQMTIzNDU2Nzg5MDEyMzQ1Ng==", "90000002"),
        ("hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=", "12345678"),
    ])
    func tellsTheOperatorAndNothingElse(text: String, operatorCode: String) throws {
        guard case .consumer(let code) = try QRCode.read(text, at: nil) else {
            Issue.record("A consumer's code is expected")
            return
        }
        #expect(code.operatorCode == operatorCode)
        #expect("\(code)" == code.scheme.rawValue)
        #expect(String(reflecting: code) == code.scheme.rawValue)
        #expect(!"\(QRCode.consumer(code))".contains("123"))
    }

    private func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
        let digits = stride(from: 0, to: bits.count, by: 6).map { start in
            (0..<6).reduce(0) { $0 << 1 | (start + $1 < bits.count ? Int(bits[start + $1]) : 0) }
        }
        let text = String(decoding: digits.map { alphabet[$0] }, as: UTF8.self)
        return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }
}
