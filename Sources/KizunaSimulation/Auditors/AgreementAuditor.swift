import KizunaPayments
import KizunaSwitch

/// When nothing goes on any more, everybody knows the same: no credit without a posting and none missing, every issuer
/// told how it ended, every refund announced.
final class AgreementAuditor: Auditor {
    private unowned let world: World

    init(_ world: World) { self.world = world }

    func settled() {
        if world.agenda.earliest != nil { world.violate("outbox-empties", "Messages or timers are left") }
        for id in world.numbers.keys.sorted() {
            let found = try? world.disk.read { reader throws(StoreError) in
                (try reader.payment(id), try reader.refunds(of: id))
            }
            guard case (let payment?, let refunds)? = found else { continue }
            checkBank(of: payment)
            checkIssuer(of: payment, refunds)
        }
    }

    private func checkBank(of payment: Payment) {
        guard world.isBankHonest(about: payment.id), let bank = world.banks[payment.acquirer] else { return }
        let promise = bank.promises[payment.id]
        if payment.state.isPaid, promise != .credited {
            world.violate("no-credit-is-missing", "A paid shop's bank has not credited")
        }
        if !payment.state.isPaid, promise == .credited || promise == .promised {
            world.violate("no-credit-without-posting", "A bank has credited, or still means to, what was not paid")
        }
    }

    private func checkIssuer(of payment: Payment, _ refunds: [Refund]) {
        guard let issuer = world.banks[payment.issuer] else { return }
        let told = issuer.told[payment.id]
        if told?.isFinal != true || told?.isPaid != payment.state.isPaid {
            world.violate("issuers-know-the-end", "Told \(told?.name ?? "nothing") of what is \(payment.state.name)")
        }
        if !refunds.allSatisfy({ issuer.refunds.contains($0.id) }) {
            world.violate("issuers-know-refunds", "A refund was never announced")
        }
    }
}
