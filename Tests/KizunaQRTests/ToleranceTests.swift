import KizunaMoney
import KizunaQR
import Testing

/// What codes in use do off the standard, and is let pass.
@Suite struct ToleranceTests {
    private static let khqr = Parts.khqr

    @Test(arguments: [
        khqr.with(1, nil), khqr.with(80, "TEST"), khqr.with(77, "?"), khqr.with(62, "no template"),
        khqr.with(62, object(50, "x")), khqr.with(62, object(1, "")), khqr.with(62, ""), khqr.with(61, ""),
        khqr.with(39, object(0, "85521063542") + object(1, "4")), khqr.with(2, "4403847000746908"),
        khqr.with(29, object(0, "a@b") + object(1, "")), khqr.with(99, object(0, "khqr@aclb") + object(1, "words")),
        khqr.with(99, object(0, "abcdefghijklm") + object(68, "mmp")), khqr.with(99, "no template"),
        khqr.with(59, "ហាងកាហ្វេ"), khqr.with(40, object(0, "abaP2P")), khqr.with(30, object(0, "A000000677010112")),
    ])
    func readsAsKHQR(parts: Parts) throws {
        let code = try QRCode.read(parts.payload, at: nil)
        #expect(code.scheme == .khqrIndividual)
    }

    @Test func readsACRCInSmallLetters() throws {
        let payload = Self.khqr.payload
        let code = try QRCode.read(payload.dropLast(4) + payload.suffix(4).lowercased(), at: nil)
        #expect(code.merchantPayload?.quirks == ["crc-lowercase"])
    }

    @Test(
        arguments: [
            ("116", "50000", 5_000_000), ("116", "50000.0", 5_000_000), ("116", "50000.00", 5_000_000),
            ("116", "50000.", 5_000_000), ("840", "1", 100), ("840", "1.5", 150), ("840", "0.01", 1),
            ("840", "1.000", 100), ("116", "9999999999999", 999_999_999_999_900), ("840", "007.50", 750),
        ] as [(String, String, Int64)]
    )
    func readsAmounts(currency: String, text: String, minorUnits: Int64) throws {
        let code = try QRCode.read(Self.khqr.with(53, currency).with(54, text).payload, at: nil)
        #expect(code.merchantPayload?.amount?.minorUnits == minorUnits)
        #expect(code.merchantPayload?.amountText == text)
    }

    @Test(arguments: [
        ("116", "0"), ("116", "0.00"), ("116", "50000.5"), ("840", "1.234"), ("840", "1.230"), ("840", "-1"),
        ("840", "+1"), ("840", "1e3"), ("840", ".5"), ("840", "1,00"), ("840", "1 000"), ("840", " 1"),
        ("840", "1.2.3"), ("840", "."), ("840", "١"),
    ])
    func refusesAmounts(currency: String, text: String) throws {
        let payload = Self.khqr.with(53, currency).with(54, text).payload
        let fault = try #require(throws: QRFault.self) { try QRCode.read(payload, at: nil) }
        #expect(fault.name == "field-value:54")
    }

    @Test func refusesAnAmountOfFourteenCharacters() throws {
        let payload = Self.khqr.with(54, "10000000000000").payload
        let fault = try #require(throws: QRFault.self) { try QRCode.read(payload, at: nil) }
        #expect(fault.name == "field-length:54")
    }
}

/// Strict verification of codes that the reader lets pass, in the order of the npm line's checks.
@Suite struct StrictVerificationTests {
    private static let now = Timestamp(milliseconds: 1_760_000_000_000)
    private static let dynamic = Parts.khqr.with(1, "12").with(54, "500")
    private static let times = object(0, "1760000000000") + object(1, "1760000600000")

    @Test(
        arguments: [
            (Parts.khqr, nil), (dynamic, 45), (dynamic.with(99, times), nil), (Parts.khqr.with(54, "500"), 45),
            (Parts.khqr.with(54, "500").with(99, object(0, "1760000000000")), nil),
            (dynamic.with(99, object(0, "1760000000000")), 45), (dynamic.with(99, object(0, "khqr@aclb")), 45),
            (dynamic.with(99, object(0, "khqr@aclb") + object(1, "1760000600000")), nil),
            (dynamic.with(99, object(0, "khqr@aclb") + object(1, "1759999999999")), 46),
            (dynamic.with(99, object(0, "khqr@aclb") + object(1, "176000060000")), 49),
            (dynamic.with(99, object(0, "1760000700000") + object(1, "1760000600000")), 50),
            (Parts.khqr.with(62, object(1, "")), 10), (Parts.khqr.with(62, object(2, "")), 34),
            (Parts.khqr.with(62, object(3, "")), 11), (Parts.khqr.with(62, object(7, "")), 12),
            (Parts.khqr.with(62, object(8, "")), 42), (Parts.khqr.with(62, object(7, "") + object(1, "")), 10),
            (Parts.khqr.with(64, object(0, "km") + object(1, "ក") + object(2, "")), 41),
            (Parts.khqr.with(64, ""), 38),
            (dynamic.with(62, object(1, "")).with(99, object(0, "1760000000000")), 10),
            (dynamic.with(62, object(1, "")), 45),
        ] as [(Parts, Int?)]
    )
    func answers(parts: Parts, code: Int?) throws {
        guard case .khqr(let khqr) = try QRCode.read(parts.payload, at: Self.now) else {
            Issue.record("A KHQR is expected")
            return
        }
        #expect(khqr.strictError?.rawValue == code)
    }
}
