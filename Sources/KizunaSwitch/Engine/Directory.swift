package import KizunaLedger
package import KizunaMoney
import Synchronization

/// Knows whose keys there are. Kept in memory, since every request asks; told by every commit here, and read again every
/// second where others may commit.
package final class Directory: Sendable {
    /// How long a key that was made or revoked by another program may go unnoticed.
    private static let pause = Duration.seconds(1)
    /// How exactly a key's last use is kept: more often would be a commit for every call.
    private static let useGrain = Duration.seconds(3_600)
    /// The same of sessions, which lapse where they are not used.
    package static let sessionUseGrain = Duration.seconds(120)
    /// How many uses are noted in one commit.
    private static let mostUses = 1_000

    private struct Keys {
        var byID: [UniqueID: APIKey] = [:]
        /// Of secrets and certificates.
        var byDigest: [[UInt8]: APIKey] = [:]
        /// What a participant has besides secrets, and so has to show with each.
        var demands: [ParticipantID: Set<APIKey.Kind>] = [:]
        /// Uses that are still to be noted.
        var uses: [UniqueID: Timestamp] = [:]
        /// Those that are being noted, so that they are known meanwhile.
        var usesUnderWay: [UniqueID: Timestamp] = [:]
        /// Counts what commits have changed, so that what was read before does not undo it.
        var changes = 0

        mutating func replace(by keys: [APIKey]) {
            (byID, byDigest) = ([:], [:])
            for key in keys { add(key) }
            noteDemands()
        }

        mutating func add(_ key: APIKey) {
            byID[key.id] = key
            if key.kind != .signing { byDigest[key.digest] = key }
        }

        func lastUse(of id: UniqueID) -> Timestamp? {
            [uses[id], usesUnderWay[id], byID[id]?.lastUsedAt].compactMap(\.self).max()
        }

        mutating func noteDemands() {
            demands = [:]
            for key in byID.values where key.kind != .secret {
                guard case .participant(let id) = key.owner else { continue }
                demands[id, default: []].insert(key.kind)
            }
        }
    }

    private let keys = Mutex(Keys())
    private let store: any Store

    package init(store: any Store) { self.store = store }

    /// The secret or certificate with this SHA-256 that is in force; `nil` for none.
    package func key(_ kind: APIKey.Kind, withDigest digest: [UInt8], at now: Timestamp) -> APIKey? {
        let key = keys.withLock { $0.byDigest[digest] }
        guard let key, key.kind == kind, key.isInForce(at: now) else { return nil }
        return key
    }

    /// The key that signs under an id and is in force; `nil` for none.
    package func signingKey(_ id: UniqueID, at now: Timestamp) -> APIKey? {
        let key = keys.withLock { $0.byID[id] }
        guard let key, key.kind == .signing, key.isInForce(at: now) else { return nil }
        return key
    }

    /// What a participant has to show besides a secret: once it has had a certificate or a key that signs, it always
    /// does. One whose last certificate has lapsed or was revoked is not let in without, but needs a new one.
    package func demands(of participant: ParticipantID) -> Set<APIKey.Kind> {
        keys.withLock { $0.demands[participant] ?? [] }
    }

    /// Notes that a key has been used, unless that was noted within the hour; of a session, within two minutes.
    package func noteUse(of key: APIKey, at now: Timestamp) {
        let grain = key.grants.contains(.session) ? Directory.sessionUseGrain : Directory.useGrain
        keys.withLock { keys in
            if let last = keys.lastUse(of: key.id), now.since(last) < grain { return }
            keys.uses[key.id] = now
        }
    }

    /// When a key was last noted to be used; `nil` for one that never was.
    package func lastUse(of key: APIKey) -> Timestamp? { keys.withLock { $0.lastUse(of: key.id) } }

    /// Takes the uses that are to be kept.
    func takeUses() -> [UniqueID: Timestamp] {
        keys.withLock { keys in
            let taken = Dictionary(
                uniqueKeysWithValues: keys.uses.prefix(Directory.mostUses).map { ($0.key, $0.value) }
            )
            for id in taken.keys { keys.uses[id] = nil }
            keys.usesUnderWay = taken
            return taken
        }
    }

    /// Reads all keys again, unless a commit changes some meanwhile.
    package func refresh() throws(StoreError) {
        let before = keys.withLock { $0.changes }
        let read = try store.read { reader throws(StoreError) in try reader.apiKeys() }
        keys.withLock { keys in
            if keys.changes == before { keys.replace(by: read) }
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
        keys.withLock { keys in
            keys.changes += 1
            for case let key? in changes.map(\.row) { keys.add(key) }
            keys.noteDemands()
        }
    }
}
