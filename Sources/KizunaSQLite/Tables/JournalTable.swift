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

    private let accounts: AccountNumbers
    private let selectOpenHold: Statement
    private let selectOpening: Statement
    private let insertOpening: Statement
    private let insertEnd: Statement
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
        insertOpening = try connection.prepare(
            "INSERT OR FAIL INTO journal (position, \(Transfer.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        insertEnd = try connection.prepare(
            "INSERT OR FAIL INTO journal_ends (position, opening, kind, at) VALUES (?, ?, ?, ?)"
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
        var position = group.firstPosition
        for line in lines {
            try write(line, at: position)
            position += 1
        }
        try insertGroup.run {
            $0.add(group.number)
            $0.add(group.firstPosition)
            $0.add(group.lineCount)
            $0.add(group.committedAt)
            $0.add(group.digest)
        }
    }

    private func write(_ line: Transfer, at position: Int64) throws(StoreError) {
        guard let debit = try accounts.number(line.debit), let credit = try accounts.number(line.credit) else {
            throw .brokenRule("A line names accounts that have been opened")
        }
        let opening = Opening(position: position, debit: debit, credit: credit, minorUnits: line.minorUnits)
        switch line.kind {
        case .direct, .hold: try write(line, opening)
        case .post, .void: try end(line, opening)
        }
    }

    private func write(_ line: Transfer, _ opening: Opening) throws(StoreError) {
        try insertOpening.run {
            $0.add(opening.position)
            $0.add(line.transaction)
            $0.add(line.leg)
            $0.add(line.kind)
            $0.add(opening.debit)
            $0.add(opening.credit)
            $0.add(line.minorUnits)
            $0.add(line.at)
        }
        if line.kind == .hold { openings.remember(line.holdID, opening) }
    }

    /// Ends a hold as it was opened; that it has not ended before is for the table's unique key to say.
    private func end(_ line: Transfer, _ end: Opening) throws(StoreError) {
        let opening = try openings.row(line.holdID) { () throws(StoreError) in try self.opening(of: line.holdID) }
        guard let opening, opening.debit == end.debit, opening.credit == end.credit,
            opening.minorUnits == end.minorUnits
        else { throw .brokenRule("A hold ends as it was opened") }
        try insertEnd.run {
            $0.add(end.position)
            $0.add(opening.position)
            $0.add(line.kind)
            $0.add(line.at)
        }
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
