import CLogBuffer
import CSQLite
import KizunaSwitch
import Synchronization

/// Has the log synchronised for everybody at once, while the next commit is being written.
///
/// A commit that is made ahead is where the system keeps it: it outlives the process. It outlives the machine once
/// ``reach()`` has returned, which nobody is told of it before.
///
/// Sendable because the log may be synchronised from any thread; only ``ahead(_:)`` is the writer's.
final class LogDurability: @unchecked Sendable {
    private let log: OpaquePointer
    private let synchronise: @Sendable (OpaquePointer) -> Int32
    /// Held while the log is being synchronised; what the disk has once refused is kept.
    private let failure = Mutex<StoreError?>(nil)
    private let hasFailed = Atomic(false)
    /// How many of the commits made ahead are on disk.
    private let reached = Atomic<UInt64>(0)

    /// - Parameter log: a connection's; it must be there longer than this.
    init(of log: OpaquePointer, _ synchronise: @escaping @Sendable (OpaquePointer) -> Int32) {
        self.log = log
        self.synchronise = synchronise
    }

    /// Runs a commit that does not wait for the disk.
    func ahead(_ commit: () throws(StoreError) -> Void) throws(StoreError) {
        kizuna_log_defer(log, 1)
        defer { kizuna_log_defer(log, 0) }
        try commit()
    }

    /// Returns when every commit that anybody can have seen is on disk.
    ///
    /// - Throws: ``StoreError/Code/unavailable``, from the first time on that the disk did not take the log. What the system
    ///   has kept of it since, and what the file has, is known only to who opens it anew.
    func reach() throws(StoreError) {
        guard !isReached else { return }
        try failure.withLock { failure throws(StoreError) in
            if let failure { throw failure }
            let made = madeAhead
            // Somebody else may have come first.
            guard !isReached else { return }
            let code = synchronise(log)
            guard code == SQLITE_OK else {
                let refusal = StoreError(
                    .unavailable,
                    "The disk did not take what was written to the log: see to the disk and start the switch anew.",
                    words: String(cString: sqlite3_errstr(code))
                )
                failure = refusal
                hasFailed.store(true, ordering: .releasing)
                throw refusal
            }
            reached.store(made, ordering: .releasing)
        }
    }

    private var isReached: Bool { reached.load(ordering: .acquiring) >= madeAhead }

    /// How many commits have been made ahead.
    var madeAhead: UInt64 { kizuna_log_deferred(log) }

    /// Throws what ``reach()`` has once thrown. Waits for nothing unless there is something to throw.
    func check() throws(StoreError) {
        guard hasFailed.load(ordering: .acquiring) else { return }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
