import KizunaMoney
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaWeb

/// The same request again, and another one under the same key (`flows.md` 4.7).
@Suite struct IdempotencyTests {
    @Test func aRepeatGetsTheSameBytes() async throws {
        let world = try await APIWorld()
        let resolve = JSON.object([JSON.Member(name: "payload", value: .string(Code.jpqr))])
        let resolution = try await twice(world, "/v1/resolutions", resolve, as: .mekong)
        let quote = try await twice(
            world,
            "/v1/quotes",
            [
                "resolutionId": resolution["id"] ?? nil, "payerCurrency": "KHR",
                "amount": ["value": "1980", "currency": "JPY"],
            ],
            as: .mekong
        )
        let payment = try await twice(world, "/v1/payments", world.submission(quote), as: .mekong) {
            _ = await world.post(world.path($0, "/answer"), ["status": "ACCEPTED"], as: .naniwa)
        }
        #expect(payment.text(at: "state") == "SENT")
        _ = try await twice(
            world,
            world.path(payment, "/refunds"),
            ["uetr": .string(newUETR()), "reason": "MD06"],
            as: .naniwa
        )
        _ = try await twice(world, "/v1/merchants", Code.jpqrShop, as: .naniwa)
        let rate: JSON = ["payerCurrency": "KHR", "merchantCurrency": "JPY", "mid": "27", "spreadBasisPoints": 0]
        _ = try await twice(world, "/v1/rates", ["rates": [rate]], as: .tonle)
    }

    /// Sends a request twice, with something in between, and expects one answer.
    private func twice(
        _ world: APIWorld,
        _ path: String,
        _ body: JSON,
        as bank: Bank,
        between: (JSON) async -> Void = { _ in }
    ) async throws -> JSON {
        let first = await world.post(path, body, as: bank, key: "same")
        try #require(first.status == 201, "\(path): \(first.text)")
        #expect(first.headers["Idempotent-Replayed"] == nil)
        await between(first.json)
        let second = await world.post(path, body.canonical, as: bank, key: "same")
        #expect(second.status == 201)
        #expect(second.body == first.body)
        #expect(second.headers["Idempotent-Replayed"] == "true")
        #expect(second.headers["Location"] == first.headers["Location"])
        return first.json
    }

    @Test func aRefusalIsRepeatedToo() async throws {
        let world = try await APIWorld()
        let body: JSON = ["resolutionId": .string(newUETR()), "payerCurrency": "KHR"]
        let first = await world.post("/v1/quotes", body, as: .mekong, key: "k")
        let second = await world.post("/v1/quotes", body, as: .mekong, key: "k")
        #expect(first.code == "not_found")
        #expect(second.code == "not_found")
        #expect(first.headers["Idempotent-Replayed"] == nil)
        #expect(second.headers["Idempotent-Replayed"] == "true")
    }

    @Test func anotherBodyUnderTheSameKeyIsRefused() async throws {
        let world = try await APIWorld()
        _ = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong, key: "k")
        let response = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr + " ")], as: .mekong, key: "k")
        #expect(response.status == 422)
        #expect(response.code == "idempotency_conflict")
    }

    @Test func anotherPathUnderTheSameKeyIsRefused() async throws {
        let world = try await APIWorld()
        let payments = [try await world.paid(), try await world.paid()]
        let body: JSON = ["uetr": .string(newUETR()), "reason": "MD06"]
        #expect(await world.post(world.path(payments[0], "/refunds"), body, as: .naniwa, key: "k").status == 201)
        let other = await world.post(world.path(payments[1], "/refunds"), body, as: .naniwa, key: "k")
        #expect(other.code == "idempotency_conflict")
    }

    @Test func theSameKeyOfAnotherParticipantOrOperationIsAnotherKey() async throws {
        let world = try await APIWorld()
        let resolve: JSON = ["payload": .string(Code.jpqr)]
        let first = await world.post("/v1/resolutions", resolve, as: .mekong, key: "k")
        #expect(first.status == 201)
        let quote: JSON = [
            "resolutionId": first.json["id"] ?? nil, "payerCurrency": "KHR",
            "amount": ["value": "1980", "currency": "JPY"],
        ]
        #expect(await world.post("/v1/quotes", quote, as: .mekong, key: "k").status == 201)
        let other = await world.post("/v1/resolutions", ["payload": .string(Code.khqr)], as: .sakura, key: "k")
        #expect(other.status == 201)
    }

    @Test func whileTheFirstIsUnderWayTheSecondIsAskedToWait() async throws {
        let world = try await APIWorld()
        world.store.isClosed.store(true, ordering: .releasing)
        async let first = world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong, key: "k")
        while !world.store.isWaiting.load(ordering: .acquiring) { await Task.yield() }
        let second = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong, key: "k")
        let other = await world.post("/v1/resolutions", ["payload": .string(Code.khqr)], as: .mekong, key: "k")
        world.store.isClosed.store(false, ordering: .releasing)
        #expect(second.status == 409)
        #expect(second.code == "idempotency_in_progress")
        #expect(second.headers["Retry-After"] == "1")
        #expect(second.json.text(at: "outcome") == "unknown")
        #expect(other.status == 422)
        #expect(other.code == "idempotency_conflict")
        #expect(await first.status == 201)
    }
}
