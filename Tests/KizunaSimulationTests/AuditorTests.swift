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

    @Test func findsNothingWhereNothingWasTamperedWith() throws {
        let report = simulation.run(try Self.plan(with: nil))
        #expect(report.violations.isEmpty)
        #expect(report.payments > 4)
    }

    @Test(arguments: tamperings)
    func catchesTampering(_ tampering: Tampering) throws {
        let report = simulation.run(try Self.plan(with: tampering))
        let caught = report.violations.first?.invariant
        #expect(caught == tampering.invariant, "Somebody changed \(tampering.title)")
    }

    /// A few payments without other trouble than banks that are silent for a while, so that messages wait. After it every
    /// wallet submits again, and everybody pays the codes of others once more.
    private static func plan(with tampering: Tampering?) throws -> Plan {
        let plans = (1...100 as ClosedRange<UInt64>).lazy.map { Plan(seed: $0, payments: 8) }
        var plan = try #require(
            plans.first { $0.payActions.count(where: \.isDynamic) >= 4 && $0.submissions(within: 20_500...32_000) >= 3 }
        )
        plan.horizon = 60_000
        plan.steps.removeAll { !($0.action is PayAction) && !($0.action is PublishRatesAction) }
        let payments = plan.payActions
        for bank in plan.cast.issuers + plan.cast.acquirers {
            plan.steps.append(Plan.Step(at: 20_000, action: SilenceAction(bank: bank.id, length: 14_000)))
        }
        if let tampering { plan.steps.append(Plan.Step(at: 33_000, action: tampering)) }
        for pay in payments {
            plan.steps.append(Plan.Step(at: 35_000, action: RepeatAction(payment: pay.number, isSameBody: true)))
            guard pay.isDynamic else { continue }
            plan.steps.append(Plan.Step(at: 40_000, action: pay.again(as: pay.number + payments.count)))
        }
        return plan
    }

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

extension Plan {
    fileprivate var payActions: [PayAction] { steps.compactMap { $0.action as? PayAction } }

    /// How many payers agree within a time, in milliseconds.
    fileprivate func submissions(within time: ClosedRange<Int64>) -> Int {
        steps.count { step in
            guard let pay = step.action as? PayAction else { return false }
            return time.contains(step.at + pay.pauses.0 + pay.pauses.1)
        }
    }
}

extension PayAction {
    /// Somebody else pays the same code.
    fileprivate func again(as number: Int) -> PayAction {
        PayAction(
            number: number,
            issuer: issuer,
            shop: shop,
            codeOf: self.number,
            isDynamic: true,
            amount: amount,
            payerCurrency: payerCurrency,
            pauses: (0, 0),
            mind: .accepts,
            keepsCredit: false,
            recallMind: .grants,
            lateness: 0,
            payer: PayerKey(UniqueID(high: seed, low: UInt64(number))),
            seed: seed &+ UInt64(number)
        )
    }
}
