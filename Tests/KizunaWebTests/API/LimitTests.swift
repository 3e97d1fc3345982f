import KizunaMoney
import KizunaPayments
import Testing

@testable import KizunaWeb

/// Payers' limits and warnings as a bank meets them.
@Suite struct LimitTests {
    private func ask(_ world: APIWorld, _ yen: Int64, payer: JSON?) async -> HTTPResponse {
        let resolution = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong)
        let body: JSON = [
            "resolutionId": resolution.json["id"] ?? nil, "payerCurrency": "KHR",
            "amount": JSON(Money(minorUnits: yen, currency: .jpy)),
        ]
        let full = payer.map { body.adding([JSON.Member(name: "payer", value: $0)]) } ?? body
        return await world.post("/v1/quotes", full, as: .mekong)
    }

    @Test func theQuoteRefusesWhatThePaymentWould() async throws {
        let world = try await APIWorld()
        let refused = await ask(world, 50_001, payer: ["account": "001-234-567"])
        #expect(refused.status == 422)
        #expect(refused.code == "limit_exceeded")
        #expect(refused.json.text(at: "isoReason") == "AM14")
        #expect(refused.json.text(at: "retry") == "other_amount")
        #expect(!refused.text.contains("001-234-567"))

        let unnamed = await ask(world, 50_001, payer: nil)
        #expect(unnamed.status == 201)
        #expect(unnamed.json["possibleDuplicate"] == .null)
        let key = "limit-1"
        let body = world.submission(unnamed.json)
        let payment = await world.post("/v1/payments", body, as: .mekong, key: key)
        #expect(payment.code == "limit_exceeded")
        #expect(payment.json.text(at: "isoReason") == "AM14")
        let again = await world.post("/v1/payments", body, as: .mekong, key: key)
        #expect(again.headers["Idempotent-Replayed"] == "true")
        #expect(again.json.text(at: "isoReason") == "AM14")
    }

    @Test func theSameAgainIsTold() async throws {
        let world = try await APIWorld()
        let payer: JSON = ["account": "001-234-567"]
        #expect(await ask(world, 1_980, payer: payer).json["possibleDuplicate"] == false)
        let first = try await world.pay()
        #expect(first["possibleDuplicate"] == false)
        #expect(await ask(world, 1_980, payer: payer).json["possibleDuplicate"] == true)
        #expect(await ask(world, 1_980, payer: ["account": "002"]).json["possibleDuplicate"] == false)
        let second = try await world.pay()
        #expect(second["possibleDuplicate"] == true)
    }

    @Test(
        arguments: [
            (["account": ""], "field_invalid"),
            (["account": .string(String(repeating: "1", count: 35))], "field_invalid"),
            (["name": "Sokha", "account": "1"], "unknown_field"), ([:], "missing_data"),
        ] as [(JSON, String)]
    )
    func aPayerIsAnAccount(payer: JSON, code: String) async throws {
        let world = try await APIWorld()
        #expect(await ask(world, 100, payer: payer).code == code)
    }

    @Test func theStatusCountsAlerts() async throws {
        let world = try await APIWorld(cap: 10_000_000)
        #expect(await world.get("/v1/status").json["openAlerts"] == 0)
    }
}
