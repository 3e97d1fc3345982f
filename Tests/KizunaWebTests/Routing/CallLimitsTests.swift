import KizunaMoney
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// How often the API may be called, by whom.
@Suite struct CallLimitsTests {
    private func statuses(_ world: APIWorld, _ count: Int, _ path: String, as bank: Bank?) async -> [Int: Int] {
        var statuses: [Int: Int] = [:]
        for _ in 0..<count { statuses[await world.get(path, as: bank).status, default: 0] += 1 }
        return statuses
    }

    @Test func aKeyIsHeldBackAndOthersAreNot() async throws {
        let world = try await APIWorld(rates: CallLimits.Rates(participant: nil, key: 5, address: nil))
        #expect(await statuses(world, 15, "/v1/participants/me", as: .mekong) == [200: 10, 429: 5])
        #expect(await statuses(world, 5, "/v1/participants/me", as: .sakura) == [200: 5])
        world.clock.advance(by: .seconds(1))
        #expect(await statuses(world, 7, "/v1/participants/me", as: .mekong) == [200: 5, 429: 2])
    }

    @Test func aParticipantsKeysShareWhatItHas() async throws {
        let world = try await APIWorld(rates: CallLimits.Rates(participant: 3, key: nil, address: nil))
        let second = "kz_another"
        try await world.operate(
            .addAPIKey(AddAPIKey(participant: Bank.mekong.id, digest: OpenSSLDigester().sha256(Array(second.utf8))))
        )
        #expect(await statuses(world, 6, "/v1/participants/me", as: .mekong) == [200: 6])
        var request = world.request("GET", "/v1/participants/me", as: nil)
        request.headers.add("Authorization", "Bearer \(second)")
        let answer = await world.api.respond(to: request)
        #expect(answer.status == 429)
        #expect(answer.headers["Retry-After"] == "1")
    }

    @Test func whoGuessesKeysIsCountedByAddressAndWhoHasOneIsNot() async throws {
        let world = try await APIWorld(rates: CallLimits.Rates(participant: nil, key: nil, address: 5))
        #expect(await statuses(world, 15, "/v1/participants/me", as: nil) == [401: 10, 429: 5])
        #expect(await statuses(world, 3, "/v1/participants/me", as: .mekong) == [200: 3])
        #expect(await statuses(world, 2, "/v1/status", as: nil) == [429: 2])
    }

    @Test func monitorsAskAsOftenAsTheyLike() async throws {
        let world = try await APIWorld(rates: CallLimits.Rates(participant: nil, key: nil, address: 1))
        #expect(await statuses(world, 20, "/healthz", as: nil) == [200: 20])
        #expect(await statuses(world, 20, "/readyz", as: nil) == [200: 20])
    }
}
