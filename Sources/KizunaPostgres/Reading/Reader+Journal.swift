import KizunaLedger
import KizunaSwitch

/// The journal from its beginning.
extension Reader: JournalSource {
    /// So many groups or lines are asked for at once: bounds memory.
    private static let piece: Int64 = 4_096

    private static let groups = Query.groups.statement("WHERE number > $1::int8 ORDER BY number LIMIT $2::int8")
    private static let linesInOrder = Statement(
        """
        SELECT \(Query.journal.columns), j.position FROM \(Query.journal.source)
        WHERE j.position >= $1::int8 AND j.position < $2::int8 ORDER BY j.position LIMIT $3::int8
        """
    )

    func audit(_ audit: inout Audit) throws(StoreError) {
        try walk(into: &audit, using: digester)
        audit.compare(with: try accounts(of: nil))
    }

    func forEachGroup(_ body: (JournalGroup) throws(StoreError) -> Void) throws(StoreError) {
        var last = Int64.min
        while true {
            let behind = last
            let groups = try rows(.groups, Reader.groups) {
                $0.add(behind)
                $0.add(Reader.piece)
            }
            for group in groups { try body(group) }
            guard let end = groups.last, groups.count == Int(Reader.piece) else { return }
            last = end.number
        }
    }

    func forEachLine(
        at positions: Range<Int64>,
        _ body: (Transfer) throws(StoreError) -> Void
    ) throws(StoreError) {
        var next = positions.lowerBound
        while next < positions.upperBound {
            let from = next
            let piece = try rows(Reader.placedLines, Reader.linesInOrder) {
                $0.add(from)
                $0.add(positions.upperBound)
                $0.add(Reader.piece)
            }
            for line in piece { try body(line.value) }
            guard let last = piece.last, piece.count == Int(Reader.piece) else { return }
            next = last.key + 1
        }
    }

    /// Lines with their positions.
    private static let placedLines = Query<Keyed<Int64, Transfer>>("", from: "") { columns, names throws(StoreError) in
        let line = try Query.journal.read(&columns, names)
        return Keyed(key: columns.int64(), value: line)
    }
}
