import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// A hold opens once and ends once, as it was opened; lines come back in the order of writing.
@Suite struct JournalTests {
    @Test(arguments: StoreUnderTest.allCases, [Transfer.Kind.post, .void])
    func holdsOpenAndEnd(kind: StoreUnderTest, end: Transfer.Kind) throws {
        let fixture = try kind.makeWorld()
        let hold = World.line(.hold)
        try fixture.commit { $0.append(hold) }
        #expect(try fixture.look(at: .hold(hold.holdID)).holds[hold.holdID] == hold)
        try fixture.commit { $0.append(World.line(end)) }
        #expect(try fixture.look(at: .hold(hold.holdID)).holds[hold.holdID] == nil)
        try fixture.reopen()
        #expect(try fixture.look(at: .hold(hold.holdID)).holds[hold.holdID] == nil)
        #expect(
            try fixture.read { reader throws(StoreError) in try reader.journal(of: hold.transaction) } == [
                hold, World.line(end),
            ]
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func holdsMayEndInTheCommitThatOpensThem(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let lines = [
            World.line(.hold), World.line(.hold, leg: 2), World.line(.post), World.line(.void, leg: 2),
            World.line(.direct, leg: 3),
        ]
        try fixture.commit { transaction in for line in lines { transaction.append(line) } }
        #expect(try fixture.look(at: .hold(lines[0].holdID)).holds[lines[0].holdID] == nil)
        #expect(try fixture.read { reader throws(StoreError) in try reader.journal(of: lines[0].transaction) } == lines)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aDirectLineIsNoHold(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { $0.append(World.line(.direct)) }
        #expect(try fixture.look(at: .hold(World.line(.direct).holdID)).holds[World.line(.direct).holdID] == nil)
    }

    struct Misstep: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: [Transfer]
        let line: Transfer
    }

    static let missteps: [Misstep] = [
        Misstep(testDescription: "hold twice", before: [World.line(.hold)], line: World.line(.hold)),
        Misstep(testDescription: "direct twice", before: [World.line(.direct)], line: World.line(.direct)),
        Misstep(testDescription: "direct on a held leg", before: [World.line(.hold)], line: World.line(.direct)),
        Misstep(testDescription: "post without hold", before: [], line: World.line(.post)),
        Misstep(testDescription: "void without hold", before: [], line: World.line(.void)),
        Misstep(testDescription: "post what moved at once", before: [World.line(.direct)], line: World.line(.post)),
        Misstep(
            testDescription: "post twice",
            before: [World.line(.hold), World.line(.post)],
            line: World.line(.post)
        ),
        Misstep(
            testDescription: "void after post",
            before: [World.line(.hold), World.line(.post)],
            line: World.line(.void)
        ),
        Misstep(
            testDescription: "hold again after void",
            before: [World.line(.hold), World.line(.void)],
            line: World.line(.hold)
        ),
        Misstep(
            testDescription: "post more than was held",
            before: [World.line(.hold)],
            line: World.line(.post, amount: 101)
        ),
        Misstep(
            testDescription: "post to another account",
            before: [World.line(.hold)],
            line: World.line(.post, credit: AccountID(owner: .theSwitch, role: .feeIncome, currency: .khr))
        ),
        Misstep(
            testDescription: "post from the other side",
            before: [World.line(.hold)],
            line: World.line(.post, debit: World.providerAccount, credit: World.issuerAccount)
        ),
        Misstep(testDescription: "nothing", before: [], line: World.line(.direct, amount: 0)),
        Misstep(testDescription: "less than nothing", before: [], line: World.line(.direct, amount: -1)),
        Misstep(
            testDescription: "one account on both sides",
            before: [],
            line: World.line(.direct, credit: World.issuerAccount)
        ),
        Misstep(
            testDescription: "two currencies",
            before: [],
            line: World.line(.hold, credit: AccountID(owner: World.provider, role: .settlement, currency: .jpy))
        ),
    ]

    @Test(arguments: StoreUnderTest.allCases, missteps)
    func aMisstepIsRefused(kind: StoreUnderTest, misstep: Misstep) throws {
        let fixture = try kind.makeWorld()
        // In one commit, then after the commit of what came before, then after a restart.
        try expectRefusal {
            try fixture.commit { transaction in
                for line in misstep.before + [misstep.line] { transaction.append(line) }
            }
        }
        #expect(try fixture.audit().transfers == 0)
        try fixture.commit { transaction in for line in misstep.before { transaction.append(line) } }
        try expectRefusal { try fixture.commit { $0.append(misstep.line) } }
        try fixture.reopen()
        try expectRefusal { try fixture.commit { $0.append(misstep.line) } }
        #expect(try fixture.audit().transfers == misstep.before.count)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aLineKeepsItsOwnTime(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let line = Transfer(
            transaction: World.id(.payment, 1),
            leg: 1,
            kind: .direct,
            debit: World.issuerAccount,
            credit: World.providerAccount,
            minorUnits: 1,
            at: Timestamp(milliseconds: -1)
        )
        try fixture.commit { $0.append(line) }
        #expect(try fixture.read { reader throws(StoreError) in try reader.journal(of: line.transaction) } == [line])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func capsAreKept(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let id = World.issuerAccount
        func set(_ account: Account) throws {
            try fixture.change(.account(id)) { $0.accounts.set(id, account) }
        }
        try set(Account(id: id, netDebitCapMinorUnits: 100, debitsPosted: 60, creditsPosted: 10, debitsHeld: 50))
        try expectRefusal {
            try set(Account(id: id, netDebitCapMinorUnits: 100, debitsPosted: 61, creditsPosted: 10, debitsHeld: 50))
        }
        try expectRefusal {
            try set(Account(id: id, netDebitCapMinorUnits: 100, debitsPosted: 60, creditsPosted: 10, debitsHeld: 51))
        }
        // A cap may be lowered below what is owed; from there the way leads down only.
        try set(Account(id: id, netDebitCapMinorUnits: 40, debitsPosted: 60, creditsPosted: 10, debitsHeld: 50))
        try set(Account(id: id, netDebitCapMinorUnits: 40, debitsPosted: 110, creditsPosted: 10, debitsHeld: 0))
        try set(Account(id: id, netDebitCapMinorUnits: 40, debitsPosted: 110, creditsPosted: 20, debitsHeld: 0))
        try expectRefusal {
            try set(Account(id: id, netDebitCapMinorUnits: 40, debitsPosted: 110, creditsPosted: 20, debitsHeld: 1))
        }
        try set(Account(id: id, netDebitCapMinorUnits: nil, debitsPosted: 1_000, creditsPosted: 20, debitsHeld: 1))
        try set(Account(id: id, netDebitCapMinorUnits: nil, debitsPosted: 9_000, creditsPosted: 20, debitsHeld: 1))
    }
}
