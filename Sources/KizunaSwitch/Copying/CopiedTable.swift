package import KizunaLedger

/// One value of a row on its way from one database to another, in a form that every database can bring and take.
package enum CopiedValue: Sendable, Hashable {
    case null
    /// A number, or a truth as 1 and 0.
    case number(Int64)
    case id(UniqueID)
    case text(String)
    case bytes([UInt8])
}

/// A column of what is copied, under the name that it has in every database.
package struct CopiedColumn: Sendable, Hashable {
    package enum Kind: Sendable {
        case number, truth, id, text, bytes
    }

    package let name: String
    package let kind: Kind
}

/// A table of what is copied. Where a database keeps it in another form, that database's adapter translates.
package struct CopiedTable: Sendable {
    package let name: String
    package let columns: [CopiedColumn]
    /// The columns that say in which order rows go; empty where the order says nothing.
    package let order: [String]
    /// How many rows are in memory at once.
    package let rowsAtOnce: Int
    /// Whether the database itself adds the rows, as it takes those of other tables: they are only compared.
    package let isDerived: Bool

    /// So many rows are some hundred kilobytes.
    private static let usualRowsAtOnce = 2_000

    init(
        _ name: String,
        ids: [String] = [],
        numbers: [String] = [],
        truths: [String] = [],
        texts: [String] = [],
        bytes: [String] = [],
        order: [String] = [],
        rowsAtOnce: Int = usualRowsAtOnce,
        isDerived: Bool = false
    ) {
        self.name = name
        self.order = order
        self.rowsAtOnce = rowsAtOnce
        self.isDerived = isDerived
        let kinds: [([String], CopiedColumn.Kind)] = [
            (ids, .id), (numbers, .number), (truths, .truth), (texts, .text), (bytes, .bytes),
        ]
        columns = kinds.flatMap { names, kind in names.map { CopiedColumn(name: $0, kind: kind) } }
    }

    /// The place of a column in a row, from 0.
    package func place(of column: String) -> Int? { columns.firstIndex { $0.name == column } }
}

/// A database that is copied from, seen as it was at one moment. No switch serves on it meanwhile.
package protocol CopySource {
    /// How many rows a table has.
    func rowCount(of table: CopiedTable) throws(StoreError) -> Int

    /// Every row of a table, a few at a time, each with its values in the order of the table's columns.
    func forEachPiece(
        of table: CopiedTable,
        _ body: ([[CopiedValue]]) throws(StoreError) -> Void
    ) throws(StoreError)
}

/// An empty database that is copied to, in one transaction: until ``commit()`` returns there is nothing in it for
/// anybody else, and nothing remains when that does not come.
package protocol CopyTarget: CopySource {
    /// Adds rows. Those that they name have been added before.
    func add(_ rows: [[CopiedValue]], to table: CopiedTable) throws(StoreError)

    /// Sees to what is kept beside the rows, and makes the copy last.
    func commit() throws(StoreError)
}
