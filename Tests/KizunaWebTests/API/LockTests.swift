import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Who is let in with what: what keys grant, until when, and certificates beside them.
@Suite struct LockTests {
    private static let day = Duration.seconds(86_400)

    @Test func aKeyDoesWhatItGrantsAndNothingElse() async throws {
        let world = try await APIWorld()
        let reads = try await world.key("reads", of: .mekong, grants: [.read])
        #expect(await world.status("GET", "/v1/participants/me", reads) == 200)
        #expect(await world.status("POST", "/v1/resolutions", reads) == 403)
        let pays = try await world.key("pays", of: .mekong, grants: [.pay])
        #expect(await world.status("GET", "/v1/participants/me", pays) == 403)
        // It is let in; the body is what is wrong.
        #expect(await world.status("POST", "/v1/resolutions", pays) == 422)
        #expect(await world.status("POST", "/v1/webhooks", pays) == 403)
        #expect(
            await world.status("POST", "/v1/webhooks", try await world.key("admin", of: .mekong, grants: .admin)) == 422
        )
    }

    @Test func everyOperationThatChangesSomethingNamesItsGrant() async throws {
        for route in try await APIWorld().api.routes where route.needsKey {
            #expect(!route.grant.isEmpty, "\(route.name)")
            switch route.handler {
            case .participant: #expect(Grants.ofParticipants.isSuperset(of: route.grant), "\(route.name)")
            case .person: #expect(Grants.ofPersons.isSuperset(of: route.grant), "\(route.name)")
            case .open: Issue.record("\(route.name) needs no key")
            }
        }
    }

    @Test func aKeyIsWorthNothingFromItsEndOn() async throws {
        let world = try await APIWorld()
        let end = world.clock.now().adding(Self.day)
        let key = try await world.key("a day", of: .mekong, grants: .ofParticipants, expiresAt: end)
        #expect(await world.status("GET", "/v1/participants/me", key) == 200)
        world.clock.advance(by: Self.day - .milliseconds(1))
        #expect(await world.status("GET", "/v1/participants/me", key) == 200)
        world.clock.advance(by: .milliseconds(1))
        #expect(await world.status("GET", "/v1/participants/me", key) == 401)
    }

    @Test func oneWithACertificateAlwaysShowsOneOfItsOwn() async throws {
        let world = try await APIWorld()
        let first = try await world.bind(1, to: .mekong)
        #expect(await world.status(showing: nil, as: .mekong) == 401)
        #expect(await world.status(showing: 1, as: .mekong) == 200)
        #expect(await world.status(showing: 9, as: .mekong) == 401, "one that nobody knows")
        #expect(await world.status(showing: nil, as: .sakura) == 200, "who has none")
        #expect(await world.status(showing: 1, as: .sakura) == 401, "another's")

        // While one takes over from the other, both are good.
        _ = try await world.bind(2, to: .mekong)
        #expect(await world.status(showing: 1, as: .mekong) == 200)
        #expect(await world.status(showing: 2, as: .mekong) == 200)
        try await world.operate(.revokeAPIKey(first))
        #expect(await world.status(showing: 1, as: .mekong) == 401)
        #expect(await world.status(showing: 2, as: .mekong) == 200)
    }

    @Test func whoseLastCertificateIsRevokedOrLapsedIsNotLetInWithout() async throws {
        let world = try await APIWorld()
        let only = try await world.bind(1, to: .mekong)
        _ = try await world.bind(2, to: .sakura, until: world.clock.now().adding(Self.day))
        try await world.operate(.revokeAPIKey(only))
        world.clock.advance(by: Self.day)
        #expect(await world.status(showing: nil, as: .mekong) == 401)
        #expect(await world.status(showing: 1, as: .mekong) == 401)
        #expect(await world.status(showing: nil, as: .sakura) == 401)
        #expect(await world.status(showing: 2, as: .sakura) == 401)
    }

    @Test func theLastUseIsKeptToTheHour() async throws {
        let world = try await APIWorld()
        let text = try await world.key("used", of: .mekong, grants: [.read])
        let digest = Digest.sha256(Array(text.utf8))
        let key = try #require(world.engine.directory.key(.secret, withDigest: digest, at: world.clock.now()))
        #expect(await world.status("GET", "/v1/participants/me", text) == 200)
        let used = world.clock.now()
        try await world.operate(.noteKeyUses([key.id: used]))
        try await world.operate(.noteKeyUses([key.id: used.adding(.seconds(-60))]))
        let kept = try world.store.read { reader throws(StoreError) in try reader.apiKeys() }
        #expect(kept.first { $0.id == key.id }?.lastUsedAt == used)
    }
}

extension APIWorld {
    /// A key with a text of its own.
    fileprivate func key(
        _ name: String,
        of bank: Bank,
        grants: Grants,
        expiresAt: Timestamp? = nil
    ) async throws -> String {
        let text = "kz_\(name)"
        try await operate(
            .addAPIKey(
                AddAPIKey(
                    owner: .participant(bank.id),
                    digest: Digest.sha256(Array(text.utf8)),
                    grants: grants,
                    expiresAt: expiresAt
                )
            )
        )
        return text
    }

    fileprivate func status(_ method: String, _ path: String, _ key: String) async -> Int {
        let headers: HTTPHeaders = ["Authorization": "Bearer \(key)"]
        return await api.respond(to: request(method, path, as: nil, body: [:], headers: headers)).status
    }

    /// Binds a certificate, told apart by its number, to a bank.
    fileprivate func bind(_ number: UInt8, to bank: Bank, until end: Timestamp? = nil) async throws -> UniqueID {
        let command = AddAPIKey(
            owner: .participant(bank.id),
            kind: .certificate,
            digest: [UInt8](repeating: number, count: 32),
            grants: [],
            expiresAt: end
        )
        guard case .apiKey(let id) = try await operate(.addAPIKey(command)) else { throw Surprise() }
        return id
    }

    fileprivate func status(showing number: UInt8?, as bank: Bank) async -> Int {
        var request = request("GET", "/v1/participants/me", as: bank)
        request.clientCertificate = number.map {
            ClientCertificate(fingerprint: [UInt8](repeating: $0, count: 32), isTrusted: true)
        }
        return await api.respond(to: request).status
    }
}
