import KizunaLedger

/// Copies everything from one database to another and reads it back before the copy lasts.
package struct DatabaseCopy {
    private let source: any CopySource
    private let target: any CopyTarget
    private let digester: any Digester

    package init(from source: any CopySource, to target: any CopyTarget, using digester: any Digester) {
        self.source = source
        self.target = target
        self.digester = digester
    }

    /// How many rows a table had.
    package struct Count: Sendable, Hashable {
        package let table: String
        package let rows: Int
    }

    /// Copies every table, then compares every row with what the source said, and commits.
    ///
    /// - Parameter progress: is told how many rows have been copied or compared, and how many there are to be.
    /// - Returns: the rows of each table.
    /// - Throws: what either database says; then the target is as empty as it was.
    package func run(progress: (_ done: Int, _ whole: Int) -> Void) throws(StoreError) -> [Count] {
        var whole = 0
        for table in CopiedTable.all { whole += try source.rowCount(of: table) * (table.isDerived ? 1 : 2) }
        var done = 0
        let advance = { (rows: Int) in
            done += rows
            progress(done, whole)
        }
        var sums: [RowSum] = []
        for table in CopiedTable.all { sums.append(try copy(table, advance)) }
        for (table, sum) in zip(CopiedTable.all, sums) { try compare(table, with: sum, advance) }
        try target.commit()
        return zip(CopiedTable.all, sums).map { Count(table: $0.name, rows: $1.rows) }
    }

    private func copy(_ table: CopiedTable, _ advance: (Int) -> Void) throws(StoreError) -> RowSum {
        var sum = RowSum()
        try source.forEachPiece(of: table) { rows throws(StoreError) in
            for row in rows { sum.add(row, using: digester) }
            guard !table.isDerived else { return }
            try target.add(rows, to: table)
            advance(rows.count)
        }
        return sum
    }

    private func compare(
        _ table: CopiedTable,
        with expected: RowSum,
        _ advance: (Int) -> Void
    ) throws(StoreError) {
        var sum = RowSum()
        try target.forEachPiece(of: table) { rows throws(StoreError) in
            for row in rows { sum.add(row, using: digester) }
            advance(rows.count)
        }
        guard sum == expected else {
            throw StoreError(
                .corrupt,
                "The copy of \(table.name) is not what was copied (\(sum.rows) rows of \(expected.rows)), so nothing is "
                    + "kept of it; this is a defect of Kizuna."
            )
        }
    }
}

/// What rows say together, in whatever order they come: their number and the sum of their digests.
private struct RowSum: Equatable {
    private(set) var rows = 0
    private var words = [UInt64](repeating: 0, count: 4)

    mutating func add(_ row: [CopiedValue], using digester: any Digester) {
        var bytes: [UInt8] = []
        for value in row { bytes.append(value) }
        let digest = digester.sha256(bytes)
        for index in words.indices {
            let word = digest[index * 8..<index * 8 + 8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            words[index] &+= word
        }
        rows += 1
    }
}

extension [UInt8] {
    /// Appends a value behind its kind and its length, so that no two rows are the same bytes.
    fileprivate mutating func append(_ value: CopiedValue) {
        switch value {
        case .null: append(0)
        case .number(let number):
            append(1)
            append(bigEndian: UInt64(bitPattern: number))
        case .id(let id):
            append(2)
            append(bigEndian: id.high)
            append(bigEndian: id.low)
        case .text(let text):
            append(3)
            append(bigEndian: UInt64(text.utf8.count))
            self += text.utf8
        case .bytes(let bytes):
            append(4)
            append(bigEndian: UInt64(bytes.count))
            self += bytes
        }
    }

    private mutating func append(bigEndian word: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
}
