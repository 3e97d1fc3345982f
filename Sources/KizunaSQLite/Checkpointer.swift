import Dispatch
import KizunaSwitch
import Synchronization

/// Brings the log back into the file beside the writer, so that no commit waits for it.
///
/// A log begins anew once all of it has been brought back at a moment when nobody writes. While commits follow each
/// other there is no such moment but between two of them, so the work is divided: here nearly all of it is done and
/// synchronised, and the writer does the small rest after its next commit.
///
/// Sendable because the connection is used on the queue only.
final class Checkpointer: @unchecked Sendable {
    private enum Progress {
        case idle, underWay, nearlyDone
    }

    /// So few pages that the writer may bring them back itself.
    private static let smallRest = 64
    /// The most rounds, each over what was written during the one before.
    private static let mostRounds = 4

    private let connection: Connection
    private let queue = DispatchQueue(label: "kizuna.sqlite.checkpoint")
    private let progress = Mutex(Progress.idle)

    init(_ connection: consuming Connection) { self.connection = connection }

    /// Starts, unless it is under way. Says whether nearly all is done and the writer is to do the rest.
    func advance() -> Bool {
        let before = progress.withLock { progress in
            defer { if progress == .idle { progress = .underWay } }
            return progress
        }
        if before == .idle { queue.async { self.run() } }
        return before == .nearlyDone
    }

    /// The writer has done the rest.
    func noteEnd() { progress.withLock { $0 = .idle } }

    /// Returns when nothing is under way.
    func finish() { queue.sync {} }

    private func run() {
        // What fails here fails again, and is said, where the writer needs the room; until then the log only grows.
        try? bringBack()
        progress.withLock { $0 = .nearlyDone }
    }

    private func bringBack() throws(StoreError) {
        for _ in 0..<Checkpointer.mostRounds {
            let rest = try connection.checkpoint()
            try connection.synchroniseFile()
            if rest <= Checkpointer.smallRest { return }
        }
    }
}
