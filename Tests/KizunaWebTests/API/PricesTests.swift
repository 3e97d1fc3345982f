import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// What rates, exchanges and fees look like from outside.
@Suite struct PricesTests {
    private static let tiered: JSON = [
        "payerCurrency": "KHR", "merchantCurrency": "JPY", "mid": "26.8227424749", "spreadBasisPoints": 50,
        "tiers": [
            ["from": ["value": "100000", "currency": "JPY"], "spreadBasisPoints": 30],
            ["from": ["value": "10000", "currency": "JPY"], "spreadBasisPoints": 40],
        ],
        "improvements": [["issuer": "mekong-bank", "basisPoints": 5]],
    ]

    @Test func improvementsAreBetweenTheProviderAndTheIssuer() async throws {
        let world = try await APIWorld()
        try #require(await world.post("/v1/rates", ["rates": [Self.tiered]], as: .tonle).status == 201)
        for (bank, seesIt) in [(Bank.tonle, true), (.mekong, true), (.sakura, false), (.naniwa, false)] {
            let items = await world.get("/v1/rates", as: bank).json.items
            let rate = try #require(items.first { $0.text(at: "payerCurrency") == "KHR" })
            let improvement: JSON = ["issuer": "mekong-bank", "basisPoints": 5]
            #expect(rate["improvements"] == .array(seesIt ? [improvement] : []), "\(bank)")
            #expect(
                rate["tiers"] == [
                    ["from": ["value": "10000", "currency": "JPY"], "spreadBasisPoints": 40],
                    ["from": ["value": "100000", "currency": "JPY"], "spreadBasisPoints": 30],
                ]
            )
        }
        let (_, quote) = try await world.quote(
            Code.jpqr,
            Money(minorUnits: 10_000, currency: .jpy),
            in: .khr,
            as: .mekong
        )
        let rate = try Rate(reference: "26.8227424749").adding(basisPoints: 35)
        #expect(quote.text(at: "rate") == rate.description)
    }

    @Test(
        arguments: [
            ("tiers", 1, "field_invalid", "/rates/0/tiers"),
            ("tiers", [["from": "1", "spreadBasisPoints": 1]], "field_invalid", "/rates/0/tiers/0/from"),
            (
                "tiers", [["from": ["value": "1", "currency": "USD"], "spreadBasisPoints": 1]], "field_invalid",
                "/rates/0/tiers/0/from"
            ),
            (
                "tiers", [["from": ["value": "1", "currency": "JPY"], "spreadBasisPoints": 1_001]], "field_invalid",
                "/rates/0/tiers/0/spreadBasisPoints"
            ),
            (
                "tiers", .array(Array(repeating: [:], count: ProviderRate.mostTiers + 1)), "field_invalid",
                "/rates/0/tiers"
            ),
            (
                "improvements", .array(Array(repeating: [:], count: ProviderRate.mostImprovements + 1)),
                "field_invalid", "/rates/0/improvements"
            ),
            (
                "improvements", [["issuer": "Mekong", "basisPoints": 1]], "field_invalid",
                "/rates/0/improvements/0/issuer"
            ),
            (
                "improvements", [["issuer": "mekong-bank", "basisPoints": 0]], "field_invalid",
                "/rates/0/improvements/0/basisPoints"
            ),
            ("improvements", [["issuer": "mekong-bank", "basisPoints": 31]], "amount_invalid", nil),
            ("improvements", [["issuer": "nobody", "basisPoints": 1]], "not_found", nil),
        ] as [(String, JSON, String, String?)]
    )
    func termsAreRefusedByName(field: String, value: JSON, code: String, pointer: String?) async throws {
        let world = try await APIWorld()
        let response = await world.post("/v1/rates", ["rates": [Self.tiered.replacing(field, with: value)]], as: .tonle)
        #expect(response.code == code)
        #expect(response.json.text(at: "pointer") == pointer)
    }

    @Test func quotesAndPaymentsNameEveryExchangeAndFee() async throws {
        let world = try await APIWorld()
        let (_, quote) = try await world.quote(
            Code.jpqr,
            Money(minorUnits: 1_980, currency: .jpy),
            in: .khr,
            as: .mekong
        )
        let exchange: JSON = [
            "provider": "tonle-fx", "taken": ["value": "53375", "currency": "KHR"],
            "delivered": ["value": "1980", "currency": "JPY"], "rate": "26.956856188", "midRate": "26.8227424749",
            "roundingGain": "0.42474776",
        ]
        #expect(quote["exchanges"] == [exchange])
        for (fee, amount) in [
            ("issuerFee", "267 KHR"), ("merchantDiscount", "32 JPY"), ("interchange", "16 JPY"), ("switchFee", "2 JPY"),
        ] { #expect(quote.money(fee) == amount) }
        let payment = try await world.pay()
        #expect(payment["exchanges"] == [exchange])
    }

    @Test func feesAreForEverybodyOrForTheCaller() async throws {
        let world = try await APIWorld()
        #expect(await world.get("/v1/fees", as: .mekong).json == ["items": []])
        let fee = { (kind: FeeRule.Kind, participant: Bank?, basisPoints: Int64) in
            RecordFee(
                corridor: Corridor.cambodiaToJapan.id,
                scope: FeeRule.Scope(kind, participant: participant?.id, categories: 742...5_812),
                terms: FeeTerms(basisPoints: basisPoints)
            )
        }
        try await world.operate(.recordFees([fee(.issuerFee, .mekong, 10), fee(.switchFee, nil, 5)]))
        let own = await world.get("/v1/fees", as: .mekong).json.items
        #expect(own.map { $0.text(at: "kind") } == ["issuer-fee", "switch-fee"])
        #expect(own.first?.text(at: "firstCategory") == "0742")
        #expect(await world.get("/v1/fees", as: .naniwa).json.items.map { $0["number"] } == [2])
    }

    @Test func aProviderSeesItsUseAndItsGains() async throws {
        let world = try await APIWorld(cap: 10_000)
        _ = try await world.paid(in: .usd)
        let me = await world.get("/v1/participants/me", as: .tonle).json
        guard case .array(let accounts)? = me["accounts"] else { throw Surprise() }
        let yen = try #require(
            accounts.first { $0.text(at: "role") == "settlement" && $0.text(at: "currency") == "JPY" }
        )
        #expect(yen["utilisationBasisPoints"] == 1_980)
        #expect(me["roundingRests"] == [["currency": "USD", "rest": "0.009631962"]])
    }
}
