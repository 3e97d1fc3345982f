import KizunaCrypto
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb
import Testing

@testable import KizunaWeb

/// What anybody may see.
@Suite struct StatusTests {
    @Test func theStatusCounts() async throws {
        let world = try await APIWorld()
        _ = try await world.paid()
        _ = try await world.pay()
        try await world.operate(.setParticipantStatus(Bank.angkor.id, .suspended))
        world.clock.advance(by: .seconds(2))
        let status = await world.get("/v1/status").json
        #expect(status.text(at: "status") == "operational")
        #expect(
            status["links"] == [
                ["country": "KH", "active": 1, "suspended": 1], ["country": "JP", "active": 3, "suspended": 0],
            ]
        )
        #expect(status["payments"]?["COMPLETED"] == 1)
        #expect(status["payments"]?["SENT"] == 1)
        #expect(status["payments"]?["REJECTED"] == 0)
        #expect(status["backlog"]?["submissions"] != nil)
    }

    @Test func theStoreIsAskedOnceASecond() async throws {
        let world = try await APIWorld()
        #expect(await world.get("/v1/status").status == 200)
        world.store.feel(.unreadable)
        #expect(await world.get("/v1/status").status == 200)
        world.clock.advance(by: .seconds(1))
        #expect(await world.get("/v1/status").code == "store_unavailable")
    }

    @Test func healthIsTheProcessAndReadinessTheStore() async throws {
        let world = try await APIWorld()
        #expect(await world.get("/healthz").json == ["status": "ok"])
        let ready = await world.get("/readyz")
        #expect(ready.status == 200)
        #expect(ready.json["checks"] == [["name": "store", "ok": true, "fault": nil, "reason": nil]])
        world.store.feel(.unreadable)
        #expect(await world.get("/healthz").status == 200)
        let unready = await world.get("/readyz")
        #expect(unready.status == 503)
        let check: JSON = ["name": "store", "ok": false, "fault": "unavailable", "reason": "The disk is full."]
        #expect(unready.json["checks"] == [check])
        #expect(!unready.text.contains("secret"))
    }

    @Test func operationsAreDeclaredForDocuments() async throws {
        let world = try await APIWorld()
        let routes = world.api.routes
        #expect(Set(routes.map(\.name)).count == routes.count)
        #expect(routes.allSatisfy { $0.summary.hasSuffix(".") })
        #expect(routes.allSatisfy { $0.method == .get || $0.idempotency != .notNeeded })
    }
}
