import KizunaPayments

/// Fires timers that are due. They are rows, so any process may, and a restart forgets none.
package final class Timekeeper: Sendable {
    private static let pause = Duration.milliseconds(100)
    private static let batch = 1_000

    private let store: any Store
    private let committer: GroupCommitter
    private let clock: any Clock

    package init(store: any Store, committer: GroupCommitter, clock: any Clock) {
        self.store = store
        self.committer = committer
        self.clock = clock
    }

    /// Looks for due timers until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            await fireDue()
            try? await Task.sleep(for: Timekeeper.pause)
        }
    }

    /// Fires everything that is due now.
    package func fireDue() async {
        let now = clock.now()
        let due = try? store.read { reader throws(StoreError) in
            try reader.dueTimers(at: now, limit: Timekeeper.batch)
        }
        await withDiscardingTaskGroup { group in
            for timer in due ?? [] {
                group.addTask {
                    // One that is lost here is still in the store and fires at the next look.
                    _ = try? await self.committer.submit(Submission(caller: .system, command: .timerDue(timer)))
                }
            }
        }
    }
}
