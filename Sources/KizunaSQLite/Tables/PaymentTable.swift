import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Payments: what decides about money.
final class PaymentTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: BulkInsert
    private let update: Statement
    private let updateRefunds: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("\(Payment.query) WHERE payments.id = ?")
        insert = try BulkInsert(
            connection,
            """
            INSERT OR FAIL INTO payments (id, uetr, quote, issuer, acquirer, provider, merchant, link_kind, code,
                is_single_use, submitted_at, state, reason, changed_at, history, refund_parts, refunded_by_merchant,
                refunded_to_payer, payer, possible_duplicate)
            """,
            columnCount: 20
        )
        update = try connection.prepare(
            "UPDATE payments SET state = ?, reason = ?, changed_at = ?, history = ? WHERE id = ?"
        )
        updateRefunds = try connection.prepare(
            """
            UPDATE payments SET refund_parts = ?, refunded_by_merchant = ?, refunded_to_payer = ? WHERE id = ?
            """
        )
    }

    func payment(_ id: PaymentID) throws(StoreError) -> Payment? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try Payment(&columns, institutions) }
    }

    /// Writes payments, each with the quote that it uses.
    func write(
        _ changes: [RecordTable<PaymentID, Payment>.Change],
        quotes: RecordTable<QuoteID, Quote>,
        _ table: QuoteTable
    ) throws(StoreError) {
        var added: [(payment: Payment, quote: Int64?)] = []
        for change in changes {
            guard let payment = change.row else { throw .brokenRule("A payment is never removed") }
            if let before = change.stored {
                try move(payment, from: before)
            } else {
                try payment.requireItsQuote(quotes[payment.quote])
                added.append((payment, try table.number(payment.quote)))
            }
        }
        try insert.run(added) { added, row throws(StoreError) in try add(added.payment, added.quote, to: &row) }
    }

    private func add(_ payment: Payment, _ quote: Int64?, to row: inout Parameters) throws(StoreError) {
        row.add(payment.id)
        row.add(payment.uetr)
        row.add(quote)
        row.add(try institutions.numberEnrolling(payment.issuer))
        row.add(try institutions.numberEnrolling(payment.acquirer))
        row.add(try institutions.numberEnrolling(payment.provider))
        row.add(payment.merchant)
        row.add(payment.link)
        row.add(payment.code)
        row.add(payment.isSingleUse)
        row.add(payment.submittedAt)
        row.addState(of: payment)
        row.add(payment.refunded)
        row.add(payment.payer)
        row.add(payment.possibleDuplicate)
    }

    /// Writes what may change in a payment's life.
    private func move(_ payment: Payment, from before: Payment) throws(StoreError) {
        try update.run {
            $0.addState(of: payment)
            $0.add(payment.id)
        }
        guard payment.refunded != before.refunded else { return }
        try updateRefunds.run {
            $0.add(payment.refunded)
            $0.add(payment.id)
        }
    }
}

extension Parameters {
    fileprivate mutating func addState(of payment: Payment) {
        add(payment.state)
        add(payment.reason?.rawValue)
        add(payment.changedAt)
        add(payment.history.bytes)
    }

    fileprivate mutating func add(_ refunded: RefundTally) {
        add(refunded.parts)
        add(refunded.merchantMinorUnits)
        add(refunded.payerMinorUnits)
    }
}

extension Payment {
    /// Reads payments with their quotes; a condition is to follow.
    static let query = """
        SELECT payments.id, uetr, quotes.id, payments.issuer, acquirer, payments.provider, merchant,
            \(Price.columnList), link_kind, code, is_single_use, submitted_at, payer, payments.possible_duplicate, state,
            reason, changed_at, refund_parts, refunded_by_merchant, refunded_to_payer, history
        FROM payments JOIN quotes ON quotes.number = payments.quote LEFT JOIN bridges ON bridges.quote = quotes.number
        """

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        self.init(
            id: try columns.id(),
            uetr: try columns.id(),
            quote: try columns.id(),
            issuer: try institutions.id(columns.int64()),
            acquirer: try institutions.id(columns.int64()),
            provider: try institutions.id(columns.int64()),
            merchant: try columns.id(),
            price: try Price(&columns, institutions),
            link: try columns.value(),
            code: try columns.id(),
            isSingleUse: columns.bool(),
            submittedAt: columns.timestamp(),
            payer: try columns.id(),
            possibleDuplicate: columns.bool(),
            state: try columns.value(),
            reason: try columns.refusalCode(),
            changedAt: columns.timestamp(),
            refunded: RefundTally(
                parts: columns.int(),
                merchantMinorUnits: columns.int64(),
                payerMinorUnits: columns.int64()
            ),
            history: PaymentHistory(bytes: columns.bytes())
        )
    }
}

extension Columns {
    mutating func refusalCode() throws(StoreError) -> RefusalCode? {
        guard let text = try optionalText() else { return nil }
        guard let code = RefusalCode(rawValue: text) else { throw .unreadable("a reason") }
        return code
    }
}
