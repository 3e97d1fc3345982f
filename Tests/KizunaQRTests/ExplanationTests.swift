import KizunaMoney
import KizunaQR
import Testing

@Suite struct ExplanationTests {
    @Test func namesEveryField() throws {
        let payload = Parts.khqr.with(62, object(1, "INV-1") + object(7, "T1")).payload
        let explanation = QRExplanation(utf8: Array(payload.utf8), at: nil)
        #expect(explanation.scheme == .khqrIndividual)
        #expect(explanation.fault == nil)
        #expect(
            explanation.lines.compactMap(\.path?.description) == [
                "00", "01", "29", "29.00", "52", "53", "58", "59", "60", "62", "62.01", "62.07", "63",
            ]
        )
        #expect(explanation.lines.allSatisfy { $0.title != nil && $0.source != nil && $0.verdict == .right })
        let bill = try #require(explanation.lines.first { $0.path == TagPath(62, 1) })
        #expect(bill.title == "Bill number")
        #expect(bill.value == "INV-1")
        #expect(bill.source == "EMVCo MPM 4.8")
    }

    @Test func saysWhereAndWhy() throws {
        let payload = Parts.khqr.with(59, String(repeating: "A", count: 26)).with(60, nil).payload
        let explanation = QRExplanation(utf8: Array(payload.utf8), at: nil)
        let name = try #require(explanation.lines.first { $0.path == TagPath(59) })
        #expect(name.position == 58)
        #expect(name.verdict == .wrong("Merchant name (59) has 26 characters; at most 25 are allowed."))
        let city = try #require(explanation.lines.first { $0.path == TagPath(60) })
        #expect(city.value == nil)
        #expect(city.verdict == .wrong("Merchant city (60) is missing."))
    }

    @Test func readsAsFarAsItCan() {
        let payload = "000201010211" + "29AA"
        let explanation = QRExplanation(utf8: Array(payload.utf8), at: nil)
        #expect(explanation.lines.compactMap(\.path?.description).prefix(2) == ["00", "01"])
        #expect(explanation.fault?.name == "tlv-malformed")
        #expect(explanation.fault?.position == 12)
    }

    @Test func remarksOnWhatIsTolerated() {
        let payload = Parts.khqr.with(54, "500.00").with(1, "12").payload
        let explanation = QRExplanation(utf8: Array(payload.utf8), at: nil)
        let tolerated = explanation.lines.compactMap { line in
            if case .tolerated(let remark) = line.verdict { remark } else { nil }
        }
        #expect(tolerated.count == 2)
    }

    @Test(
        arguments: [
            (0, "1970-01-01 00:00:00 UTC"), (1_760_000_000_000, "2025-10-09 08:53:20 UTC"),
            (1_709_164_800_000, "2024-02-29 00:00:00 UTC"), (4_102_444_799_999, "2099-12-31 23:59:59 UTC"),
        ] as [(Int64, String)]
    )
    func writesDates(milliseconds: Int64, text: String) throws {
        let created = String(repeating: "0", count: 13 - String(milliseconds).count) + String(milliseconds)
        let payload = Parts.khqr.with(99, object(0, created)).payload
        let explanation = QRExplanation(utf8: Array(payload.utf8), at: nil)
        #expect(explanation.lines.first { $0.path == TagPath(99, 0) }?.meaning == text)
    }

    /// Sentences may be logged: no name, account or number of the payload is in them.
    @Test(arguments: Vector.rows("qr-invalid"))
    func sentencesQuoteNothing(vector: Vector) throws {
        let fault = try #require(throws: QRFault.self) { try QRCode.read(vector.payload, at: vector.at) }
        for secret in ["jonh", "Jonh", "john", "attacker", "8551", "shop@", "BEST", "victim", "INV-"] {
            #expect(!(([fault.main] + fault.also).contains { $0.message.contains(secret) }))
        }
    }
}
