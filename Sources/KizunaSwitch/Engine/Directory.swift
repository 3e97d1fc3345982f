package import KizunaLedger
import KizunaMoney
import Synchronization

/// Knows whose key a key is. Kept in memory, since every request asks; read again when a commit changes keys.
package final class Directory: Sendable {
    private let owners = Mutex<[[UInt8]: APIKey.Owner]>([:])
    private let store: any Store

    package init(store: any Store) { self.store = store }

    /// Whose key has this SHA-256; `nil` for none, or a revoked one.
    package func owner(ofKeyWithDigest digest: [UInt8]) -> APIKey.Owner? { owners.withLock { $0[digest] } }

    /// Reads all keys again.
    package func refresh() throws(StoreError) {
        let keys = try store.read { reader throws(StoreError) in try reader.activeAPIKeys() }
        let owners = Dictionary(keys.map { ($0.digest, $0.owner) }) { first, _ in first }
        self.owners.withLock { $0 = owners }
    }

    /// Takes in what a commit changed about keys.
    package func note(_ changes: [RecordTable<UniqueID, APIKey>.Change]) {
        guard !changes.isEmpty else { return }
        owners.withLock { owners in
            for case let key? in changes.map(\.row) {
                owners[key.digest] = key.revokedAt == nil ? key.owner : nil
            }
        }
    }
}
