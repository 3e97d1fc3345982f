import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Who of the switch's people is let in, for how long, and who is made to wait.
@Suite struct SignInTests {
    @Test func passwordAndCodeBeginASessionThatEndsWithTheDay() async throws {
        let world = try await SignInWorld()
        let welcome = try await world.desk.signIn(world.attempt())
        for _ in 0..<24 {
            #expect(try world.desk.person(ofSession: welcome.session)?.id.description == "sokha")
            world.clock.advance(by: SignInDesk.sessionLife / 24)
        }
        #expect(try world.desk.person(ofSession: welcome.session) == nil)
    }

    @Test func aSessionThatNobodyUsesLapses() async throws {
        let world = try await SignInWorld()
        let (idle, grain) = (SignInDesk.usualIdleTime, Directory.sessionUseGrain)
        let welcome = try await world.desk.signIn(world.attempt())
        world.clock.advance(by: idle)
        #expect(try world.desk.person(ofSession: welcome.session) != nil)
        // Used once more, right before that would be noted again: it lasts as long from then on.
        world.clock.advance(by: grain - .milliseconds(1))
        #expect(try world.desk.person(ofSession: welcome.session) != nil)
        world.clock.advance(by: idle)
        #expect(try world.desk.person(ofSession: welcome.session, isUse: false) != nil)
        // What a page asks for by itself was no use.
        world.clock.advance(by: .milliseconds(1))
        #expect(try world.desk.person(ofSession: welcome.session) == nil)
        #expect(try world.desk.person(ofSession: welcome.session) == nil, "Asking again brings it back")
    }

    @Test func aSessionsUseIsKnownToEveryNode() async throws {
        let world = try await SignInWorld()
        let welcome = try await world.desk.signIn(world.attempt())
        world.clock.advance(by: SignInDesk.usualIdleTime)
        let key = try #require(try world.session())
        try await world.operate(.noteKeyUses([key.id: world.clock.now()]))
        let other = try world.anotherDesk()
        world.clock.advance(by: SignInDesk.usualIdleTime)
        #expect(try other.person(ofSession: welcome.session) != nil)
        world.clock.advance(by: SignInDesk.usualIdleTime + Directory.sessionUseGrain)
        #expect(try world.anotherDesk().person(ofSession: welcome.session) == nil)
    }

    @Test func whateverIsWrongTheAnswerIsTheSame() async throws {
        let world = try await SignInWorld()
        for attempt in [
            world.attempt(password: "Wrong horse"), world.attempt(code: "000000"), world.attempt(name: "nobody"),
            world.attempt(name: "'; DROP TABLE people; --"), world.attempt(password: "", code: ""),
        ] { await #expect(throws: SignInDesk.Failure.wrong) { try await world.desk.signIn(attempt) } }
    }

    @Test func aCodeIsGoodOnce() async throws {
        let world = try await SignInWorld()
        let attempt = world.attempt()
        _ = try await world.desk.signIn(attempt)
        await #expect(throws: SignInDesk.Failure.wrong) { try await world.desk.signIn(attempt) }
        world.clock.advance(by: .seconds(30))
        _ = try await world.desk.signIn(world.attempt())
        // Neither is one from before the last.
        await #expect(throws: SignInDesk.Failure.wrong) { try await world.desk.signIn(attempt) }
    }

    /// Of many who show one code at once, one is let in.
    @Test func twoSessionsNeverComeOfOneCode() async throws {
        let world = try await SignInWorld()
        let attempt = world.attempt()
        let sessions = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 { group.addTask { (try? await world.desk.signIn(attempt)) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(sessions == 1)
    }

    @Test func aSessionThatWasSignedOutIsWorthNothing() async throws {
        let world = try await SignInWorld()
        let welcome = try await world.desk.signIn(world.attempt())
        try await world.desk.signOut(session: welcome.session)
        #expect(try world.desk.person(ofSession: welcome.session) == nil)
        try await world.desk.signOut(session: welcome.session)
    }

    /// What somebody else has put into the browser is not adopted: a session's secret is made at the sign-in.
    @Test func noSessionIsMadeOfWhatTheCallerBrings() async throws {
        let world = try await SignInWorld()
        let planted = "kz_planted"
        let attempt = world.attempt(device: planted)
        let welcome = try await world.desk.signIn(attempt)
        #expect(welcome.session != planted && welcome.device != planted)
        #expect(try world.desk.person(ofSession: planted) == nil)
    }

    @Test(arguments: [
        PersonChange.standing(.suspended), .roles(.auditor), .password(hash: "$scrypt$"),
        .authenticator(key: [UInt8](repeating: 1, count: 20)),
    ])
    func whoeverIsChangedHasToSignInAnew(change: PersonChange) async throws {
        let world = try await SignInWorld()
        let welcome = try await world.desk.signIn(world.attempt())
        try await world.operate(.people(.change(world.id, change)))
        #expect(try world.desk.person(ofSession: welcome.session) == nil)
    }

    @Test func whoIsSuspendedIsNotLetIn() async throws {
        let world = try await SignInWorld()
        try await world.operate(.people(.change(world.id, .standing(.suspended))))
        await #expect(throws: SignInDesk.Failure.wrong) { try await world.desk.signIn(world.attempt()) }
        try await world.operate(.people(.change(world.id, .standing(.active))))
        world.clock.advance(by: .seconds(30))
        _ = try await world.desk.signIn(world.attempt())
    }

    /// A session is for the pages, and a program's key is no session.
    @Test func sessionsAndKeysDoNotPassForEachOther() async throws {
        let world = try await SignInWorld()
        let welcome = try await world.desk.signIn(world.attempt())
        let lock = Lock(world.engine, signatures: OpenSSLSignatureChecker(), needsCertificates: false)
        let request = HTTPRequest(
            method: "GET",
            path: "/v1/operations/exceptions",
            headers: ["Authorization": "Bearer \(welcome.session)"]
        )
        let refused = #expect(throws: Problem.self) { try lock.open(for: request, needing: .ofPersons) }
        #expect(refused?.code.status == 403)
        let key = Digest.sha256(Array("a program's".utf8))
        try await world.operate(.addAPIKey(AddAPIKey(person: world.id, digest: key)))
        #expect(try world.desk.person(ofSession: "a program's") == nil)
    }

    // MARK: Guessing

    @Test func guessesWaitLongerAndLonger() async throws {
        let world = try await SignInWorld()
        let wrong = world.attempt(password: "Wrong horse")
        for _ in 0..<4 { await #expect(throws: SignInDesk.Failure.wrong) { try await world.desk.signIn(wrong) } }
        for exponent in 0..<5 {
            let seconds = 1 << exponent
            let tooSoon = SignInDesk.Failure.tooSoon(seconds: seconds)
            await #expect(throws: tooSoon) { try await world.desk.signIn(wrong) }
            // The right password is not looked at either.
            await #expect(throws: tooSoon) { try await world.desk.signIn(world.attempt()) }
            world.clock.advance(by: .seconds(seconds))
            await #expect(throws: SignInDesk.Failure.wrong) { try await world.desk.signIn(wrong) }
        }
        world.clock.advance(by: .seconds(32))
        _ = try await world.desk.signIn(world.attempt())
        world.clock.advance(by: .seconds(30))
        await #expect(throws: SignInDesk.Failure.wrong) { try await world.desk.signIn(wrong) }
    }

    /// Whoever guesses at a name does not keep its owner out: not from elsewhere, not in a known browser on the same
    /// address.
    @Test func nobodyIsLockedOutByOthers() async throws {
        let world = try await SignInWorld()
        let known = try await world.desk.signIn(world.attempt())
        let guess = world.attempt(password: "Wrong horse")
        for _ in 0..<5 { _ = try? await world.desk.signIn(guess) }
        await #expect(throws: SignInDesk.Failure.tooSoon(seconds: 1)) { try await world.desk.signIn(guess) }
        let elsewhere = world.attempt(address: "192.0.2.9", step: 1)
        _ = try await world.desk.signIn(elsewhere)
        await #expect(throws: SignInDesk.Failure.tooSoon(seconds: 1)) { try await world.desk.signIn(guess) }
        let inKnownBrowser = world.attempt(device: known.device, step: 1)
        // The code was used a moment ago, so it is looked at and found wrong: it does not wait.
        await #expect(throws: SignInDesk.Failure.wrong) { try await world.desk.signIn(inKnownBrowser) }
    }

    @Test func aDevicesMarkIsGoodForItsPersonUntilThePasswordChanges() async throws {
        let world = try await SignInWorld()
        let devices = KnownDevice(authenticator: OpenSSLAuthenticator())
        let person = try #require(
            try world.engine.store.read { reader throws(StoreError) in try reader.person(world.id) }
        )
        let mark = devices.mark("abc", of: person)
        #expect(devices.vouch(for: mark, of: person))
        for wrong in [nil, "", "abc", "abd" + mark.dropFirst(3), mark + "0", String(mark.dropLast())] {
            #expect(!devices.vouch(for: wrong, of: person))
        }
        var changed = person
        changed.passwordHash = "another"
        #expect(!devices.vouch(for: mark, of: changed))
    }
}

/// A switch with one person who signs in.
private final class SignInWorld: Sendable {
    static let password = "correct horse battery"
    static let authenticatorKey = Array("12345678901234567890".utf8)

    let clock = ManualClock()
    let engine: Switch
    let desk: SignInDesk
    let id: OperatorID
    private let store = MemoryStore(digester: OpenSSLDigester())

    init() async throws {
        guard let id = OperatorID("sokha") else { throw Surprise() }
        self.id = id
        engine = try SignInWorld.engine(on: store, clock)
        desk = SignInWorld.desk(on: engine)
        let person = AddPerson(
            id: id,
            name: "Chan Sokha",
            roles: .operator,
            passwordHash: PasswordHash.make(of: Self.password, using: SystemRandom()),
            authenticatorKey: Self.authenticatorKey
        )
        try await operate(.people(.add(person)))
    }

    private static func engine(on store: any Store, _ clock: ManualClock) throws -> Switch {
        try Switch(
            store: store,
            links: ScriptedLinks(),
            clock: clock,
            digester: OpenSSLDigester(),
            random: SystemRandomNumberGenerator()
        )
    }

    private static func desk(on engine: Switch) -> SignInDesk {
        SignInDesk(engine, credentials: OpenSSLCredentialChecker(), authenticator: OpenSSLAuthenticator()) {
            var random = SystemRandom()
            let key = KizunaCrypto.APIKey.generate(using: &random)
            return SignInDesk.Secret(text: key.text, digest: key.sha256)
        }
    }

    /// That of another node, which knows what is in the store.
    func anotherDesk() throws -> SignInDesk { SignInWorld.desk(on: try SignInWorld.engine(on: store, clock)) }

    /// The one session that there is.
    func session() throws -> KizunaSwitch.APIKey? {
        try store.read { reader throws(StoreError) in try reader.apiKeys() }.first { $0.grants.contains(.session) }
    }

    func operate(_ command: Command) async throws {
        _ = try await engine.submit(Submission(caller: .operations, command: command)).result.get()
    }

    /// - Parameter step: how many steps the code is ahead of the clock.
    func attempt(
        name: String = "sokha",
        password: String = password,
        code: String? = nil,
        address: String = "192.0.2.1",
        device: String? = nil,
        step: Int64 = 0
    ) -> SignInDesk.Attempt {
        let current = OneTimeCode.code(at: OneTimeCode.step(at: clock.now()) + step, key: Self.authenticatorKey)
        return SignInDesk.Attempt(
            name: name,
            password: password,
            code: code ?? current,
            address: address,
            device: device
        )
    }
}
