import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaSimulation

/// Auditors that never found anything would be no auditors: each is shown a world that was tampered with.
@Suite struct AuditorTests {
    private let simulation = Simulation(digester: OpenSSLDigester())

    /// Changes what the disk has, behind the switch's back.
    struct Tampering: Action {
        let title: String
        let invariant: String
        let change: @Sendable (inout MemoryRecords) -> Void

        func perform(in world: World) { world.disk.tamper(change) }
    }

    static let tamperings = [
        Tampering(title: "a balance", invariant: "balances-follow-from-journal") { records in
            for (id, account) in records.accounts where id.role == .settlement {
                records.accounts[id] = Account(
                    id: id,
                    netDebitCapMinorUnits: account.netDebitCapMinorUnits,
                    debitsPosted: account.debitsPosted,
                    creditsPosted: account.creditsPosted + 1,
                    debitsHeld: account.debitsHeld,
                    creditsHeld: account.creditsHeld
                )
            }
        },
        Tampering(title: "a line of the journal", invariant: "journal-chain-is-whole") { records in
            guard let line = records.journal[1] else { return }
            records.journal[1] = Transfer(
                transaction: line.transaction,
                leg: line.leg,
                kind: line.kind,
                debit: line.debit,
                credit: line.credit,
                minorUnits: line.minorUnits,
                at: line.at.adding(.milliseconds(1))
            )
        },
        Tampering(title: "every stored answer", invariant: "one-answer-per-key") { $0.idempotency = [:] },
        Tampering(title: "every message", invariant: "outbox-empties") { $0.messages = [:] },
        Tampering(title: "every code that was claimed", invariant: "code-is-paid-once") { $0.codeClaims = [:] },
    ]

    @Test func shortensAPlanThatFails() throws {
        let report = simulation.run(tampered(with: Self.tamperings[0], seed: 1))
        let short = simulation.shrink(report)
        #expect(short.violations.first?.invariant == report.violations.first?.invariant)
        #expect(short.plan.steps.contains { $0.action is Tampering })
        #expect(short.plan.steps.count < 15)
        #expect(report.plan.steps.count > 100)
    }

    private func tampered(with tampering: Tampering, seed: UInt64) -> Plan {
        var plan = Plan(seed: seed, payments: 60)
        plan.steps.append(Plan.Step(at: 45_000, action: tampering))
        return plan
    }
}
