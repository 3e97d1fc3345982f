import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// A bank that cannot be called: it asks for its messages, and answers by calls.
@Suite struct InboxTests {
    /// A world whose shops' bank in Japan, and the payers' in Cambodia, have no address, and whose courier is at work.
    private func withWorld(_ body: (APIWorld) async throws -> Void) async throws {
        let world = try await APIWorld()
        for bank in [Bank.naniwa, .mekong] {
            var participant = bank.participant
            participant.endpoint = nil
            try await world.operate(.joinParticipant(participant, netDebitCaps: [:]))
        }
        let work = Task { await world.engine.run() }
        do {
            try await body(world)
        } catch {
            work.cancel()
            await work.value
            throw error
        }
        work.cancel()
        await work.value
    }

    private func inbox(_ world: APIWorld, _ query: String = "?wait=20", as bank: Bank = .naniwa) async -> [JSON] {
        await world.get("/v1/inbox\(query)", as: bank).json.items
    }

    private func acknowledge(_ world: APIWorld, _ items: [JSON], as bank: Bank = .naniwa) async -> JSON {
        let ids = JSON.array(items.compactMap { $0["id"] })
        return await world.post("/v1/inbox/acknowledgements", ["ids": ids], as: bank).json
    }

    @Test func aPaymentGoesThroughByAskingAlone() async throws {
        try await withWorld { world in
            async let waiting = inbox(world)
            let payment = try await world.pay()
            let request = try #require(await waiting.first)
            #expect(request.text(at: "path") == "/credit-requests")
            #expect(request["fetches"] == 1)
            #expect(request["body"]?.text(at: "paymentId") == payment.text(at: "id"))
            #expect(request["body"]?.money("merchantAmount") == "1980 JPY")
            let answer = await world.post(world.path(payment, "/answer"), ["status": "ACCEPTED"], as: .naniwa)
            #expect(answer.json.text(at: "state") == "COMPLETED")
            #expect(await acknowledge(world, [request]) == ["acknowledged": 1])

            let decision = try #require(await inbox(world).first)
            #expect(decision.text(at: "path") == "/credit-decisions")
            #expect(decision["body"]?.text(at: "decision") == "COMMITTED")
            let update = try #require(await inbox(world, as: .mekong).first)
            #expect(update["body"]?.text(at: "outcome") == "success")
            #expect(await acknowledge(world, [decision]) == ["acknowledged": 1])
            #expect(await acknowledge(world, [decision]) == ["acknowledged": 0])
            #expect(await inbox(world, "").isEmpty)
        }
    }

    @Test func severalWhoAskShareTheMessages() async throws {
        try await withWorld { world in
            for _ in 0..<6 { _ = try await world.paid() }
            var seen: [JSON?] = []
            for _ in 0..<100 where seen.count < 6 {
                async let one = inbox(world, "?limit=2&wait=1", as: .mekong)
                async let other = inbox(world, "?limit=2&wait=1", as: .mekong)
                seen += (await one + other).map { $0["id"] }
            }
            #expect(seen.count == 6)
            #expect(Set(seen).count == 6)
            #expect(await inbox(world, "", as: .mekong).isEmpty)
            world.clock.advance(by: .seconds(30))
            let again = await inbox(world, "?limit=100", as: .mekong)
            #expect(Set(again.map { $0["id"] }) == Set(seen))
            #expect(again.map { $0.text(at: "id") ?? "" } == again.map { $0.text(at: "id") ?? "" }.sorted())
            #expect(again.allSatisfy { $0["fetches"] == 2 })
        }
    }

    @Test func whoAsksForTheHeadAloneTakesNothing() async throws {
        try await withWorld { world in
            _ = try await world.pay()
            while await world.get("/v1/messages?standing=in_inbox", as: .naniwa).json.items.isEmpty {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(await world.api.respond(to: world.request("HEAD", "/v1/inbox", as: .naniwa)).status == 200)
            #expect(await inbox(world, "").count == 1)
        }
    }

    @Test(arguments: [
        ("?limit=0", 422, "field_invalid"), ("?limit=101", 422, "field_invalid"), ("?wait=26", 422, "field_invalid"),
        ("?waits=1", 422, "unknown_field"), ("?limit=100&wait=0", 200, nil),
    ])
    func limitsOfFetching(query: String, status: Int, code: String?) async throws {
        let world = try await APIWorld()
        let response = await world.get("/v1/inbox\(query)", as: .naniwa)
        #expect((response.status, response.code) == (status, code))
    }

    @Test(arguments: [(0, 422), (1, 200), (100, 200), (101, 422)])
    func limitsOfAcknowledging(count: Int, status: Int) async throws {
        let world = try await APIWorld()
        let ids = JSON.array((0..<count).map { _ in .string(newUETR()) })
        #expect(await world.post("/v1/inbox/acknowledgements", ["ids": ids], as: .naniwa).status == status)
        let wrong = await world.post("/v1/inbox/acknowledgements", ["ids": ["x"]], as: .naniwa)
        #expect((wrong.status, wrong.code) == (422, "field_invalid"))
    }
}
