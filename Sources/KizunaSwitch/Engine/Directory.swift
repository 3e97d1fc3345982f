package import KizunaLedger
import KizunaMoney
import Synchronization

/// Knows whose key a key is. Kept in memory, since every request asks; told by every commit here, and read again every
/// second where others may commit.
package final class Directory: Sendable {
    /// How long a key that was made or revoked by another program may go unnoticed.
    private static let pause = Duration.seconds(1)

    private struct Owners {
        var byDigest: [[UInt8]: APIKey.Owner] = [:]
        /// Counts what commits have changed, so that what was read before does not undo it.
        var changes = 0
    }

    private let owners = Mutex(Owners())
    private let store: any Store

    package init(store: any Store) { self.store = store }

    /// Whose key has this SHA-256; `nil` for none, or a revoked one.
    package func owner(ofKeyWithDigest digest: [UInt8]) -> APIKey.Owner? { owners.withLock { $0.byDigest[digest] } }

    /// Reads all keys again, unless a commit changes some meanwhile.
    package func refresh() throws(StoreError) {
        let before = owners.withLock { $0.changes }
        let keys = try store.read { reader throws(StoreError) in try reader.activeAPIKeys() }
        let read = Dictionary(keys.map { ($0.digest, $0.owner) }) { first, _ in first }
        owners.withLock { owners in
            if owners.changes == before { owners.byDigest = read }
        }
    }

    /// Keeps up with what other programs change, until the task is cancelled.
    func run() async {
        guard store.isShared else { return }
        while !Task.isCancelled {
            try? await Task.sleep(for: Directory.pause)
            // Where they cannot be read now, those that were read last hold on.
            try? refresh()
        }
    }

    /// Takes in what a commit changed about keys.
    package func note(_ changes: [RecordTable<UniqueID, APIKey>.Change]) {
        guard !changes.isEmpty else { return }
        owners.withLock { owners in
            owners.changes += 1
            for case let key? in changes.map(\.row) {
                owners.byDigest[key.digest] = key.revokedAt == nil ? key.owner : nil
            }
        }
    }
}
