import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// The journal and the chain that seals it.
final class JournalTable {
    /// What the end of a hold must agree with.
    private struct Opening {
        let position: Int64
        let debit: Int64
        let credit: Int64
        let minorUnits: Int64
    }

    /// A line with its place in the journal.
    private struct PlacedLine {
        let line: Transfer
        let position: Int64
    }

    private let accounts: AccountNumbers
    private let selectOpenHold: Statement
    private let selectOpening: Statement
    private let insertOpenings: BulkInsert
    private let insertEnds: BulkInsert
    private let selectLastGroup: Statement
    private let insertGroup: Statement
    private var openings = RecentRows<HoldID, Opening>()

    init(_ connection: borrowing Connection, _ accounts: AccountNumbers) throws(StoreError) {
        self.accounts = accounts
        selectOpenHold = try connection.prepare(
            """
            SELECT \(Transfer.columnList) FROM journal WHERE transaction_id = ? AND leg = ? AND kind = 2
                AND NOT EXISTS (SELECT 1 FROM journal_ends WHERE opening = journal.position)
            """
        )
        selectOpening = try connection.prepare(
            """
            SELECT position, debit, credit, minor_units FROM journal WHERE transaction_id = ? AND leg = ? AND kind = 2
            """
        )
        insertOpenings = try BulkInsert(
            connection,
            "INSERT OR FAIL INTO journal (position, \(Transfer.columnList))",
            columnCount: 8
        )
        insertEnds = try BulkInsert(
            connection,
            "INSERT OR FAIL INTO journal_ends (position, opening, kind, at)",
            columnCount: 4
        )
        selectLastGroup = try connection.prepare(
            "SELECT \(JournalGroup.columnList) FROM journal_groups ORDER BY number DESC LIMIT 1"
        )
        insertGroup = try connection.prepare(
            "INSERT INTO journal_groups (\(JournalGroup.columnList)) VALUES (?, ?, ?, ?, ?)"
        )
    }

    /// Forgets what a rollback took back.
    func forget() { openings = RecentRows() }

    /// The line that opened a hold, while it is open.
    func openHold(_ id: HoldID) throws(StoreError) -> Transfer? {
        try selectOpenHold.first({
            $0.add(id.transaction)
            $0.add(id.leg)
        }) { columns throws(StoreError) in try Transfer(&columns, accounts) }
    }

    /// Writes a commit's lines and seals them.
    func write(_ lines: [Transfer], at now: Timestamp, using digester: any Digester) throws(StoreError) {
        guard !lines.isEmpty else { return }
        let previous = try selectLastGroup.first { columns in JournalGroup(&columns) }
        let group = JournalGroup(sealing: lines, after: previous, at: now, using: digester)
        try write(lines, from: group.firstPosition)
        try insertGroup.run {
            $0.add(group.number)
            $0.add(group.firstPosition)
            $0.add(group.lineCount)
            $0.add(group.committedAt)
            $0.add(group.digest)
        }
    }

    /// Writes what opens before what ends: a hold may do both in one commit.
    private func write(_ lines: [Transfer], from first: Int64) throws(StoreError) {
        var (openings, ends): ([PlacedLine], [PlacedLine]) = ([], [])
        for (position, line) in zip(first..., lines) {
            switch line.kind {
            case .direct, .hold: openings.append(PlacedLine(line: line, position: position))
            case .post, .void: ends.append(PlacedLine(line: line, position: position))
            }
        }
        try insertOpenings.run(openings) { placed, row throws(StoreError) in try open(placed, in: &row) }
        try insertEnds.run(ends) { placed, row throws(StoreError) in try end(placed, in: &row) }
    }

    private func open(_ placed: PlacedLine, in row: inout Parameters) throws(StoreError) {
        let (line, opening) = (placed.line, try asOpening(placed))
        row.add(opening.position)
        row.add(line.transaction)
        row.add(line.leg)
        row.add(line.kind)
        row.add(opening.debit)
        row.add(opening.credit)
        row.add(line.minorUnits)
        row.add(line.at)
        if line.kind == .hold { openings.remember(line.holdID, opening) }
    }

    /// Ends a hold as it was opened; that it has not ended before is for the table's unique key to say.
    private func end(_ placed: PlacedLine, in row: inout Parameters) throws(StoreError) {
        let (line, end) = (placed.line, try asOpening(placed))
        let opening = try openings.row(line.holdID) { () throws(StoreError) in try self.opening(of: line.holdID) }
        guard let opening, opening.debit == end.debit, opening.credit == end.credit,
            opening.minorUnits == end.minorUnits
        else { throw .brokenRule("A hold ends as it was opened") }
        row.add(end.position)
        row.add(opening.position)
        row.add(line.kind)
        row.add(line.at)
    }

    private func asOpening(_ placed: PlacedLine) throws(StoreError) -> Opening {
        let line = placed.line
        guard let debit = try accounts.number(line.debit), let credit = try accounts.number(line.credit) else {
            throw .brokenRule("A line names accounts that have been opened")
        }
        return Opening(position: placed.position, debit: debit, credit: credit, minorUnits: line.minorUnits)
    }

    private func opening(of hold: HoldID) throws(StoreError) -> Opening? {
        try selectOpening.first({
            $0.add(hold.transaction)
            $0.add(hold.leg)
        }) { columns in
            Opening(
                position: columns.int64(),
                debit: columns.int64(),
                credit: columns.int64(),
                minorUnits: columns.int64()
            )
        }
    }
}

extension Transfer {
    static let columnList = "transaction_id, leg, kind, debit, credit, minor_units, at"

    init(_ columns: inout Columns, _ accounts: AccountNumbers) throws(StoreError) {
        self.init(
            transaction: try columns.uniqueID(),
            leg: columns.int(),
            kind: try columns.value(),
            debit: try accounts.id(columns.int64()),
            credit: try accounts.id(columns.int64()),
            minorUnits: columns.int64(),
            at: columns.timestamp()
        )
    }
}

extension JournalGroup {
    static let columnList = "number, first_position, line_count, committed_at, digest"

    init(_ columns: inout Columns) {
        self.init(
            number: columns.int64(),
            firstPosition: columns.int64(),
            lineCount: columns.int64(),
            committedAt: columns.timestamp(),
            digest: columns.bytes()
        )
    }
}
