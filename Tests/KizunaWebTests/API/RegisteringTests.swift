import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Shops, rates and what a participant sees of itself.
@Suite struct RegisteringTests {
    @Test func aShopComesBackAsItWasRegistered() async throws {
        let world = try await APIWorld()
        let response = await world.post("/v1/merchants", Code.jpqrShop.renamed("CAFÉ BLEU"), as: .naniwa)
        #expect(response.status == 201)
        let shop = response.json
        #expect(shop["code"] == Code.jpqrShop["code"])
        #expect(shop.text(at: "name") == "CAFÉ BLEU")
        #expect(shop.text(at: "country") == "JP")
        #expect(shop.text(at: "status") == "active")
        let path = try #require(response.headers["Location"])
        #expect(await world.get(path, as: .naniwa).json == shop)
        #expect(await world.get(path, as: .angkor).status == 404)
        #expect(await world.get(path, as: .mekong).status == 404)
    }

    @Test(
        arguments: [
            ("name", .string(String(repeating: "N", count: 26)), "field_invalid", "/name"),
            ("name", "きずな商店", "field_invalid", "/name"), ("name", "   ", "field_invalid", "/name"),
            ("name", nil, "missing_data", "/name"), ("city", "Higashi-Murayama", "field_invalid", "/city"),
            ("localName", "", "field_invalid", "/localName"),
            ("localName", .string(String(repeating: "名", count: 51)), "field_invalid", "/localName"),
            ("categoryCode", "581", "field_invalid", "/categoryCode"),
            ("categoryCode", "58A2", "field_invalid", "/categoryCode"),
            ("categoryCode", 5812, "field_invalid", "/categoryCode"),
            ("acceptsForeignPayers", "yes", "field_invalid", "/acceptsForeignPayers"),
            ("acceptsForeignPayer", true, "unknown_field", "/acceptsForeignPayer"),
            ("code", nil, "missing_data", "/code"),
            ("code", ["scheme": "upi"], "field_invalid", "/code/scheme"),
            ("code", ["scheme": "jpqr"], "missing_data", "/code/storeId"),
            (
                "code", ["scheme": "jpqr", "storeId": "1", "level2": "0001", "level3": "000001", "level4": "000001"],
                "field_invalid", "/code/storeId"
            ),
            (
                "code",
                [
                    "scheme": "jpqr", "storeId": "0000000000001", "level2": "00.1", "level3": "000001",
                    "level4": "000001",
                ],
                "field_invalid", "/code/level2"
            ),
            ("code", ["scheme": "khqr", "account": "no-bank"], "field_invalid", "/code/account"),
            ("code", ["scheme": "khqr", "account": "a@b@c"], "field_invalid", "/code/account"),
            ("code", ["scheme": "khqr", "account": "@b"], "field_invalid", "/code/account"),
            ("code", ["scheme": "khqr", "account": "a/b@c"], "field_invalid", "/code/account"),
            ("code", ["scheme": "khqr", "account": "សុខ@aclb"], "field_invalid", "/code/account"),
            (
                "code", ["scheme": "khqr", "account": .string(String(repeating: "a", count: 29) + "@bbb")],
                "field_invalid", "/code/account"
            ),
            ("code", ["scheme": "khqr", "account": "a@b", "merchantID": "x"], "unknown_field", "/code/merchantID"),
            ("code", ["scheme": "khqr", "account": "a@b"], "forbidden", nil),
        ] as [(String, JSON, String, String?)]
    )
    func refusesByName(field: String, value: JSON, code: String, pointer: String?) async throws {
        let world = try await APIWorld()
        let response = await world.post("/v1/merchants", Code.jpqrShop.replacing(field, with: value), as: .naniwa)
        #expect(response.code == code)
        #expect(response.json.text(at: "pointer") == pointer)
        #expect(await world.get("/v1/merchants", as: .naniwa).json.items.count == 1)
    }

    @Test func onlyAnAcquirerRegistersAndNobodyTakesAnothersShop() async throws {
        let world = try await APIWorld()
        #expect(await world.post("/v1/merchants", Code.jpqrShop, as: .mekong).code == "forbidden")
        #expect(await world.post("/v1/merchants", Code.jpqrShop, as: .angkor).code == "forbidden")
    }

    @Test func shopsAreListedAPageAtATime() async throws {
        let world = try await APIWorld()
        for number in 1...6 {
            let code: JSON = ["scheme": "khqr", "account": .string("shop\(number)@aclb")]
            let response = await world.post("/v1/merchants", Code.khqrShop.replacing("code", with: code), as: .angkor)
            #expect(response.status == 201)
        }
        var names: [String?] = []
        var path = "/v1/merchants?limit=4"
        while true {
            let page = await world.get(path, as: .angkor).json
            names += page.items.map { $0.text(at: "code", "account") }
            guard let cursor = page.text(at: "nextCursor") else { break }
            path = "/v1/merchants?limit=4&cursor=\(cursor)"
        }
        #expect(names.count == 9)
        #expect(Set(names).count == 9)
        #expect(await world.get("/v1/merchants", as: .mekong).json == ["items": [], "nextCursor": nil])
        for query in ["limit=0", "limit=201", "limit=x", "cursor=x", "cursor=\(newUETR())", "page=2"] {
            #expect(await world.get("/v1/merchants?\(query)", as: .angkor).status == 422, "\(query)")
        }
    }

    // MARK: Rates

    private static let good: JSON = [
        "payerCurrency": "KHR", "merchantCurrency": "JPY", "mid": "26.5", "spreadBasisPoints": 50,
    ]

    @Test func ratesAreShownWithWhatIsAskedForThem() async throws {
        let world = try await APIWorld()
        let items = await world.get("/v1/rates", as: .sakura).json.items
        #expect(items.count == 4)
        let riel = try #require(items.first { $0.text(at: "payerCurrency") == "KHR" })
        #expect(riel.text(at: "mid") == "26.8227424749")
        #expect(riel.text(at: "rate") == "26.956856188")
        #expect(riel.text(at: "provider") == "tonle-fx")
        #expect(riel["quotable"] == true)
        world.clock.advance(by: .seconds(61))
        #expect(await world.get("/v1/rates", as: .sakura).json.items.allSatisfy { $0["quotable"] == false })
    }

    @Test(
        arguments: [
            ("mid", .number("26.5"), "field_invalid"), ("mid", "0", "field_invalid"), ("mid", "-1", "field_invalid"),
            ("mid", "1.12345678901", "field_invalid"), ("mid", "x", "field_invalid"), ("mid", nil, "missing_data"),
            ("spreadBasisPoints", "50", "field_invalid"), ("spreadBasisPoints", 1_001, "field_invalid"),
            ("spreadBasisPoints", -1, "field_invalid"), ("merchantCurrency", "KHR", "field_invalid"),
            ("merchantCurrency", "YEN", "currency_not_supported"), ("spread", 50, "unknown_field"),
        ] as [(String, JSON, String)]
    )
    func ratesAreRefusedByName(field: String, value: JSON, code: String) async throws {
        let world = try await APIWorld()
        let response = await world.post(
            "/v1/rates",
            ["rates": [Self.good, Self.good.replacing(field, with: value)]],
            as: .tonle
        )
        #expect(response.code == code)
        #expect(response.json.text(at: "pointer")?.hasPrefix("/rates/1/") == true)
        let riel = await world.get("/v1/rates", as: .tonle).json.items.first { $0.text(at: "payerCurrency") == "KHR" }
        #expect(riel?.text(at: "mid") == "26.8227424749")
    }

    @Test func aListOfRatesHasOneToAHundredAndEachPairOnce() async throws {
        let world = try await APIWorld()
        for rates in [[], Array(repeating: Self.good, count: 101)] {
            let response = await world.post("/v1/rates", ["rates": .array(rates)], as: .tonle)
            #expect(response.json.text(at: "pointer") == "/rates")
        }
        let twice = await world.post("/v1/rates", ["rates": [Self.good, Self.good]], as: .tonle)
        #expect(twice.code == "field_invalid")
        #expect(await world.post("/v1/rates", ["rates": [Self.good]], as: .tonle).json == ["published": 1])
        #expect(await world.post("/v1/rates", ["rates": [Self.good]], as: .mekong).code == "forbidden")
    }

    // MARK: Itself

    @Test func aParticipantSeesItselfAndNobodyElse() async throws {
        let world = try await APIWorld(cap: 10_000_000_00)
        _ = try await world.paid()
        let me = await world.get("/v1/participants/me", as: .mekong).json
        #expect(me == (await world.get("/v1/participants/mekong-bank", as: .mekong).json))
        #expect(me.text(at: "country") == "KH")
        #expect(me["roles"] == ["issuer"])
        #expect(me["issuerFeeBasisPoints"] == 50)
        guard case .array(let accounts)? = me["accounts"] else { throw Surprise() }
        let riel = try #require(
            accounts.first { $0.text(at: "role") == "settlement" && $0.text(at: "currency") == "KHR" }
        )
        #expect(riel.money("position") == "-53375 KHR")
        #expect(riel.money("held") == "0 KHR")
        #expect(riel.money("cap") == "10000000 KHR")
        #expect(riel.money("headroom") == "9946625 KHR")
        let interchange = try #require(
            accounts.first { $0.text(at: "role") == "interchangeReceivable" && $0.text(at: "currency") == "JPY" }
        )
        #expect(interchange.money("position") == "16 JPY")
        #expect(interchange["cap"] == .null)
        for other in ["sakura-pay", "nobody-here", "x"] {
            #expect(await world.get("/v1/participants/\(other)", as: .mekong).code == "not_found")
        }
    }
}
