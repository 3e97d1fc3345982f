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
        @usableFromInline let key: Key
        @usableFromInline var row: Row?
        /// What the store has, kept from the first change on.
        @usableFromInline var stored: Row??
        /// Whether the store was asked; where it was not, a change is written whatever it is.
        @usableFromInline let wasLoaded: Bool

        @inlinable
        init(key: Key, row: Row?, stored: Row?? = nil, wasLoaded: Bool = true) {
            self.key = key
            self.row = row
            self.stored = stored
            self.wasLoaded = wasLoaded
        }

        @usableFromInline var isUnchanged: Bool { if case .none = stored { true } else { false } }
    }

    /// How to take one change back.
    private struct Step: Sendable {
        let place: Int
        let row: Row?
        let wasUnchanged: Bool
        let wasAbsent: Bool
    }

    /// Where each row stands among the entries: looking one up, and growing, then moves numbers and not rows.
    @usableFromInline var places: [Key: Int] = [:]
    /// One that was taken back altogether stays here, and no key leads to it.
    @usableFromInline var entries: [Entry] = []
    /// In the order of their first change, so that the store writes in the same order at every run.
    @usableFromInline var changedPlaces: [Int] = []
    private var undo: [Step] = []

    public init() {}

    /// Makes room for so many rows at once; to grow is to move them all.
    mutating func reserve(_ count: Int) {
        places.reserveCapacity(count)
        entries.reserveCapacity(count)
    }

    public func isLoaded(_ key: Key) -> Bool { places[key] != nil }

    /// Takes in what the store has, or that it has nothing.
    @inlinable
    public mutating func load(_ key: Key, _ row: Row?) {
        let entry = Entry(key: key, row: row)
        if let place = places.updateValue(entries.count, forKey: key) {
            places[key] = place
            entries[place] = entry
        } else {
            entries.append(entry)
        }
    }

    /// Takes in what another table knows.
    ///
    /// - Returns: whether that one had the row, or knew that there is none.
    mutating func adopt(_ key: Key, from other: RecordTable) -> Bool {
        guard let place = other.places[key] else { return false }
        load(key, other.entries[place].row)
        return true
    }

    /// The row as it stands; `nil` when there is none, or nobody loaded it.
    @inlinable
    public subscript(key: Key) -> Row? {
        guard let place = places[key] else { return nil }
        return entries[place].row
    }

    /// Puts a row in, or takes it out with `nil`.
    ///
    /// A key that was never loaded counts as new: rows that are only ever added need no reading first.
    public mutating func set(_ key: Key, _ row: Row?) {
        guard let place = places[key] else { return add(key, row) }
        let isUnchanged = entries[place].isUnchanged
        undo.append(Step(place: place, row: entries[place].row, wasUnchanged: isUnchanged, wasAbsent: false))
        if isUnchanged {
            entries[place].stored = .some(entries[place].row)
            changedPlaces.append(place)
        }
        entries[place].row = row
    }

    private mutating func add(_ key: Key, _ row: Row?) {
        let place = entries.count
        undo.append(Step(place: place, row: nil, wasUnchanged: true, wasAbsent: true))
        places[key] = place
        entries.append(Entry(key: key, row: row, stored: .some(nil), wasLoaded: false))
        changedPlaces.append(place)
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

    /// Takes back every change since the last mark, the last one first.
    private mutating func rollback() {
        while let step = undo.popLast() {
            entries[step.place].row = step.row
            if step.wasUnchanged {
                entries[step.place].stored = nil
                changedPlaces.removeLast()
            }
            if step.wasAbsent { places[entries[step.place].key] = nil }
        }
    }

    /// Takes back every change at all and keeps what was loaded.
    private mutating func discardChanges() {
        for place in changedPlaces {
            guard let stored = entries[place].stored else { continue }
            entries[place].row = stored
            entries[place].stored = nil
            if !entries[place].wasLoaded { places[entries[place].key] = nil }
        }
        changedPlaces.removeAll(keepingCapacity: true)
        undo.removeAll(keepingCapacity: true)
    }

    @inlinable public var isUnchanged: Bool { changedPlaces.isEmpty }

    /// What the store is to write, in the order of first change.
    @inlinable public var changes: [Change] {
        guard !changedPlaces.isEmpty else { return [] }
        var changes: [Change] = []
        changes.reserveCapacity(changedPlaces.count)
        for place in changedPlaces {
            let entry = entries[place]
            guard let stored = entry.stored else { continue }
            guard stored != entry.row || !entry.wasLoaded else { continue }
            changes.append(Change(key: entry.key, row: entry.row, stored: stored))
        }
        return changes
    }
}

/// What a table does with the changes that it holds.
package enum TableReversion: Sendable {
    case mark, rollback, discard
}
