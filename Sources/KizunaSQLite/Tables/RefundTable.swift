import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

final class RefundTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("SELECT \(Refund.columnList) FROM refunds WHERE id = ?")
        insert = try connection.prepare(
            "INSERT INTO refunds (\(Refund.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
    }

    func refund(_ id: RefundID) throws(StoreError) -> Refund? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try Refund(&columns, institutions) }
    }

    func write(_ changes: [RecordTable<RefundID, Refund>.Change]) throws(StoreError) {
        for change in changes {
            guard let refund = change.row, change.isNew else { throw .brokenRule("A refund never changes") }
            try add(refund)
        }
    }

    private func add(_ refund: Refund) throws(StoreError) {
        try refund.requireItsCurrencies()
        let acquirer = try institutions.numberEnrolling(refund.acquirer)
        let issuer = try institutions.numberEnrolling(refund.issuer)
        try insert.run {
            $0.add(refund.id)
            $0.add(refund.payment)
            $0.add(refund.uetr)
            $0.add(acquirer)
            $0.add(issuer)
            $0.add(refund.part)
            $0.add(refund.merchantAmount.currency)
            $0.add(refund.payerAmount.currency)
            $0.add(refund.merchantAmount.minorUnits)
            $0.add(refund.bridgeAmount.map { Int64($0.currency.numeric) })
            $0.add(refund.bridgeAmount?.minorUnits)
            $0.add(refund.payerAmount.minorUnits)
            $0.add(refund.issuerFeeReturned.minorUnits)
            $0.add(refund.reason.rawValue)
            $0.add(refund.createdAt)
        }
    }
}

extension Refund {
    static let columnList = """
        id, payment, uetr, acquirer, issuer, part, merchant_currency, payer_currency, merchant_amount, bridge_currency, \
        bridge_amount, payer_amount, \
        issuer_fee_returned, reason, created_at
        """

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        let id: RefundID = try columns.id()
        let payment: PaymentID = try columns.id()
        let uetr: UETR = try columns.id()
        let acquirer = try institutions.id(columns.int64())
        let issuer = try institutions.id(columns.int64())
        let part = columns.int()
        let merchant = try columns.currency()
        let payer = try columns.currency()
        self.init(
            id: id,
            payment: payment,
            uetr: uetr,
            acquirer: acquirer,
            issuer: issuer,
            part: part,
            merchantAmount: columns.money(merchant),
            bridgeAmount: try columns.optionalMoney(),
            payerAmount: columns.money(payer),
            issuerFeeReturned: columns.money(payer),
            reason: try columns.refundReason(),
            createdAt: columns.timestamp()
        )
    }
}

extension Columns {
    fileprivate mutating func refundReason() throws(StoreError) -> Refund.Reason {
        guard let reason = Refund.Reason(rawValue: try text()) else { throw .unreadable("a refund's reason") }
        return reason
    }
}
