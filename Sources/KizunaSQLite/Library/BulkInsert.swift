import KizunaSwitch

/// One INSERT, prepared for a single row and for several: what a statement costs by itself is then shared by its rows.
///
/// The rows before one that fails stay, as far as SQLite is concerned, so the head must say `INSERT OR FAIL`: whoever
/// writes takes the whole transaction back.
struct BulkInsert: ~Copyable {
    /// How many rows the larger statement has. A common group brings two to three times as many to each table.
    private static let rowsAtOnce = 8

    private let single: Statement
    private let several: Statement

    /// - Parameters:
    ///   - head: the statement up to `VALUES`.
    ///   - columnCount: how many values a row has.
    ///   - tail: what follows the values.
    init(_ connection: borrowing Connection, _ head: String, columnCount: Int, _ tail: String = "") throws(StoreError) {
        let row = "(" + repeatElement("?", count: columnCount).joined(separator: ", ") + ")"
        let rows = repeatElement(row, count: BulkInsert.rowsAtOnce).joined(separator: ", ")
        let single = try connection.prepare("\(head) VALUES \(row) \(tail)")
        let several = try connection.prepare("\(head) VALUES \(rows) \(tail)")
        self.single = single
        self.several = several
    }

    /// Adds a row for each element, whose values `bind` gives in the columns' order.
    func run<Element>(
        _ elements: [Element],
        bind: (Element, inout Parameters) throws(StoreError) -> Void
    ) throws(StoreError) {
        var start = elements.startIndex
        while elements.endIndex - start >= BulkInsert.rowsAtOnce {
            let end = start + BulkInsert.rowsAtOnce
            try several.run { parameters throws(StoreError) in
                for index in start..<end { try bind(elements[index], &parameters) }
            }
            start = end
        }
        for index in start..<elements.endIndex {
            try single.run { parameters throws(StoreError) in try bind(elements[index], &parameters) }
        }
    }
}
