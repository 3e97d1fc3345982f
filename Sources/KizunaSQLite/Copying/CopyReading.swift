import KizunaSwitch

extension Connection {
    func rowCount(of table: CopiedTable) throws(StoreError) -> Int {
        let source = table.name == "journal" ? "journal_lines" : table.name
        return Int(try number("SELECT count(*) FROM \(source)"))
    }

    /// Reads a table in the form in which it is copied.
    func forEachPiece(
        of table: CopiedTable,
        _ body: ([[CopiedValue]]) throws(StoreError) -> Void
    ) throws(StoreError) {
        var piece: [[CopiedValue]] = []
        try prepare(CopiedForm(of: table).select).forEach { columns throws(StoreError) in
            piece.append(try columns.values(of: table))
            guard piece.count == table.rowsAtOnce else { return }
            try body(piece)
            piece.removeAll(keepingCapacity: true)
        }
        if !piece.isEmpty { try body(piece) }
    }
}

extension Columns {
    fileprivate mutating func values(of table: CopiedTable) throws(StoreError) -> [CopiedValue] {
        var values: [CopiedValue] = []
        values.reserveCapacity(table.columns.count)
        for column in table.columns {
            switch column.kind {
            case .number, .truth: values.append(optionalInt64().map { .number($0) } ?? .null)
            case .id: values.append(try optionalUniqueID().map { .id($0) } ?? .null)
            case .text: values.append(try optionalText().map { .text($0) } ?? .null)
            case .bytes: values.append(optionalBytes().map { .bytes($0) } ?? .null)
            }
        }
        return values
    }
}
