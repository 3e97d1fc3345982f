import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What pages, the API, the courier and the auditors read.
extension Reader: StoreReader {
    private static let paymentByID = Query.payments.statement("WHERE payments.id = $1::uuid")
    private static let paymentByUETR = Query.payments.statement(
        "WHERE payments.id = (SELECT bearer FROM uetrs WHERE uetrs.uetr = $1::uuid)"
    )
    private static let parties = Query.parties.statement("WHERE payment = $1::uuid")
    private static let quote = Query.quotes.statement("WHERE quotes.id = $1::uuid")
    private static let refund = Query.refunds.statement("WHERE id = $1::uuid")
    private static let refundsOfPayment = Query.refunds.statement("WHERE payment = $1::uuid ORDER BY part")
    private static let lines = Query.journal.statement("WHERE j.transaction_id = $1::uuid ORDER BY j.position")
    private static let merchant = Query.merchants.statement("WHERE id = $1::uuid")
    private static let merchants = Query.merchants.statement(
        "WHERE acquirer = $1::int4 ORDER BY id LIMIT $2::int8"
    )
    private static let merchantsBehind = Query.merchants.statement(
        "WHERE acquirer = $1::int4 AND id > $3::uuid ORDER BY id LIMIT $2::int8"
    )

    func payment(_ id: PaymentID) throws(StoreError) -> Payment? {
        try row(.payments, Reader.paymentByID) { $0.add(id.value) }
    }

    func payment(uetr: UETR) throws(StoreError) -> Payment? {
        try row(.payments, Reader.paymentByUETR) { $0.add(uetr.value) }
    }

    func parties(of payment: PaymentID) throws(StoreError) -> PaymentParties? {
        try row(.parties, Reader.parties) { $0.add(payment.value) }
    }

    func quote(_ id: QuoteID) throws(StoreError) -> Quote? { try row(.quotes, Reader.quote) { $0.add(id.value) } }
    func refund(_ id: RefundID) throws(StoreError) -> Refund? { try row(.refunds, Reader.refund) { $0.add(id.value) } }

    func refunds(of payment: PaymentID) throws(StoreError) -> [Refund] {
        try rows(.refunds, Reader.refundsOfPayment) { $0.add(payment.value) }
    }

    func journal(of transaction: UniqueID) throws(StoreError) -> [Transfer] {
        try rows(.journal, Reader.lines) { $0.add(transaction) }
    }

    func merchant(_ id: MerchantID) throws(StoreError) -> Merchant? {
        try row(.merchants, Reader.merchant) { $0.add(id.value) }
    }

    func merchants(
        of acquirer: ParticipantID,
        after: MerchantID?,
        limit: Int
    ) throws(StoreError) -> [Merchant] {
        guard let number = try number(acquirer) else { return [] }
        return try rows(.merchants, after == nil ? Reader.merchants : Reader.merchantsBehind) { parameters in
            parameters.add(number)
            parameters.add(Int64(max(0, limit)))
            if let after { parameters.add(after.value) }
        }
    }
}
