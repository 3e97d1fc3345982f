import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Liveness: a payment is final within its time, counted from its submission or from the end of the last trouble.
final class PromptnessAuditor: Auditor {
    /// The switch decides within 20 s on a two-phase link; on the other, silence ends within 2 minutes of the bank's
    /// return (`flows.md` 4.5). On top, in milliseconds: what lanes, lost messages and attempts under way may take.
    private static let twoPhaseBound: Int64 = 20_000
    private static let singlePhaseBound: Int64 = 140_000
    private static let slack: Int64 = 20_000

    private unowned let world: World
    private var begun: [PaymentID: Int64] = [:]

    init(_ world: World) { self.world = world }

    func committed(_ commit: Commit) {
        for change in commit.payments {
            guard let payment = change.row else { continue }
            let isReopened = change.stored?.state.isFinal == true && !payment.state.isFinal
            if change.isNew || isReopened { begun[payment.id] = world.now }
            if payment.state == .exception { begun[payment.id] = nil }
            if payment.state.isFinal, let moment = begun.removeValue(forKey: payment.id) {
                check(payment, begun: moment)
            }
        }
    }

    private func check(_ payment: Payment, begun moment: Int64) {
        let bound =
            payment.link == .twoPhase ? PromptnessAuditor.twoPhaseBound : PromptnessAuditor.singlePhaseBound
        let from = max(moment, world.mischief.lastTroubleEnded)
        let backwards = world.mischief.backwardShift
        if world.now - from > bound + backwards + PromptnessAuditor.slack {
            world.violate("payments-end-in-time", "\(payment.state.name) \(world.now - from) ms after the last trouble")
        }
    }
}
