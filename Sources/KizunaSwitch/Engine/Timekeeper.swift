import KizunaPayments
import Synchronization

/// Fires timers that are due. They are rows, so any process may, and a restart forgets none.
package final class Timekeeper: Sendable {
    private static let pause = Duration.milliseconds(100)
    /// The most that are fired at one look: bounds what the committer's queue gets from here.
    private static let batch = 1_000

    private let store: any Store
    private let committer: GroupCommitter
    private let clock: any Clock
    /// Those that have been fired and not been answered yet.
    private let fired = Mutex<Set<TimerKey>>([])

    package init(store: any Store, committer: GroupCommitter, clock: any Clock) {
        self.store = store
        self.committer = committer
        self.clock = clock
    }

    /// Looks for due timers until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            look()
            try? await Task.sleep(for: Timekeeper.pause)
        }
    }

    /// Fires everything that is due now and not being fired already.
    package func look() {
        let now = clock.now()
        let due = try? store.read { reader throws(StoreError) in
            try reader.dueTimers(at: now, limit: Timekeeper.batch)
        }
        let new = fired.withLock { fired in (due ?? []).filter { fired.insert($0).inserted } }
        for timer in new {
            // One that is lost here is still in the store and fires at the next look. Weak, for what waits in a committer
            // that is let go with its timekeeper would keep both.
            committer.submit(Submission(caller: .system, command: .timerDue(timer))) { [weak self] _ in
                self?.fired.withLock { _ = $0.remove(timer) }
            }
        }
    }
}
