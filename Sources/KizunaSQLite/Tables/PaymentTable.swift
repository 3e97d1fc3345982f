import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Payments: what decides about money.
final class PaymentTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: Statement
    private let update: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("SELECT \(Payment.columnList) FROM payments WHERE id = ?")
        insert = try connection.prepare(
            """
            INSERT INTO payments (\(Payment.columnList)) VALUES
                (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        update = try connection.prepare(
            """
            UPDATE payments SET state = ?, reason = ?, changed_at = ?, refund_parts = ?, refunded_to_merchant_side = ?,
                refunded_to_payer = ? WHERE id = ?
            """
        )
    }

    func payment(_ id: PaymentID) throws(StoreError) -> Payment? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try Payment(&columns, institutions) }
    }

    func write(_ changes: [RecordTable<PaymentID, Payment>.Change]) throws(StoreError) {
        for change in changes {
            guard let payment = change.row else { throw .brokenRule("A payment is never removed") }
            if change.isNew { try add(payment) } else { try move(payment) }
        }
    }

    private func add(_ payment: Payment) throws(StoreError) {
        try payment.price.requireTwoCurrencies()
        let issuer = try institutions.numberEnrolling(payment.issuer)
        let acquirer = try institutions.numberEnrolling(payment.acquirer)
        let provider = try institutions.numberEnrolling(payment.provider)
        try insert.run {
            $0.add(payment.id)
            $0.add(payment.uetr)
            $0.add(payment.quote)
            $0.add(issuer)
            $0.add(acquirer)
            $0.add(provider)
            $0.add(payment.merchant)
            $0.add(payment.price)
            $0.add(payment.link)
            $0.add(payment.code)
            $0.add(payment.isSingleUse)
            $0.add(payment.submittedAt)
            $0.addProgress(of: payment)
        }
    }

    /// Writes what may change in a payment's life.
    private func move(_ payment: Payment) throws(StoreError) {
        try update.run {
            $0.addProgress(of: payment)
            $0.add(payment.id)
        }
    }
}

extension Parameters {
    fileprivate mutating func addProgress(of payment: Payment) {
        add(payment.state)
        add(payment.reason?.rawValue)
        add(payment.changedAt)
        add(payment.refunded.parts)
        add(payment.refunded.merchantMinorUnits)
        add(payment.refunded.payerMinorUnits)
    }
}

extension Payment {
    static let columnList = """
        id, uetr, quote, issuer, acquirer, provider, merchant, \(Price.columnList), link_kind, code, is_single_use, \
        submitted_at, state, reason, changed_at, refund_parts, refunded_to_merchant_side, refunded_to_payer
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
            price: try Price(&columns),
            link: try columns.value(),
            code: try columns.id(),
            isSingleUse: columns.bool(),
            submittedAt: columns.timestamp(),
            state: try columns.value(),
            reason: try columns.refusalCode(),
            changedAt: columns.timestamp(),
            refunded: RefundTally(
                parts: columns.int(),
                merchantMinorUnits: columns.int64(),
                payerMinorUnits: columns.int64()
            )
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
