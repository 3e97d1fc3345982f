import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// The journal and the chain that seals it.
final class JournalTable {
    private let accounts: AccountNumbers
    private let selectOpenHold: Statement
    private let insertLine: Statement
    private let selectLastGroup: Statement
    private let insertGroup: Statement

    init(_ connection: borrowing Connection, _ accounts: AccountNumbers) throws(StoreError) {
        self.accounts = accounts
        selectOpenHold = try connection.prepare(
            """
            SELECT \(Transfer.columnList) FROM journal
            WHERE transaction_id = ?1 AND leg = ?2 AND (kind > 2) = 0 AND kind = 2 AND NOT EXISTS (
                SELECT 1 FROM journal WHERE transaction_id = ?1 AND leg = ?2 AND (kind > 2) = 1)
            """
        )
        insertLine = try connection.prepare(
            "INSERT OR FAIL INTO journal (position, \(Transfer.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        selectLastGroup = try connection.prepare(
            "SELECT \(JournalGroup.columnList) FROM journal_groups ORDER BY number DESC LIMIT 1"
        )
        insertGroup = try connection.prepare(
            "INSERT INTO journal_groups (\(JournalGroup.columnList)) VALUES (?, ?, ?, ?, ?)"
        )
    }

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
        for (offset, line) in lines.enumerated() { try write(line, at: group.firstPosition + Int64(offset)) }
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
        try insertLine.run {
            $0.add(position)
            $0.add(line.transaction)
            $0.add(line.leg)
            $0.add(line.kind)
            $0.add(debit)
            $0.add(credit)
            $0.add(line.minorUnits)
            $0.add(line.at)
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
