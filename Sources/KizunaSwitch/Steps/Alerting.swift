import KizunaLedger
import KizunaMoney

extension Transaction {
    /// Raises and ends the alerts that a step's signals ask for, in the same commit.
    ///
    /// Alerts are fetched only when something passes a threshold, so a common payment costs nothing.
    mutating func keepAlerts(at now: Timestamp) throws(StepFailure) {
        guard !signals.isEmpty else { return }
        try require(signals.map { .alert($0.key) })
        for signal in signals {
            switch (alerts[signal.key], signal.isRaised) {
            case (nil, true): alerts.set(signal.key, Alert(key: signal.key, raisedAt: now))
            case (var alert?, true):
                alert.raise(at: now)
                alerts.set(signal.key, alert)
            case (var alert?, false):
                alert.clear(at: now)
                alerts.set(signal.key, alert)
            case (nil, false): break
            }
        }
    }
}

/// When the use of a net debit cap is told of (`flows.md` 8.1).
enum CapAlarm {
    /// Raised when this much is used.
    static let raisedAtPercent: Int128 = 70
    /// Ended only below this, so that an account that hovers about the first mark is told of once.
    static let clearedBelowPercent: Int128 = 60

    /// What a change of an account's balances means for its alarm.
    static func signal(from before: Account, to after: Account) -> AlertSignal? {
        let isHigher = after.capUse >= before.capUse
        guard let cap = after.netDebitCapMinorUnits, cap > 0 else { return nil }
        let mark = Int128(cap) * (isHigher ? raisedAtPercent : clearedBelowPercent)
        let (wasAbove, isAbove) = (before.capUse * 100 >= mark, after.capUse * 100 >= mark)
        guard wasAbove != isAbove else { return nil }
        return AlertSignal(
            key: Alert.Key(kind: .capNearlyReached, subject: after.id.description),
            isRaised: isAbove
        )
    }
}

extension Account {
    /// How much of the cap is owed or held, in minor units; below zero for those who are owed.
    fileprivate var capUse: Int128 { Int128(debitsHeld) - Int128(positionMinorUnits) }
}
