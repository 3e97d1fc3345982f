/// A column of a table: where its values come from, and as what they are sent.
struct Column<Source>: Sendable {
    let name: String
    let type: PostgresType
    /// Whether a change makes sure that the row has still the value that was read. Where another column of the row says
    /// so already, it need not.
    let isCompared: Bool
    let add: @Sendable (inout ArrayElements, Source) -> Void

    init(
        _ name: String,
        _ type: PostgresType,
        isCompared: Bool = true,
        _ add: @escaping @Sendable (inout ArrayElements, Source) -> Void
    ) {
        self.name = name
        self.type = type
        self.isCompared = isCompared
        self.add = add
    }
}

extension Column where Source: Sendable {
    /// The same column, of what is a part of a larger key.
    func of<Whole>(_ part: any KeyPath<Whole, Source> & Sendable) -> Column<Whole> {
        let add = add
        return Column<Whole>(name, type, isCompared: isCompared) { add(&$0, $1[keyPath: part]) }
    }
}

extension Parameters {
    /// Adds an array for each column, with an element from each source.
    mutating func add<Source>(_ columns: [Column<Source>], of sources: [Source]) {
        for column in columns {
            addArray(of: column.type, count: sources.count) { elements in
                for source in sources { column.add(&elements, source) }
            }
        }
    }
}

/// Names and types of columns as they stand in statements.
enum ColumnText {
    /// `$1::uuid[], $2::int8[]`, counted from a number on.
    static func arrays(_ types: [PostgresType], from first: Int = 1) -> String {
        types.enumerated().map { "$\(first + $0)::\($1.name)[]" }.joined(separator: ", ")
    }
}
