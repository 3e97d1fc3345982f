import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Who may ask the Bakong facade, its keys and its links, as steps keep them.
@Suite struct KeepingBakongTests {
    private static let code = [UInt8](repeating: 7, count: 32)
    private var world: StepWorld

    init() throws { world = try StepWorld() }

    private static func registration(_ email: String = "a@shop.example", code: [UInt8]? = code, removing: [String] = [])
        -> Command
    {
        .bakong(
            .register(
                RegisterBakongProject(
                    email: email,
                    organisation: "Shop",
                    name: "Till",
                    codeDigest: code,
                    removing: removing
                )
            )
        )
    }

    private mutating func register(code: [UInt8]? = Self.code) throws -> BakongProject {
        let reply = try world.succeed(Self.registration(code: code), by: code == nil ? .operations : .system)
        guard case .bakongProject(let project) = reply else { throw Unexpected() }
        return project
    }

    struct Unexpected: Error {}

    @Test mutating func aCodeThatComesBackInTimeConfirms() throws {
        #expect(try register().standing == .unconfirmed)
        let wrong = Command.bakong(.confirm(email: "a@shop.example", codeDigest: [UInt8](repeating: 8, count: 32)))
        #expect(try world.refusal(wrong, by: .system) == .notFound)
        let right = Command.bakong(.confirm(email: "a@shop.example", codeDigest: Self.code))
        world.now = world.now.adding(.seconds(1_799))
        guard case .bakongProject(let project) = try world.succeed(right, by: .system) else { throw Unexpected() }
        #expect(project.standing == .active && project.codeDigest == nil)
        // A code is good once.
        #expect(try world.refusal(right, by: .system) == .notFound)
    }

    @Test mutating func aCodeLapsesAfterHalfAnHour() throws {
        _ = try register()
        world.now = world.now.adding(BakongProject.codeLife)
        let command = Command.bakong(.confirm(email: "a@shop.example", codeDigest: Self.code))
        #expect(try world.refusal(command, by: .system) == .notFound)
    }

    @Test mutating func anAddressIsRegisteredOnce() throws {
        _ = try register()
        #expect(try world.refusal(Self.registration(), by: .system) == .duplicate)
        // Mails get lost: after a minute another may be asked for.
        world.now = world.now.adding(BakongProject.codePause)
        let first = try register()
        let second = try register(code: nil)
        #expect(second.standing == .active && second.id != first.id)
        #expect(try world.refusal(Self.registration(code: nil), by: .operations) == .duplicate)
    }

    @Test mutating func whoWasShutOutComesBackByTheOperatorOnlyAndUnderAnotherId() throws {
        let first = try register(code: nil)
        _ = try world.succeed(.bakong(.revoke(email: first.email)), by: .operations)
        #expect(world.transaction.bakongProjects[first.email]?.standing == .revoked)
        #expect(try world.refusal(Self.registration(), by: .system) == .duplicate)
        #expect(try register(code: nil).id != first.id)
        #expect(try world.refusal(.bakong(.revoke(email: "b@shop.example")), by: .operations) == .notFound)
    }

    @Test mutating func onlyWhatHasLapsedIsForgotten() throws {
        _ = try register()
        world.now = world.now.adding(.seconds(1_000))
        let second = Self.registration("b@shop.example", removing: ["a@shop.example", "none@shop.example"])
        _ = try world.succeed(second, by: .system)
        #expect(world.transaction.bakongProjects["a@shop.example"] != nil)
        world.now = world.now.adding(.seconds(1_000))
        let third = Self.registration("c@shop.example", removing: ["a@shop.example", "b@shop.example"])
        _ = try world.succeed(third, by: .system)
        #expect(world.transaction.bakongProjects["a@shop.example"] == nil)
        #expect(world.transaction.bakongProjects["b@shop.example"] != nil)
    }

    @Test mutating func aKeyIsMadeOnceAndRemovedWhenNothingItSignedHolds() throws {
        let make = { (number: Int, removing: [Int]) in Command.bakong(.makeKey(number: number, removing: removing)) }
        _ = try world.succeed(make(1, []), by: .system)
        let first = try #require(world.transaction.bakongKeys[1])
        #expect(first.secret.count == 32 && Set(first.secret).count > 8)
        world.now = world.now.adding(BakongKey.signingTime)
        #expect(!first.signs(at: world.now))
        _ = try world.succeed(make(1, []), by: .system)
        #expect(world.transaction.bakongKeys[1] == first)
        _ = try world.succeed(make(2, [1]), by: .system)
        #expect(world.transaction.bakongKeys[1] == first)
        #expect(world.transaction.bakongKeys[2]?.secret != first.secret)
        world.now = world.now.adding(BakongKey.tokenLife)
        _ = try world.succeed(make(3, [1, 2]), by: .system)
        #expect(world.transaction.bakongKeys[1] == nil && world.transaction.bakongKeys[2] != nil)
    }

    @Test mutating func aLinkLastsADayOrAsLongAsItsCode() throws {
        let create = { (end: Timestamp?, removing: [UniqueID]) in
            Command.bakong(
                .createLink(CreateDeepLink(payload: "code", source: nil, codeExpiresAt: end, removing: removing))
            )
        }
        guard case .deepLink(let long) = try world.succeed(create(nil, []), by: .system) else { throw Unexpected() }
        #expect(long.expiresAt == world.now.adding(DeepLink.life))
        let end = world.now.adding(.seconds(60))
        guard case .deepLink(let short) = try world.succeed(create(end, []), by: .system) else { throw Unexpected() }
        #expect(short.expiresAt == end && short.id != long.id)
        world.now = end.adding(.milliseconds(1))
        _ = try world.succeed(create(nil, [long.id, short.id]), by: .system)
        #expect(world.transaction.deepLinks[long.id] == long)
        #expect(world.transaction.deepLinks[short.id] == nil)
    }

    @Test mutating func participantsAndPersonsHaveNoSayInIt() throws {
        let person = try #require(OperatorID("sokha"))
        for caller in [Caller.participant(StepWorld.rielBank), .person(person)] {
            #expect(try world.refusal(Self.registration(code: nil), by: caller) == .forbidden)
            #expect(try world.refusal(.bakong(.makeKey(number: 1, removing: [])), by: caller) == .forbidden)
        }
    }

    /// What Bakong's clients are told of a code that nobody holds: it failed, or it says nothing about who paid.
    @Test(arguments: [true, false])
    mutating func codesOfKHQRsAreRemembered(singleUse: Bool) throws {
        let refused = try world.submit("42000", .khr, payer: .jpy, singleUse: singleUse)
        try world.answerCreditRequest(of: refused.id, .refused(.merchantClosed))
        #expect(world.transaction.codeNotes[refused.code] == (singleUse ? .failed : nil))
        let paid = try world.submit("42000", .khr, payer: .jpy, singleUse: singleUse)
        try world.answerCreditRequest(of: paid.id, .accepted)
        #expect(try world.payment(paid.id).state == .completed)
        #expect(world.transaction.codeNotes[paid.code] == (singleUse ? .failed : .reusable))
        #expect(world.transaction.codeClaims[paid.code] == (singleUse ? paid.id : nil))
    }

    @Test mutating func codesOfTheOtherSchemeAreNot() throws {
        let paid = try world.submit()
        try world.answerCreditRequest(of: paid.id, .accepted)
        #expect(world.transaction.codeNotes[paid.code] == nil)
    }
}
