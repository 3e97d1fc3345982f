import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// First answers under idempotency keys. Which columns an answer fills depends on its kind.
extension Table where Key == IdempotencyKey, Row == IdempotencyRecord {
    static let idempotency = Table(
        "idempotency",
        keys: Column<IdempotencyKey>.idempotency,
        fixed: [
            Column("fingerprint", .uuid) { $0.add($1.fingerprint) },
            Column("created_at", .int8) { $0.add($1.createdAt) },
            Column("answer_kind", .int2) { $0.add($1.answer.kind) },
            Column("answer_id", .uuid) { $0.add($1.answer.id) },
            Column("answer_text", .text) { $0.add($1.answer.text) },
            Column("detail", .text) { $0.add($1.answer.detail) },
        ],
        isRemovable: true
    )
}

extension Column where Source == IdempotencyKey {
    static let idempotency = [
        Column("institution", .int4) { $0.add($1.participant) },
        Column("operation", .int2) { $0.add($1.operation) },
        Column("key", .text) { $0.add($1.text) },
    ]
}

extension Lookup where Key == IdempotencyKey, Row == Keyed<IdempotencyKey, IdempotencyRecord> {
    static let idempotency = Lookup(
        Query(
            "institution, operation, key, fingerprint, created_at, answer_kind, answer_id, answer_text, detail",
            from: "idempotency"
        ) { columns, names throws(StoreError) in
            let key = IdempotencyKey(
                participant: try names.institution(columns.int64()),
                operation: try columns.value(),
                text: try columns.text()
            )
            let fingerprint = try columns.uniqueID()
            let createdAt = columns.timestamp()
            let answer = try StoredAnswer(&columns)
            return Keyed(
                key: key,
                value: IdempotencyRecord(fingerprint: fingerprint, answer: answer, createdAt: createdAt)
            )
        },
        by: Column<IdempotencyKey>.idempotency,
        matching: ["institution", "operation", "key"]
    ) { $0.key }
}

extension StoredAnswer {
    fileprivate var id: UniqueID? {
        switch self {
        case .resolution(let id): id.value
        case .quote(let id): id.value
        case .payment(let id): id.value
        case .refund(let id): id.value
        case .recall(let id): id.value
        case .dispute(let id): id.value
        case .disputeEvent(let key): key.dispute.value
        case .evidence(let id): id.value
        case .paymentReport(let id): id.value
        case .webhook(let id, _): id
        case .merchant, .ratesPublished, .refused: nil
        }
    }

    fileprivate var text: String? {
        switch self {
        case .merchant(let key): key.text
        case .ratesPublished(let count): "\(count)"
        case .refused(let refusal): refusal.storedCode
        case .disputeEvent(let key): "\(key.number)"
        case .webhook(_, let secretNumber): "\(secretNumber)"
        case .resolution, .quote, .payment, .refund, .recall, .dispute, .evidence, .paymentReport: nil
        }
    }

    fileprivate var detail: String? {
        if case .refused(let refusal) = self { refusal.detail } else { nil }
    }

    /// Reads `answer_kind, answer_id, answer_text, detail`.
    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        let kind = try columns.value(Kind.self)
        let id = try columns.optionalUniqueID()
        let text = try columns.optionalText()
        let detail = try columns.optionalText()
        switch (kind, id, text) {
        case (.resolution, let id?, _): self = .resolution(ResolutionID(id))
        case (.quote, let id?, _): self = .quote(QuoteID(id))
        case (.payment, let id?, _): self = .payment(PaymentID(id))
        case (.refund, let id?, _): self = .refund(RefundID(id))
        case (.recall, let id?, _): self = .recall(RecallID(id))
        case (.dispute, let id?, _): self = .dispute(DisputeID(id))
        case (.evidence, let id?, _): self = .evidence(EvidenceID(id))
        case (.paymentReport, let id?, _): self = .paymentReport(PaymentID(id))
        case (.webhook, let id?, let text?):
            guard let number = Int(text) else { throw .unreadable("a secret's number") }
            self = .webhook(id, secretNumber: number)
        case (.disputeEvent, let id?, let text?):
            guard let number = Int(text) else { throw .unreadable("a place in a history") }
            self = .disputeEvent(DisputeEvent.Key(dispute: DisputeID(id), number: number))
        case (.merchant, _, let text?):
            guard let key = MerchantKey(text: text) else { throw .unreadable("a shop's key") }
            self = .merchant(key)
        case (.ratesPublished, _, let text?):
            guard let count = Int(text) else { throw .unreadable("a number of rates") }
            self = .ratesPublished(count: count)
        case (.refused, _, let text?):
            guard let refusal = Refusal(storedCode: text, detail: detail ?? "") else { throw .unreadable("a reason") }
            self = .refused(refusal)
        default: throw .unreadable("an answer")
        }
    }
}
