import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR
import KizunaSwitch

/// Everything that is kept about a payment.
struct PaymentFacts: Sendable {
    let payment: Payment
    let parties: PaymentParties?
    let quote: Quote?
    let merchant: Merchant?
    let names: [ParticipantID: String]
    /// The payment's own lines, and then those of its refunds.
    let journal: [Transfer]
    let refunds: [Refund]
    let recalls: [Recall]
    let disputes: [Dispute]
    let exceptionCase: ExceptionCase?
    /// Messages about it that have not arrived.
    let messages: [OutboxMessage]
    let webhooks: [Webhook]
    /// Who has looked at it and what was done, the latest first.
    let entries: [AuditEntry]

    private static let mostMessages = 50
    private static let mostEntries = 50

    /// `nil` for a payment that there is not.
    init?(of id: PaymentID, _ reader: any StoreReader) throws(StoreError) {
        guard let payment = try reader.payment(id) else { return nil }
        self.payment = payment
        parties = try reader.parties(of: id)
        quote = try reader.quote(payment.quote)
        merchant = try reader.merchant(payment.merchant)
        refunds = try reader.refunds(of: id)
        recalls = try reader.recalls(of: id)
        disputes = try reader.disputes(of: id)
        exceptionCase = try reader.exceptionCase(of: id)
        messages = try reader.messages(
            of: id,
            writtenAt: payment.moments(refunds, recalls, disputes),
            limit: PaymentFacts.mostMessages
        )
        entries = try reader.auditEntries(
            AuditSearch(subjects: [id.value] + disputes.map(\.id.value), limit: PaymentFacts.mostEntries)
        )
        var journal = try reader.journal(of: id.value)
        for refund in refunds { journal += try reader.journal(of: refund.id.value) }
        self.journal = journal
        var names: [ParticipantID: String] = [:]
        var webhooks: [Webhook] = []
        for participant in Set([payment.issuer, payment.acquirer, payment.provider]).sorted() {
            names[participant] = try reader.participant(participant)?.name
            webhooks += try reader.webhooks(of: participant)?.all ?? []
        }
        self.names = names
        self.webhooks = webhooks.filter { $0.merchant ?? payment.merchant == payment.merchant }
    }

    func name(_ participant: ParticipantID) -> String { names[participant] ?? participant.description }
}

/// A code that somebody has at hand, beside the payment that may have been of it. Codes themselves are not kept.
struct CodeShown: Sendable {
    /// Whether the payment was of exactly this code.
    let isThePayments: Bool
    let explanation: QRExplanation

    init(_ text: String, _ facts: PaymentFacts, _ engine: Switch) {
        let bytes = Array(text.utf8)
        isThePayments = CodeDigest(UniqueID(bytes: engine.digester.md5(bytes)[...])) == facts.payment.code
        explanation = QRExplanation(utf8: bytes, at: nil)
    }
}
