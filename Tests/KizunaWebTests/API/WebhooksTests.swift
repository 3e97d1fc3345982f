import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Addresses for events through the API.
@Suite struct WebhooksTests {
    private static let shop: JSON = ["url": "https://shop.example/k/", "events": ["merchant.paid"]]

    private func create(_ world: APIWorld, _ body: JSON = shop, as bank: Bank = .naniwa) async throws -> JSON {
        let response = await world.post("/v1/webhooks", body, as: bank)
        try #require(response.status == 201, "\(response.text)")
        #expect(response.headers["Location"] == "/v1/webhooks/\(response.json.text(at: "id") ?? "")")
        return response.json
    }

    private func path(_ webhook: JSON, _ rest: String = "") -> String {
        "/v1/webhooks/\(webhook.text(at: "id") ?? "")\(rest)"
    }

    @Test func aSecretIsShownWhenItIsMadeAndNeverAgain() async throws {
        let world = try await APIWorld()
        let webhook = try await create(world)
        let id = webhook.text(at: "id") ?? ""
        #expect(webhook.text(at: "secret") == "secret of naniwa-acquiring/\(id)/1")
        #expect(webhook.text(at: "url") == "https://shop.example/k")
        let rotated = await world.post(path(webhook, "/rotate"), [:], as: .naniwa)
        #expect(rotated.json.text(at: "secret") == "secret of naniwa-acquiring/\(id)/2")
        for shown in [
            await world.get(path(webhook), as: .naniwa).json,
            await world.get("/v1/webhooks", as: .naniwa).json.items[0],
        ] {
            #expect(shown["secret"] == nil)
            #expect(shown["events"] == ["merchant.paid"])
            #expect(shown["lastOutcome"] == .null)
            #expect(shown["previousSecretUntil"] == JSON(world.clock.now().adding(.seconds(86_400))))
        }
    }

    @Test func aRepeatGetsTheSameBytes() async throws {
        let world = try await APIWorld()
        let first = await world.post("/v1/webhooks", Self.shop, as: .naniwa, key: "k")
        let path = path(first.json)
        let rotated = await world.post(path + "/rotate", [:], as: .naniwa, key: "r")
        _ = await world.post(path + "/rotate", [:], as: .naniwa, key: "s")
        _ = await world.post(path + "/ping", [:], as: .naniwa)
        #expect(await world.post("/v1/webhooks", Self.shop, as: .naniwa, key: "k").body == first.body)
        #expect(await world.post(path + "/rotate", [:], as: .naniwa, key: "r").body == rotated.body)
        #expect(await world.get("/v1/webhooks", as: .naniwa).json.items.count == 1)
    }

    @Test func aRepeatAfterItsEndFindsNothing() async throws {
        let world = try await APIWorld()
        let webhook = await world.post("/v1/webhooks", Self.shop, as: .naniwa, key: "k").json
        _ = await world.post(path(webhook, "/remove"), [:], as: .naniwa)
        let again = await world.post("/v1/webhooks", Self.shop, as: .naniwa, key: "k")
        #expect((again.status, again.code) == (404, "not_found"))
        #expect(await world.post("/v1/webhooks", Self.shop, as: .naniwa).status == 201)
    }

    @Test(arguments: [(204, true), (500, false), (nil, false)] as [(Int?, Bool)])
    func aTrialTellsWhatTheWebhookAnswered(status: Int?, isDelivered: Bool) async throws {
        let world = try await APIWorld()
        let webhook = try await create(world)
        world.links.answerEvents(status)
        let answer = await world.post(path(webhook, "/ping"), [:], as: .naniwa).json
        #expect(answer == ["delivered": .bool(isDelivered), "status": status.map { JSON($0) } ?? .null])
        #expect(world.links.announcements.map(\.event) == [nil])
        let outcome = await world.get(path(webhook), as: .naniwa).json["lastOutcome"]
        #expect(outcome?["status"] == status.map { JSON($0) } ?? .null)
        #expect(outcome?["at"] == JSON(world.clock.now()))
    }

    @Test func aShopHearsOfItsPayment() async throws {
        let world = try await APIWorld()
        let shops = await world.get("/v1/merchants", as: .naniwa).json.items
        let webhook = try await create(
            world,
            Self.shop.adding([.init(name: "merchantId", value: shops[0]["id"] ?? nil)])
        )
        let work = Task { await world.engine.run() }
        let payment = try await world.paid()
        while world.links.announcements.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        work.cancel()
        await work.value
        let told = try #require(world.links.announcements.first)
        #expect(told.event == .merchantPaid)
        #expect(told.delivery?.payment.id.description == payment.text(at: "id"))
        let shown = await world.get(path(webhook), as: .naniwa).json
        #expect(shown["lastOutcome"]?["status"] == 204)
        #expect(shown["merchantId"] == shops[0]["id"])
    }

    @Test(
        arguments: [
            (["events": ["merchant.paid"]], "missing_data", "/url"),
            (["url": "https://x.example"], "field_invalid", "/events"),
            (["url": "https://x.example", "events": []], "field_invalid", "/events"),
            (["url": "https://x.example", "events": ["merchant.payed"]], "field_invalid", "/events"),
            (["url": "https://x.example", "events": "merchant.paid"], "field_invalid", "/events"),
            (["url": "http://x.example", "events": ["merchant.paid"]], "field_invalid", "/url"),
            (["url": "https://127.0.0.1", "events": ["merchant.paid"]], "field_invalid", "/url"),
            (["url": "https://169.254.169.254/latest", "events": ["merchant.paid"]], "field_invalid", "/url"),
            (["url": "https://u:p@x.example", "events": ["merchant.paid"]], "field_invalid", "/url"),
            (["url": "https://x.example", "events": ["payment.updated"]], "forbidden", nil),
            (
                [
                    "url": "https://x.example", "events": ["merchant.paid"],
                    "merchantId": "8a562c67-ca16-48ba-b074-65581be6f011",
                ], "not_found", nil
            ),
            (["url": "https://x.example", "events": ["merchant.paid"], "event": 1], "unknown_field", "/event"),
        ] as [(JSON, String, String?)]
    )
    func refusesByName(body: JSON, code: String, pointer: String?) async throws {
        let world = try await APIWorld()
        let response = await world.post("/v1/webhooks", body, as: .naniwa)
        #expect(response.code == code)
        #expect(response.json.text(at: "pointer") == pointer)
        #expect(!response.text.contains("127.0.0.1"))
    }

    @Test func anothersWebhookIsNotThere() async throws {
        let world = try await APIWorld()
        let webhook = try await create(world)
        #expect(await world.get(path(webhook), as: .angkor).status == 404)
        for rest in ["/rotate", "/ping", "/remove"] {
            #expect(await world.post(path(webhook, rest), [:], as: .angkor).status == 404)
            #expect(await world.post(path(webhook, rest), ["x": 1], as: .naniwa).code == "unknown_field")
        }
        #expect(await world.get("/v1/webhooks", as: .angkor).json.items.isEmpty)
        #expect(await world.post(path(webhook, "/remove"), [:], as: .naniwa).json == ["removed": true])
        #expect(await world.post(path(webhook, "/remove"), [:], as: .naniwa).status == 404)
        #expect(world.links.announcements.isEmpty)
    }
}
