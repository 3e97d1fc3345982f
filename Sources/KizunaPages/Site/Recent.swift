/// A dictionary that forgets its oldest entries, so that what visitors leave behind stays bounded.
struct Recent<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let most: Int
    private var values: [Key: Value] = [:]
    private var order: [Key] = []

    /// - Parameter most: how many entries are kept; at least 1.
    init(most: Int) {
        precondition(most > 0, "What keeps nothing is of no use")
        self.most = most
    }

    /// The latest first.
    var latest: some Sequence<Value> { order.reversed().lazy.compactMap { values[$0] } }

    /// Reading an entry does not make it younger; writing a new one may end the oldest.
    subscript(key: Key) -> Value? {
        get { values[key] }
        set {
            guard let newValue else {
                if values.removeValue(forKey: key) != nil { order.removeAll { $0 == key } }
                return
            }
            if values.updateValue(newValue, forKey: key) == nil { order.append(key) }
            if order.count > most { values[order.removeFirst()] = nil }
        }
    }
}
