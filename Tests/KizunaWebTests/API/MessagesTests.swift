import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Messages that did not arrive, as their receiver sees them and asks for them again.
@Suite struct MessagesTests {
    @Test func theyAreListedByStandingAPageAtATime() async throws {
        let world = try await APIWorld()
        let failing = try await world.failedNotice(times: 1)
        world.clock.advance(by: .seconds(1))
        let given = try await world.failedNotice(times: 12)
        let all = await world.get("/v1/messages", as: .mekong).json
        #expect(all.items.map { $0.text(at: "id") } == [failing, given].map(\.id.description))
        #expect(all.items.map { $0.text(at: "standing") } == ["sending", "given_up"])
        #expect(all.items.map { $0["attempts"] } == [1, 12])
        #expect(all.items.map { $0.text(at: "path") } == ["/payment-updates", "/payment-updates"])
        #expect(all.items[1]["dueAt"] == .null)
        let first = await world.get("/v1/messages?limit=1", as: .mekong).json
        let cursor = try #require(first.text(at: "nextCursor"))
        let second = await world.get("/v1/messages?limit=1&cursor=\(cursor)", as: .mekong).json
        #expect((first.items + second.items) == all.items)
        #expect(second["nextCursor"] == .null)
        #expect(await world.get("/v1/messages?standing=given_up", as: .mekong).json.items.count == 1)
        #expect(await world.get("/v1/messages?standing=in_inbox", as: .mekong).json.items.isEmpty)
        #expect(await world.get("/v1/messages", as: .sakura).json.items.isEmpty)
    }

    @Test(arguments: [
        ("?standing=dead", "field_invalid"), ("?cursor=x", "field_invalid"), ("?limit=201", "field_invalid"),
        ("?state=given_up", "unknown_field"),
    ])
    func listsAreRefusedByName(query: String, code: String) async throws {
        let world = try await APIWorld()
        let response = await world.get("/v1/messages\(query)", as: .mekong)
        #expect((response.status, response.code) == (422, code))
    }

    /// The clock stands still: nothing but the return itself makes the waiting notices due.
    @Test func whoeverAnswersAgainGetsAtOnceWhatWaits() async throws {
        let world = try await APIWorld()
        world.links.sendAway([Bank.mekong.id])
        let work = Task { await world.engine.run() }
        for _ in 0..<4 { _ = try await world.paid() }
        func waiting() async -> [JSON] { await world.get("/v1/messages", as: .mekong).json.items }
        while await waiting().count < 4 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(await waiting().allSatisfy { $0["attempts"] == 1 })
        world.links.sendAway([])
        _ = try await world.paid()
        while await !waiting().isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        work.cancel()
        await work.value
    }

    @Test func oneIsSentAgain() async throws {
        let world = try await APIWorld()
        let notice = try await world.failedNotice(times: 12)
        let path = "/v1/messages/\(notice.id)/replay"
        #expect(await world.post(path, [:], as: .sakura).status == 404)
        #expect(await world.post(path, ["x": 1], as: .mekong).code == "unknown_field")
        world.links.sendAway([])
        #expect(await world.post(path, [:], as: .mekong).json == ["replayed": 1])
        // What the courier still had in hand when it was asked for, it finds at its next look.
        while await world.post(path, [:], as: .mekong).status != 404 {
            world.engine.look()
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(await world.get("/v1/messages", as: .mekong).json.items.isEmpty)
    }

    @Test func allAreSentAgainSinceAMoment() async throws {
        let world = try await APIWorld()
        let start = world.clock.now()
        for _ in 0..<3 {
            _ = try await world.failedNotice(times: 12)
            world.clock.advance(by: .seconds(10))
        }
        _ = try await world.failedNotice(times: 2)
        func replay(_ since: Timestamp) async -> JSON {
            await world.post("/v1/messages/replay", ["since": JSON(since)], as: .mekong).json
        }
        #expect(await replay(start.adding(.milliseconds(10_001))) == ["replayed": 1, "isMore": false])
        #expect(await replay(start.adding(.milliseconds(10_000))) == ["replayed": 1, "isMore": false])
        #expect(await replay(Timestamp(milliseconds: 0)) == ["replayed": 1, "isMore": false])
        #expect(await replay(start) == ["replayed": 0, "isMore": false])
        #expect(await world.post("/v1/messages/replay", [:], as: .mekong).code == "missing_data")
    }
}
