/// Rows of one kind that were read or committed a short while ago.
///
/// Two generations: when the young one is full it becomes the old one, and the old one is forgotten.
///
/// Public and inlinable for the reason that ``RecordTable`` is.
public struct RecentRows<Key: Hashable, Row> {
    /// Bounds memory: about a second of payments at full load, some minutes of them on a common day.
    @usableFromInline static var mostOfOneGeneration: Int { 4_096 }

    @usableFromInline var young: [Key: Row] = [:]
    @usableFromInline var old: [Key: Row] = [:]

    @inlinable
    public init() {}

    /// The row as it is remembered; `nil` when it is not.
    @inlinable
    public subscript(key: Key) -> Row? { young[key] ?? old[key] }

    /// The row as it is remembered, or else as it is read now; that there is none is not remembered.
    @inlinable
    public mutating func row<Failure: Error>(_ key: Key, read: () throws(Failure) -> Row?) throws(Failure) -> Row? {
        if let row = self[key] { return row }
        let row = try read()
        if let row { remember(key, row) }
        return row
    }

    @inlinable
    public mutating func remember(_ key: Key, _ row: Row) {
        if young.count >= Self.mostOfOneGeneration {
            old = young
            young = [Key: Row](minimumCapacity: Self.mostOfOneGeneration)
        }
        young[key] = row
    }

    @inlinable
    public mutating func forget(_ key: Key) {
        young[key] = nil
        old[key] = nil
    }
}

extension RecentRows: Sendable where Key: Sendable, Row: Sendable {}

extension RecentRows where Key: Sendable & Hashable, Row: Sendable & Hashable {
    /// Takes in what has just been committed.
    @inlinable
    public mutating func note(_ changes: [RecordTable<Key, Row>.Change]) {
        for change in changes {
            if let row = change.row { remember(change.key, row) } else { forget(change.key) }
        }
    }
}
