import KizunaLedger
import KizunaPayments
import KizunaSwitch
import Testing

/// Changes of who is let in are kept for good, and no store takes one that a single person has decided.
@Suite struct AccessTests {
    @Test(arguments: StoreUnderTest.allCases)
    func theyComeBackAsTheyWereAndTheLatestFirst(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { transaction in
            for change in World.accessChanges { transaction.accessChanges.set(change.id, change) }
        }
        for isReopened in [false, true] {
            if isReopened { try fixture.reopen() }
            for change in World.accessChanges {
                #expect(try fixture.look(at: .accessChange(change.id)).accessChanges[change.id] == change)
            }
            try fixture.read { reader throws(StoreError) in
                #expect(
                    try reader.accessChanges(open: false, before: nil, limit: 99) == World.accessChanges.reversed()
                )
                #expect(
                    try numbers(reader.accessChanges(open: false, before: World.accessChange(6).id, limit: 2)) == [
                        5, 4,
                    ]
                )
                #expect(try numbers(reader.accessChanges(open: true, before: nil, limit: 99)) == [4, 1])
                #expect(
                    try numbers(reader.accessChanges(open: true, before: World.accessChange(4).id, limit: 9)) == [1]
                )
                #expect(try reader.accessChanges(open: false, before: nil, limit: -1) == [])
                #expect(try reader.accessChange(World.accessChange(3).id) == World.accessChanges[2])
                #expect(try reader.accessChange(World.accessChange(99).id) == nil)
            }
        }
    }

    private func numbers(_ changes: [AccessChange]) -> [UInt64] { changes.map(\.id.low) }

    @Test(arguments: StoreUnderTest.allCases)
    func whatBecomesOfOneIsKept(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let proposed = World.accessChange(5, .makeKey, of: .participant(World.issuer))
        try fixture.commit { $0.accessChanges.set(proposed.id, proposed) }
        for change in [
            World.accessChange(5, .makeKey, of: .participant(World.issuer), approvedBy: "sokha", .approved),
            World.accessChange(5, .makeKey, of: .participant(World.issuer), approvedBy: "sokha", .done),
        ] {
            try fixture.change(.accessChange(change.id)) { $0.accessChanges.set(change.id, change) }
            try fixture.reopen()
            #expect(try fixture.read { reader throws(StoreError) in try reader.accessChange(change.id) } == change)
        }
    }

    /// Some that no two people can have made.
    static let forged: [(why: String, change: AccessChange)] = [
        ("who proposes approves", World.accessChange(1, approvedBy: "m-tanaka", .done)),
        ("whose access it is approves", World.accessChange(1, approvedBy: "sokha", .done)),
        ("done, and nobody has approved", World.accessChange(1, .setRoles, .done)),
        ("a key to take, and nobody has approved", World.accessChange(1, .makeKey, .approved)),
        ("the command line waits for approval", World.accessChange(1, by: .commandLine)),
        ("the command line is approved", World.accessChange(1, by: .commandLine, approvedBy: "dara", .done)),
        ("approved and still proposed", World.accessChange(1, approvedBy: "dara", .proposed)),
    ]

    @Test(arguments: StoreUnderTest.allCases, forged.indices)
    func nobodyDecidesAlone(kind: StoreUnderTest, number: Int) throws {
        let fixture = try kind.makeWorld()
        let (why, change) = Self.forged[number]
        #expect(throws: StoreError.self, "\(why)") { try fixture.commit { $0.accessChanges.set(change.id, change) } }
        #expect(try fixture.read { reader throws(StoreError) in try reader.accessChange(change.id) } == nil)
        // Not by way of a proposal either.
        guard change.author.person != nil, change.standing != .proposed else { return }
        let proposed = World.accessChange(1, change.act, of: change.subject)
        try fixture.commit { $0.accessChanges.set(proposed.id, proposed) }
        #expect(throws: StoreError.self, "\(why)") {
            try fixture.change(.accessChange(change.id)) { $0.accessChanges.set(change.id, change) }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func noneIsEverRemoved(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let change = World.accessChange(1)
        try fixture.commit { $0.accessChanges.set(change.id, change) }
        #expect(throws: StoreError.self) {
            try fixture.change(.accessChange(change.id)) { $0.accessChanges.set(change.id, nil) }
        }
    }
}
