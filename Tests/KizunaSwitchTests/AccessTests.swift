import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@testable import KizunaSwitch

/// Who is let in, and what somebody may do: two people for each change, or the command line, and a line in the log.
@Suite struct AccessTests {
    /// Three who decide, one who only looks, and what they can be asked for.
    struct House {
        var world: StepWorld

        init() throws {
            world = try StepWorld()
            for (name, roles) in [
                ("sokha", [.operator, .approver]), ("yuki", [.operator, .approver]), ("dara", .operator),
                ("mao", .auditor),
            ] as [(String, Grants)] {
                let person = AddPerson(
                    id: Self.id(name),
                    name: name,
                    roles: roles,
                    passwordHash: "$scrypt$",
                    authenticatorKey: [UInt8](repeating: 1, count: 20)
                )
                _ = try world.succeed(.people(.add(person)), by: .operations)
            }
        }

        static func id(_ name: String) -> OperatorID {
            guard let id = OperatorID(name) else { preconditionFailure("A test names a person badly") }
            return id
        }

        mutating func run(_ command: AccessCommand, by name: String) throws -> Result<AccessChange, Refusal> {
            switch try world.run(.access(command), by: .person(Self.id(name))).result {
            case .success(.accessChange(let change)): return .success(change)
            case .success: throw StepWorld.Endless()
            case .failure(let refusal): return .failure(refusal)
            }
        }

        mutating func code(_ command: AccessCommand, by name: String) throws -> RefusalCode? {
            switch try run(command, by: name) {
            case .success: nil
            case .failure(let refusal): refusal.code
            }
        }

        mutating func propose(_ wish: ProposeAccess.Wish, by name: String = "sokha") throws -> UniqueID {
            try run(.propose(ProposeAccess(wish, note: "the night shift")), by: name).get().id
        }

        func person(_ name: String) throws -> Person { try #require(world.transaction.people[Self.id(name)]) }
        func change(_ id: UniqueID) throws -> AccessChange { try #require(world.transaction.accessChanges[id]) }
        var log: [AccessChange] { world.transaction.accessChanges.changes.compactMap(\.row) }
        var keys: [APIKey] { world.transaction.apiKeys.changes.compactMap(\.row) }

        /// A key of somebody's, from the command line.
        mutating func key(of owner: APIKey.Owner, _ number: UInt8 = 1) throws -> UniqueID {
            let grants = owner.person == nil ? Grants.ofParticipants : .ofPersons
            let command = AddAPIKey(owner: owner, digest: [UInt8](repeating: number, count: 32), grants: grants)
            guard case .apiKey(let id) = try world.succeed(.addAPIKey(command), by: .operations) else {
                throw StepWorld.Endless()
            }
            return id
        }
    }

    // MARK: Two persons

    @Test func onePersonProposesRolesAndAnotherApproves() throws {
        var house = try House()
        let id = try house.propose(.roles(House.id("mao"), [.operator, .support]))
        #expect(try house.person("mao").roles == .auditor)
        let before = try house.person("mao").changedAt
        #expect(try house.code(.approve(id, ending: []), by: "sokha") == .forbidden, "alone")
        #expect(try house.code(.approve(id, ending: []), by: "dara") == .forbidden, "not an approver")
        #expect(try house.code(.approve(id, ending: []), by: "mao") == .forbidden, "an auditor")
        #expect(try house.person("mao").roles == .auditor)
        house.world.now = house.world.now.adding(.seconds(60))
        #expect(try house.code(.approve(id, ending: []), by: "yuki") == nil)
        #expect(try house.person("mao").roles == [.operator, .support])
        #expect(try house.person("mao").changedAt > before, "the sessions go on")
        let kept = try house.change(id)
        #expect(kept.standing == .done && kept.approval?.person == House.id("yuki"))
        #expect(kept.author == .person(House.id("sokha")) && kept.note == "the night shift")
        #expect(kept.grantsBefore == .auditor && kept.grants == [.operator, .support])
        #expect(try house.code(.approve(id, ending: []), by: "yuki") == .decisionNotPossible, "once")
    }

    @Test func nobodyApprovesWhatBecomesOfHisOwnAccess() throws {
        var house = try House()
        let id = try house.propose(.roles(House.id("yuki"), [.operator, .approver, .auditor]), by: "dara")
        #expect(try house.code(.approve(id, ending: []), by: "yuki") == .forbidden)
        #expect(try house.code(.approve(id, ending: []), by: "sokha") == nil)
    }

    @Test func onlyOperatorsPropose() throws {
        var house = try House()
        let wish = ProposeAccess(.standing(House.id("dara"), .suspended), note: "left")
        #expect(try house.code(.propose(wish), by: "mao") == .forbidden)
        #expect(try house.code(.propose(wish), by: "nobody") == .forbidden)
        for caller in [Caller.operations, .system, .participant(StepWorld.rielBank)] {
            #expect(try house.world.refusal(.access(.propose(wish)), by: caller) == .forbidden)
        }
        _ = try house.world.succeed(.people(.change(House.id("sokha"), .standing(.suspended))), by: .operations)
        #expect(try house.code(.propose(wish), by: "sokha") == .forbidden, "suspended")
    }

    @Test func whatIsSoAlreadyOrCannotBeIsNotProposed() throws {
        var house = try House()
        let key = try house.key(of: .participant(StepWorld.rielBank))
        let own = try house.key(of: .person(House.id("mao")), 2)
        let stranger = StepWorld.participant("nobody")
        for (wish, code) in [
            (.roles(House.id("mao"), .auditor), .decisionNotPossible), (.roles(House.id("mao"), []), .missingData),
            (.roles(House.id("mao"), .pay), .missingData), (.roles(House.id("mao"), .session), .missingData),
            (.roles(House.id("nobody"), .auditor), .notFound),
            (.standing(House.id("mao"), .active), .decisionNotPossible),
            (.key(stranger, .read, days: nil), .notFound),
            (.key(StepWorld.rielBank, [], days: nil), .missingData),
            (.key(StepWorld.rielBank, .operator, days: nil), .missingData),
            (.key(StepWorld.rielBank, .read, days: 0), .missingData),
            (.key(StepWorld.rielBank, .read, days: AccessChange.mostDays + 1), .missingData),
            (.revocation(own), .notFound), (.revocation(UniqueID(high: 1, low: 1)), .notFound),
            (.revocation(key), nil), (.key(StepWorld.rielBank, .read, days: AccessChange.mostDays), nil),
        ] as [(ProposeAccess.Wish, RefusalCode?)] {
            #expect(try house.code(.propose(ProposeAccess(wish, note: "x")), by: "sokha") == code, "\(wish)")
        }
        let long = String(repeating: "x", count: AccessChange.longestNote)
        let wish = ProposeAccess.Wish.roles(House.id("mao"), .support)
        for (note, code) in [("", RefusalCode.missingData), (long + "x", .missingData), (long, nil)] {
            #expect(try house.code(.propose(ProposeAccess(wish, note: note)), by: "sokha") == code)
        }
    }

    @Test func rolesThatHaveChangedMeanwhileAreNotOverwritten() throws {
        var house = try House()
        let id = try house.propose(.roles(House.id("mao"), .support))
        _ = try house.world.succeed(.people(.change(House.id("mao"), .roles(.operator))), by: .operations)
        #expect(try house.code(.approve(id, ending: []), by: "yuki") == .decisionNotPossible)
        #expect(try house.person("mao").roles == .operator && house.change(id).standing == .proposed)
    }

    @Test func whoProposedWithdraws() throws {
        var house = try House()
        let id = try house.propose(.standing(House.id("mao"), .suspended))
        #expect(try house.code(.withdraw(id), by: "yuki") == .forbidden)
        #expect(try house.code(.withdraw(id), by: "sokha") == nil)
        #expect(try house.change(id).standing == .withdrawn)
        #expect(try house.code(.approve(id, ending: []), by: "yuki") == .decisionNotPossible)
        #expect(try house.code(.withdraw(id), by: "sokha") == .decisionNotPossible)
        #expect(try house.code(.withdraw(UniqueID(high: 1, low: 1)), by: "sokha") == .notFound)
    }

    @Test func aProposalLapsesAfterAWeek() throws {
        var house = try House()
        let (first, second) = (
            try house.propose(.standing(House.id("mao"), .suspended)),
            try house.propose(.roles(House.id("mao"), .support))
        )
        house.world.now = house.world.now.adding(AccessChange.proposalLife - .milliseconds(1))
        #expect(try house.code(.approve(first, ending: []), by: "yuki") == nil)
        house.world.now = house.world.now.adding(.milliseconds(1))
        #expect(try house.code(.approve(second, ending: []), by: "yuki") == .decisionNotPossible)
    }

    @Test func whoIsSuspendedLosesKeysAndSessions() throws {
        var house = try House()
        let (own, another) = (
            try house.key(of: .person(House.id("mao"))), try house.key(of: .person(House.id("dara")), 2)
        )
        let id = try house.propose(.standing(House.id("mao"), .suspended))
        #expect(try house.code(.approve(id, ending: [own, another]), by: "yuki") == nil)
        #expect(try house.person("mao").standing == .suspended)
        #expect(house.world.transaction.apiKeys[own]?.revokedAt != nil)
        #expect(house.world.transaction.apiKeys[another]?.revokedAt == nil, "another's")
        #expect(throws: Refusal.self) { try house.key(of: .person(House.id("mao")), 3) }
        let back = try house.propose(.standing(House.id("mao"), .active))
        #expect(try house.code(.approve(back, ending: []), by: "yuki") == nil)
        #expect(try house.person("mao").standing == .active)
    }

    // MARK: Keys

    @Test func aKeyIsMadeWhenItsProposerTakesIt() throws {
        var house = try House()
        let digest = [UInt8](repeating: 7, count: 32)
        let id = try house.propose(.key(StepWorld.rielBank, [.pay, .read], days: 30))
        #expect(try house.code(.take(id, digest: digest), by: "sokha") == .decisionNotPossible, "not approved")
        #expect(try house.code(.approve(id, ending: []), by: "yuki") == nil)
        #expect(house.keys.isEmpty)
        #expect(try house.code(.take(id, digest: digest), by: "yuki") == .forbidden, "who approved")
        #expect(try house.code(.take(id, digest: digest), by: "dara") == .forbidden, "somebody else")
        #expect(try house.code(.take(id, digest: digest), by: "sokha") == nil)
        let key = try #require(house.keys.first)
        #expect(key.owner == .participant(StepWorld.rielBank) && key.digest == digest && key.grants == [.pay, .read])
        #expect(key.expiresAt == house.world.now.adding(.seconds(30 * 86_400)))
        #expect(try house.change(id).key == key.id && house.change(id).standing == .done)
        #expect(try house.code(.take(id, digest: digest), by: "sokha") == .decisionNotPossible, "once")
        #expect(house.keys.count == 1)
    }

    @Test func anApprovedKeyIsTakenWithinADay() throws {
        var house = try House()
        let digest = [UInt8](repeating: 7, count: 32)
        let ids = try (0..<2).map { _ in
            let id = try house.propose(.key(StepWorld.rielBank, .read, days: nil))
            #expect(try house.code(.approve(id, ending: []), by: "yuki") == nil)
            return id
        }
        house.world.now = house.world.now.adding(AccessChange.approvalLife - .milliseconds(1))
        #expect(try house.code(.take(ids[0], digest: digest), by: "sokha") == nil)
        house.world.now = house.world.now.adding(.milliseconds(1))
        #expect(try house.code(.take(ids[1], digest: digest), by: "sokha") == .decisionNotPossible)
    }

    @Test func twoPeopleRevokeAKey() throws {
        var house = try House()
        let key = try house.key(of: .participant(StepWorld.rielBank))
        let ids = try [house.propose(.revocation(key)), house.propose(.revocation(key))]
        #expect(try house.code(.approve(ids[0], ending: []), by: "yuki") == nil)
        #expect(house.world.transaction.apiKeys[key]?.revokedAt == house.world.now)
        #expect(try house.change(ids[0]).subject == .participant(StepWorld.rielBank))
        #expect(try house.code(.approve(ids[1], ending: []), by: "yuki") == .decisionNotPossible, "once")
    }

    // MARK: The command line

    @Test func whatTheCommandLineDoesIsLogged() throws {
        var house = try House()
        let bank = APIKey.Owner.participant(StepWorld.rielBank)
        let mao = House.id("mao")
        let key = try house.key(of: bank)
        let bound = AddAPIKey(owner: bank, kind: .certificate, digest: [UInt8](repeating: 8, count: 32), grants: [])
        for command in [
            Command.addAPIKey(bound), .revokeAPIKey(key), .revokeAPIKey(key), .people(.change(mao, .roles(.support))),
            .people(.change(mao, .standing(.suspended))), .people(.change(mao, .standing(.active))),
            .people(.change(mao, .password(hash: "x"))), .people(.change(mao, .authenticator(key: []))),
        ] { _ = try house.world.succeed(command, by: .operations) }
        #expect(
            house.log.map(\.act) == [
                .addPerson, .addPerson, .addPerson, .addPerson, .makeKey, .bindCertificate, .revokeKey, .setRoles,
                .suspend, .reinstate, .setPassword, .setAuthenticator,
            ],
            "and revoking twice is one change"
        )
        #expect(house.log.allSatisfy { $0.author == .commandLine && $0.standing == .done && $0.endedAt != nil })
        let roles = try #require(house.log.first { $0.act == .setRoles })
        #expect(roles.subject == .person(mao) && roles.grantsBefore == .auditor && roles.grants == .support)
        #expect(house.log.first { $0.act == .revokeKey }?.key == key)
    }

    /// Sessions come and go; nobody's access is another for it.
    @Test func sessionsAreNotLogged() throws {
        var house = try House()
        let before = house.log.count
        let signIn = SignIn(
            person: House.id("mao"),
            passwordHash: "$scrypt$",
            step: 1,
            digest: [UInt8](repeating: 9, count: 32),
            endsAt: house.world.now.adding(.seconds(60))
        )
        guard case .apiKey(let id) = try house.world.succeed(.people(.signIn(signIn)), by: .system) else {
            throw StepWorld.Endless()
        }
        _ = try house.world.succeed(.revokeAPIKey(id), by: .system)
        #expect(house.log.count == before)
    }
}
