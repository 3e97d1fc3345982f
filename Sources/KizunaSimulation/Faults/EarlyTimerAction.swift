import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The timer of a payment's deadline is found due, and the clock is put back before it is dealt with.
struct EarlyTimerAction: Action {
    let payment: Int
    /// How long before the deadline, in milliseconds.
    let earliness: Int64

    var title: String { "payment \(payment): its deadline is called passed \(earliness) ms before" }

    func perform(in world: World) { world.mischief.earlyTimers[payment] = earliness }
}

extension World {
    func fireEarly(about payment: Payment, _ number: Int) {
        guard let earliness = mischief.earlyTimers.removeValue(forKey: number) else { return }
        count(Fault.timerEarly)
        let left = payment.decisionDeadline.since(clock.now()).wholeMilliseconds - earliness
        let timer = TimerKey(kind: .decisionDeadline, payment: payment.id)
        request(Submission(caller: .system, command: .timerDue(timer)), exactly: max(now, now + left)) { _ in }
    }
}
