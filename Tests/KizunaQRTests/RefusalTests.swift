import KizunaMoney
import KizunaQR
import Testing

/// What is never tolerated, each in an otherwise faultless code, with its name and place.
@Suite struct RefusalTests {
    private static let khqr = Parts.khqr
    private static let jpqr = Parts.jpqr

    @Test(
        arguments: [
            ("", "empty", nil),
            ("Hello", "not-emv", 0),
            ("000201", "crc-missing", 6),
            (khqr.body, "crc-missing", 80),
            (khqr.body + "6304", "tlv-overrun", 80),
            (khqr.body + "6303ABC", "crc-length", 84),
            (khqr.body + "63050ABCD", "crc-length", 84),
            (khqr.body + "6304GHIJ", "crc-not-hex", 84),
            (khqr.body + "6304０２AB", "crc-not-hex", 84),
            (khqr.body + "63040000", "crc-mismatch", 84),
            (khqr.payload + "6405ABCDE", "crc-not-last", 80),
            (khqr.payload + "\n", "tlv-malformed", 88),
            (" " + khqr.payload, "crc-mismatch", 85),
            (khqr.payload.replacing("KH59", with: "ＫH59"), "crc-mismatch", 84),
        ] as [(String, String, Int?)]
    )
    func refusesABrokenFrame(payload: String, name: String, position: Int?) throws {
        let fault = try #require(throws: QRFault.self) { try QRCode.read(payload, at: nil) }
        #expect(fault.name == name)
        #expect(fault.position == position)
    }

    @Test(arguments: [
        (khqr.with(60, raw: "60+2AB"), "tlv-malformed"), (khqr.with(60, raw: "60 2AB"), "tlv-malformed"),
        (khqr.with(60, raw: "60０２AB"), "tlv-malformed"), (khqr.with(60, raw: "6A02AB"), "tlv-malformed"),
        (khqr.with(60, raw: "6099AB"), "tlv-overrun"), (khqr.with(61, raw: "61"), "tlv-overrun"),
        (khqr.with(59, "Cafe 😀"), "tlv-ambiguous"), (khqr.with(59, "𠮷野家"), "tlv-ambiguous"),
        (khqr.with(59, raw: object(59, "A") + object(59, "B")), "tag-duplicate:59"),
        (khqr.with(53, raw: object(53, "116") + object(53, "116")), "tag-duplicate:53"),
        (khqr.with(29, object(0, "a@b") + object(0, "c@d")), "subtag-duplicate:29.00"),
        (khqr.with(62, object(1, "A") + object(1, "B")), "subtag-duplicate:62.01"),
        (khqr.with(64, object(0, "km") + object(1, "A") + object(1, "B")), "subtag-duplicate:64.01"),
        (khqr.with(40, object(0, "x") + object(7, "A") + object(7, "B")), "subtag-duplicate:40.07"),
        (khqr.with(40, "0099"), "template-malformed:40"), (khqr.with(64, "km"), "template-malformed:64"),
        (khqr.with(30, object(0, "c@d")), "account-conflict"),
        (khqr.with(26, Parts.store(["0000000000001", "0001", "000001", "000001"])), "account-conflict"),
        (khqr.with(59, "A\u{7}B"), "tlv-malformed"), (khqr.with(62, object(1, "A\u{85}")), "tlv-malformed"),
        (khqr.with(80, "\u{7F}"), "tlv-malformed"),
        (khqr.with(59, "A\u{202E}B"), "field-value:59"), (khqr.with(60, "\u{2066}B"), "field-value:60"),
        (khqr.with(64, object(0, "km") + object(1, "\u{202B}ក")), "field-value:64.01"),
    ])
    func refusesABrokenForm(parts: Parts, name: String) throws {
        let fault = try #require(throws: QRFault.self) { try QRCode.read(parts.payload, at: nil) }
        #expect(fault.name == name)
    }

    @Test(arguments: [
        (khqr.with(0, nil), "field-missing:00"), (khqr.with(0, "001"), "field-length:00"),
        (khqr.with(0, "02"), "field-value:00"), (khqr.with(1, "1"), "field-length:01"),
        (khqr.with(1, "13"), "field-value:01"), (khqr.with(1, "1２"), "field-value:01"),
        (khqr.with(29, nil), "account-missing"), (khqr.with(29, object(1, "012345678")), "field-missing:29.00"),
        (khqr.with(29, object(0, "sok_dara")), "field-value:29.00"),
        (khqr.with(29, object(0, "a@b@c")), "field-value:29.00"),
        (khqr.with(29, object(0, "@aclb")), "field-value:29.00"),
        (khqr.with(29, object(0, "sok dara@aclb")), "field-value:29.00"),
        (khqr.with(29, nil).with(26, object(0, "a@b")), "account-missing"),
        (khqr.with(15, "UPI").with(53, "840"), "upi-usd"),
        (khqr.with(52, nil), "field-missing:52"), (khqr.with(52, "599"), "field-length:52"),
        (khqr.with(52, "-100"), "field-value:52"), (khqr.with(52, "５９９９"), "field-value:52"),
        (khqr.with(0, "0１"), "field-value:00"), (khqr.with(53, nil), "field-missing:53"),
        (khqr.with(53, "0840"), "field-length:53"), (khqr.with(53, "392"), "currency-unsupported"),
        (khqr.with(58, nil), "field-missing:58"), (khqr.with(58, "TH"), "field-value:58"),
        (khqr.with(58, "KHM"), "field-length:58"), (khqr.with(59, nil), "field-missing:59"),
        (khqr.with(59, ""), "field-length:59"), (khqr.with(60, nil), "field-missing:60"),
        (khqr.with(64, object(1, "A")), "field-missing:64.00"), (khqr.with(64, object(0, "km")), "field-missing:64.01"),
        (khqr.with(1, "12"), "amount-missing-dynamic"),
        (khqr.with(99, object(0, "+173949577872")), "timestamp-invalid"),
        (khqr.with(99, object(0, "1760000000000") + object(1, "17600000000000")), "expiry-length"),
    ])
    func refusesABrokenKHQR(parts: Parts, name: String) throws {
        let fault = try #require(throws: QRFault.self) { try QRCode.read(parts.payload, at: nil) }
        #expect(fault.name == name)
        #expect(fault.scheme?.isKHQR == true)
    }

    @Test(arguments: [
        (jpqr.with(26, Parts.store(["000000000000", "0001", "000001", "000001"])), "field-length:26.01"),
        (jpqr.with(26, Parts.store(["0000000000001", "0001", "000001"])), "field-missing:26.04"),
        (jpqr.with(26, Parts.store(["0000000000001", "00 1", "000001", "000001"])), "field-value:26.02"),
        (jpqr.with(27, Parts.store(["0000000000001", "0001", "000001", "000001"])), "account-conflict"),
        (jpqr.with(26, nil).with(29, object(0, "D15600000000")), "guid-missing"),
        (jpqr.with(53, "840"), "field-value:53"), (jpqr.with(58, "KH"), "field-value:58"),
        (jpqr.with(59, nil), "field-missing:59"), (jpqr.with(61, nil), "field-missing:61"),
        (jpqr.with(64, nil), "field-missing:64"),
        (jpqr.with(64, object(0, "EN") + object(1, "A")), "field-value:64.00"),
        (jpqr.with(64, object(0, "JA") + object(1, "店") + object(2, "東京")), "field-unexpected:64.02"),
        (jpqr.with(54, "1.5"), "field-value:54"),
    ])
    func refusesABrokenJPQR(parts: Parts, name: String) throws {
        let fault = try #require(throws: QRFault.self) { try QRCode.read(parts.payload, at: nil) }
        #expect(fault.name == name)
        #expect(fault.scheme == .jpqrMerchant)
    }

    @Test(arguments: [
        [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE3, 0x81],
    ])
    func refusesBytesThatAreNotUTF8(bytes: [UInt8]) throws {
        let payload = Array("000201".utf8) + bytes
        let fault = try #require(throws: QRFault.self) { try QRCode.read(utf8: payload, at: nil) }
        #expect(fault.name == "tlv-malformed")
        #expect(fault.position == 6)
    }

    @Test func refusesAfterTheExpiryAndNotAtIt() throws {
        let expires = Timestamp(milliseconds: 1_760_000_600_000)
        let payload = Self.khqr.with(1, "12").with(54, "500")
            .with(99, object(0, "1760000000000") + object(1, "1760000600000")).payload
        _ = try QRCode.read(payload, at: expires)
        let late = Timestamp(milliseconds: expires.milliseconds + 1)
        #expect(throws: QRFault.self) { try QRCode.read(payload, at: late) }
    }
}
