import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Paying on a quote, hearing from the shop's bank, and asking.
@Suite struct PayingTests {
    private let yen = Money(minorUnits: 1_980, currency: .jpy)

    @Test func aSubmittedPaymentIsWithTheShopsBank() async throws {
        let world = try await APIWorld()
        let (_, quote) = try await world.quote(Code.jpqr, yen, in: .khr, as: .mekong)
        let uetr = newUETR()
        let response = await world.post("/v1/payments", world.submission(quote, uetr: uetr), as: .mekong)
        #expect(response.status == 201)
        let payment = response.json
        #expect(response.headers["Location"] == world.path(payment))
        #expect(payment.text(at: "uetr") == uetr)
        #expect(payment["quoteId"] == quote["id"])
        #expect(payment.text(at: "state") == "SENT")
        #expect(payment.text(at: "outcome") == "pending")
        #expect(payment["reason"] == .null)
        #expect(payment.text(at: "issuer") == "mekong-bank")
        #expect(payment.money("payerDebit") == "53642 KHR")
        #expect(payment["refunded"]?.money("payerAmount") == "0 KHR")
        #expect(payment.text(at: "decisionDeadline") == "2025-10-09T08:53:40.000Z")
        #expect(payment["parties"] == nil)
    }

    @Test(
        arguments: [
            ("quoteId", "x", 422, "field_invalid"),
            ("quoteId", "8a562c67-ca16-48ba-b074-65581be6f011", 404, "not_found"),
            ("uetr", "8a562c67-ca16-78ba-b074-65581be6f011", 422, "field_invalid"), ("uetr", nil, 422, "missing_data"),
            ("merchantAmount", ["value": "1979", "currency": "JPY"], 422, "amount_mismatch"),
            ("merchantAmount", ["value": "1980", "currency": "KHR"], 422, "amount_mismatch"),
            ("payerDebit", ["value": "53641", "currency": "KHR"], 422, "amount_mismatch"),
            ("payerDebit", ["value": "53641.999", "currency": "KHR"], 422, "amount_invalid"),
            ("payer", [:], 422, "missing_data"), ("payer", "Chan Sokha", 422, "field_invalid"),
            ("payer", ["name": "Chan Sokha", "account": "1", "phone": "2"], 422, "unknown_field"),
            ("payer", ["name": .string(String(repeating: "n", count: 141)), "account": "1"], 422, "field_invalid"),
            ("payer", ["name": "n", "account": .string(String(repeating: "1", count: 35))], 422, "field_invalid"),
            ("acceptedAt", "2025-10-09T08:52:54Z", 422, "too_late"), ("acceptedAt", "yesterday", 422, "field_invalid"),
            ("acceptedAt", "2025-10-09T08:54:21Z", 422, "missing_data"), ("memo", "x", 422, "unknown_field"),
        ] as [(String, JSON, Int, String)]
    )
    func refusesByName(field: String, value: JSON, status: Int, code: String) async throws {
        let world = try await APIWorld()
        let (_, quote) = try await world.quote(Code.jpqr, yen, in: .khr, as: .mekong)
        let good = world.submission(quote)
        let response = await world.post("/v1/payments", good.replacing(field, with: value), as: .mekong)
        #expect(response.status == status)
        #expect(response.code == code)
        // Nothing stuck: the quote still pays.
        #expect(await world.post("/v1/payments", good, as: .mekong).status == 201)
    }

    @Test func errorsNeverRepeatThePayer() async throws {
        let world = try await APIWorld()
        let (_, quote) = try await world.quote(Code.jpqr, yen, in: .khr, as: .mekong)
        let payer: JSON = ["name": "Chan Sokha", "account": .string(String(repeating: "001-234-567", count: 4))]
        let response = await world.post(
            "/v1/payments",
            world.submission(quote).replacing("payer", with: payer),
            as: .mekong
        )
        #expect(response.code == "field_invalid")
        #expect(!response.text.contains("Sokha") && !response.text.contains("001-234"))
    }

    @Test func aQuotePaysOnceAndItsOwnBankOnlyAndInTime() async throws {
        let world = try await APIWorld()
        let (_, foreign) = try await world.quote(Code.jpqr, yen, in: .khr, as: .mekong)
        let byAnother = await world.post("/v1/payments", world.submission(foreign), as: .sakura)
        #expect(byAnother.code == "agent_mismatch")
        #expect(await world.post("/v1/payments", world.submission(foreign), as: .mekong).status == 201)
        let again = await world.post("/v1/payments", world.submission(foreign), as: .mekong)
        #expect(again.status == 409)
        #expect(again.code == "quote_used")
        let (_, old) = try await world.quote(Code.jpqr, yen, in: .khr, as: .mekong)
        world.clock.advance(by: .seconds(180))
        let late = await world.post("/v1/payments", world.submission(old), as: .mekong)
        #expect(late.status == 409)
        #expect(late.code == "quote_expired")
        #expect(late.json.text(at: "retry") == "new_quote")
    }

    @Test func aUETRIsUsedOnce() async throws {
        let world = try await APIWorld()
        let uetr = newUETR()
        for expected in [201, 409] {
            let (_, quote) = try await world.quote(Code.jpqr, yen, in: .khr, as: .mekong)
            let response = await world.post("/v1/payments", world.submission(quote, uetr: uetr), as: .mekong)
            #expect(response.status == expected)
        }
    }

    @Test func aDynamicCodeIsPaidOnceUnlessThePaymentFails() async throws {
        let world = try await APIWorld()
        let first = try await world.pay(Code.dynamicKHQR, nil, in: .jpy, as: .sakura)
        let (_, quote) = try await world.quote(Code.dynamicKHQR, nil, in: .jpy, as: .sakura)
        let second = await world.post("/v1/payments", world.submission(quote), as: .sakura)
        #expect(second.status == 409)
        #expect(second.code == "duplicate")
        let refused: JSON = ["status": "REJECTED", "reason": "AC04"]
        let answer = await world.post(world.path(first, "/answer"), refused, as: .angkor)
        #expect(answer.json.text(at: "state") == "REJECTED")
        #expect(await world.post("/v1/payments", world.submission(quote), as: .sakura).status == 201)
    }

    @Test func atTheCapNothingIsBegun() async throws {
        let world = try await APIWorld(cap: 1_000_000)
        let (_, quote) = try await world.quote(Code.jpqr, yen, in: .khr, as: .mekong)
        let response = await world.post("/v1/payments", world.submission(quote), as: .mekong)
        #expect(response.status == 503)
        #expect(response.code == "liquidity")
    }

    // MARK: The shop's bank

    @Test(
        arguments: [
            (["status": "ACCEPTED"], "COMPLETED", nil), (["status": "REJECTED"], "REJECTED", "technical"),
            (["status": "REJECTED", "reason": "merchant_closed"], "REJECTED", "merchant_closed"),
            (["status": "REJECTED", "reason": "AC06"], "REJECTED", "merchant_blocked"),
        ] as [(JSON, String, String?)]
    )
    func theShopsBankAnswersByACallOfItsOwn(answer: JSON, state: String, reason: String?) async throws {
        let world = try await APIWorld()
        let payment = try await world.pay()
        let response = await world.post(world.path(payment, "/answer"), answer, as: .naniwa)
        #expect(response.status == 200)
        #expect(response.json.text(at: "state") == state)
        #expect(response.json.text(at: "reason", "code") == reason)
        let shown = await world.get(world.path(payment), as: .mekong).json
        #expect(shown.text(at: "state") == state)
        #expect((shown.text(at: "reason", "detail") != nil) == (reason != nil))
        // Saying it again changes nothing.
        #expect(await world.post(world.path(payment, "/answer"), answer, as: .naniwa).json.text(at: "state") == state)
    }

    @Test(
        arguments: [
            (["status": "accepted"], "field_invalid"), ([:], "missing_data"),
            (["status": "ACCEPTED", "reason": "AC04"], "field_invalid"),
            (["status": "REJECTED", "reason": "quote_expired"], "field_invalid"),
            (["status": "PENDING"], "field_invalid"),
            (["status": "ACCEPTED", "note": "x"], "unknown_field"),
        ] as [(JSON, String)]
    )
    func answersThatMakeNoSenseAreRefused(answer: JSON, code: String) async throws {
        let world = try await APIWorld()
        let payment = try await world.pay()
        #expect(await world.post(world.path(payment, "/answer"), answer, as: .naniwa).code == code)
        #expect(await world.get(world.path(payment), as: .mekong).json.text(at: "state") == "SENT")
    }

    @Test func onlyTheShopsBankAnswers() async throws {
        let world = try await APIWorld()
        let payment = try await world.pay()
        for bank in Bank.allCases where bank != .naniwa {
            let response = await world.post(world.path(payment, "/answer"), ["status": "ACCEPTED"], as: bank)
            #expect(response.status == 404)
            #expect(response.code == "not_found")
        }
    }

    @Test func aLateAcceptanceFindsThePaymentAborted() async throws {
        let world = try await APIWorld()
        let payment = try await world.pay()
        world.clock.advance(by: .seconds(20))
        let late = await world.post(world.path(payment, "/answer"), ["status": "ACCEPTED"], as: .naniwa)
        #expect(late.status == 200)
        #expect(late.json.text(at: "state") == "REJECTED")
        #expect(late.json.text(at: "reason", "code") == "timeout_destination")
        #expect(late.json.text(at: "reason", "isoReason") == "AB05")
    }
}
