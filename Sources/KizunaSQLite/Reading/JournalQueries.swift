import KizunaLedger
import KizunaSwitch

/// The journal, for one transaction and from its beginning.
final class JournalQueries {
    private let accounts: AccountNumbers
    private let selectLinesOfOne: Statement
    private let selectLines: Statement
    private let selectGroups: Statement

    init(_ connection: borrowing Connection, _ accounts: AccountNumbers) throws(StoreError) {
        self.accounts = accounts
        selectLinesOfOne = try connection.prepare(
            "SELECT \(Transfer.columnList) FROM journal_lines WHERE transaction_id = ? ORDER BY position"
        )
        selectLines = try connection.prepare(
            "SELECT \(Transfer.columnList) FROM journal_lines WHERE position >= ? AND position < ? ORDER BY position"
        )
        selectGroups = try connection.prepare(
            "SELECT \(JournalGroup.columnList) FROM journal_groups ORDER BY number"
        )
    }

    func lines(of transaction: UniqueID) throws(StoreError) -> [Transfer] {
        try selectLinesOfOne.all({ $0.add(transaction) }) { columns throws(StoreError) in
            try Transfer(&columns, accounts)
        }
    }
}

extension JournalQueries: JournalSource {
    func forEachGroup(_ body: (JournalGroup) throws(StoreError) -> Void) throws(StoreError) {
        try selectGroups.forEach { columns throws(StoreError) in try body(JournalGroup(&columns)) }
    }

    func forEachLine(
        at positions: Range<Int64>,
        _ body: (Transfer) throws(StoreError) -> Void
    ) throws(StoreError) {
        try selectLines.forEach({
            $0.add(positions.lowerBound)
            $0.add(positions.upperBound)
        }) { columns throws(StoreError) in try body(try Transfer(&columns, accounts)) }
    }
}
