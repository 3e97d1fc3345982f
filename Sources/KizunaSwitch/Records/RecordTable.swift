/// The rows of one kind that a group of commands works on: what the store brought, and what has changed since.
///
/// A row that was asked for and does not exist is present as its absence; a row that nobody asked for is an error of
/// the caller, reported through ``isLoaded(_:)``. Changes made since a mark can be taken back.
///
/// Public, and inlinable where a store calls it for every row, for one reason: the compiler then specialises it for the
/// row's type in the store's module too, which it does not do for what is `package`. Each call costs a tenth.
public struct RecordTable<Key: Hashable & Sendable, Row: Hashable & Sendable>: Sendable {
    /// What is to become of a row.
    public struct Change: Sendable {
        public let key: Key
        /// The row as it shall be; `nil` when it goes.
        public let row: Row?
        /// The row as the store has it; `nil` when it has none, or was never asked.
        public let stored: Row?

        @inlinable
        init(key: Key, row: Row?, stored: Row?) {
            self.key = key
            self.row = row
            self.stored = stored
        }

        /// Whether the store has no such row yet.
        @inlinable public var isNew: Bool { stored == nil }
    }

    @usableFromInline
    struct Entry: Sendable {
        @usableFromInline var row: Row?
        /// What the store has, kept from the first change on.
        @usableFromInline var stored: Row??
        /// Whether the store was asked; where it was not, a change is written whatever it is.
        @usableFromInline var wasLoaded: Bool

        @inlinable
        init(row: Row? = nil, stored: Row?? = nil, wasLoaded: Bool = true) {
            self.row = row
            self.stored = stored
            self.wasLoaded = wasLoaded
        }
    }

    @usableFromInline var entries: [Key: Entry] = [:]
    /// Keys in the order of their first change, so that the store writes in the same order at every run.
    @usableFromInline var changedKeys: [Key] = []
    private var undo: [(key: Key, entry: Entry?, changedCount: Int)] = []

    public init() {}

    /// Makes room for so many rows at once; to grow is to move them all.
    mutating func reserve(_ count: Int) { entries.reserveCapacity(count) }

    public func isLoaded(_ key: Key) -> Bool { entries[key] != nil }

    /// Takes in what the store has, or that it has nothing.
    @inlinable
    public mutating func load(_ key: Key, _ row: Row?) { entries[key] = Entry(row: row) }

    /// The row as it stands; `nil` when there is none, or nobody loaded it.
    @inlinable
    public subscript(key: Key) -> Row? { entries[key]?.row }

    /// Puts a row in, or takes it out with `nil`.
    ///
    /// A key that was never loaded counts as new: rows that are only ever added need no reading first.
    public mutating func set(_ key: Key, _ row: Row?) {
        let before = entries[key]
        undo.append((key, before, changedKeys.count))
        var entry = before ?? Entry(wasLoaded: false)
        if entry.stored == nil {
            entry.stored = .some(entry.row)
            changedKeys.append(key)
        }
        entry.row = row
        entries[key] = entry
    }

    package mutating func apply(_ reversion: TableReversion) {
        switch reversion {
        case .mark: mark()
        case .rollback: rollback()
        case .discard: discardChanges()
        }
    }

    /// Forgets how to go back further than to here.
    private mutating func mark() {
        // Most tables are untouched by most steps.
        if !undo.isEmpty { undo.removeAll(keepingCapacity: true) }
    }

    /// Takes back every change since the last mark.
    private mutating func rollback() {
        guard !undo.isEmpty else { return }
        while let step = undo.popLast() {
            entries[step.key] = step.entry
            changedKeys.removeSubrange(step.changedCount...)
        }
    }

    /// Takes back every change at all and keeps what was loaded.
    private mutating func discardChanges() {
        for key in changedKeys {
            guard let entry = entries[key], let stored = entry.stored else { continue }
            entries[key] = entry.wasLoaded ? Entry(row: stored) : nil
        }
        changedKeys.removeAll(keepingCapacity: true)
        undo.removeAll(keepingCapacity: true)
    }

    @inlinable public var isUnchanged: Bool { changedKeys.isEmpty }

    /// What the store is to write, in the order of first change.
    @inlinable public var changes: [Change] {
        guard !changedKeys.isEmpty else { return [] }
        var changes: [Change] = []
        changes.reserveCapacity(changedKeys.count)
        for key in changedKeys {
            guard let entry = entries[key], let stored = entry.stored else { continue }
            guard stored != entry.row || !entry.wasLoaded else { continue }
            changes.append(Change(key: key, row: entry.row, stored: stored))
        }
        return changes
    }
}

/// What a table does with the changes that it holds.
package enum TableReversion: Sendable {
    case mark, rollback, discard
}
