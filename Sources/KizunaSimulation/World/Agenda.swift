import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// When which row of the disk is due, so that a world needs to look only when there is something to see.
struct Agenda {
    private var messages: [UniqueID: Timestamp] = [:]
    private var timers: [TimerKey: Timestamp] = [:]

    mutating func take(_ commit: Commit) {
        for change in commit.messages { messages[change.key] = change.row?.dueAt }
        for change in commit.timers { timers[change.key] = change.row }
    }

    /// Whether a transaction ends a timer whose time has come.
    func hasDueTimer(in transaction: Transaction, at now: Timestamp) -> Bool {
        transaction.timers.changes.contains { change in
            change.row == nil && timers[change.key].map { $0 <= now } ?? false
        }
    }

    var earliest: Timestamp? {
        let message = messages.values.min()
        let timer = timers.values.min()
        guard let message, let timer else { return message ?? timer }
        return min(message, timer)
    }
}
