import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Payments that people look at, and what they decided.
final class ExceptionCaseTable {
    private let select: Statement
    private let upsert: Statement
    private let delete: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        select = try connection.prepare("SELECT \(ExceptionCase.columnList) FROM exception_cases WHERE payment = ?")
        upsert = try connection.prepare(
            """
            INSERT OR REPLACE INTO exception_cases (\(ExceptionCase.columnList))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        delete = try connection.prepare("DELETE FROM exception_cases WHERE payment = ?")
    }

    func exceptionCase(_ payment: PaymentID) throws(StoreError) -> ExceptionCase? {
        try select.first({ $0.add(payment) }) { columns throws(StoreError) in try ExceptionCase(&columns) }
    }

    func write(_ changes: [RecordTable<PaymentID, ExceptionCase>.Change]) throws(StoreError) {
        for change in changes {
            if let row = change.row {
                try upsert.run { $0.add(row) }
            } else {
                try delete.run { $0.add(change.key) }
            }
        }
    }
}

extension Parameters {
    fileprivate mutating func add(_ row: ExceptionCase) {
        add(row.payment)
        add(row.cause)
        add(row.openedAt)
        add(row.lastWord.map { Int64($0.rawValue) })
        add(row.refusal?.rawValue)
        addProposal(row.proposal)
        add(row.closing?.approver.description)
        add(row.closing?.at)
    }
}

extension ExceptionCase {
    static let columnList = """
        payment, cause, opened_at, last_word, refusal, proposal, decision, proposer, proposed_at, note, approver,
        closed_at
        """

    init(_ columns: inout Columns) throws(StoreError) {
        self.init(
            payment: try columns.id(),
            cause: try columns.value(),
            openedAt: columns.timestamp(),
            lastWord: try columns.optionalValue(),
            refusal: try columns.reversalRefusal(),
            proposal: try columns.proposal(),
            closing: try columns.closing()
        )
    }
}

extension Columns {
    fileprivate mutating func reversalRefusal() throws(StoreError) -> ReversalRefusal? {
        guard let text = try optionalText() else { return nil }
        guard let refusal = ReversalRefusal(rawValue: text) else { throw .unreadable("a reason") }
        return refusal
    }

    fileprivate mutating func closing() throws(StoreError) -> ExceptionCase.Closing? {
        let approver = try optionalOperator()
        let at = optionalTimestamp()
        guard let approver, let at else { return nil }
        return ExceptionCase.Closing(approver: approver, at: at)
    }
}
