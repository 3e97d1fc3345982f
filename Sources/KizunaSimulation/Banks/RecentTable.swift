/// What is known of the things that came last; the oldest go when there are too many.
struct RecentTable<Row> {
    private let capacity: Int
    private let blank: Row
    private var rows: [String: Row] = [:]
    /// The ids in the order in which they came, around a ring.
    private var ids: [String] = []
    private var oldest = 0

    /// - Parameter blank: what is known of a thing that has just come.
    init(capacity: Int, blank: Row) {
        precondition(capacity > 0, "A table holds something")
        self.capacity = capacity
        self.blank = blank
    }

    /// What is known of a thing; `nil` for one that never came, or came too long ago.
    func row(_ id: String) -> Row? { rows[id] }

    /// What is known of a thing, for changing.
    subscript(id: String) -> Row {
        get { rows[id] ?? blank }
        set {
            if rows.updateValue(newValue, forKey: id) == nil { makeRoom(for: id) }
        }
    }

    private mutating func makeRoom(for id: String) {
        guard ids.count == capacity else { return ids.append(id) }
        rows[ids[oldest]] = nil
        ids[oldest] = id
        oldest = (oldest + 1) % capacity
    }
}
