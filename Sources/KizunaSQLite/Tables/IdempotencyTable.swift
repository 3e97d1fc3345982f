import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// First answers under idempotency keys.
final class IdempotencyTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: BulkInsert
    private let delete: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare(
            """
            SELECT fingerprint, created_at, answer_kind, answer, detail FROM idempotency
            WHERE institution = ? AND operation = ? AND key = ?
            """
        )
        insert = try BulkInsert(
            connection,
            """
            INSERT OR FAIL INTO idempotency
                (institution, operation, key, fingerprint, created_at, answer_kind, answer, detail)
            """,
            columnCount: 8
        )
        delete = try connection.prepare(
            "DELETE FROM idempotency WHERE institution = ? AND operation = ? AND key = ?"
        )
    }

    func record(_ key: IdempotencyKey) throws(StoreError) -> IdempotencyRecord? {
        guard let institution = try institutions.number(key.participant) else { return nil }
        return try select.first({ $0.add(key, of: institution) }) { columns throws(StoreError) in
            let fingerprint = try columns.uniqueID()
            let createdAt = columns.timestamp()
            return IdempotencyRecord(
                fingerprint: fingerprint,
                answer: try StoredAnswer(&columns),
                createdAt: createdAt
            )
        }
    }

    func write(_ changes: [RecordTable<IdempotencyKey, IdempotencyRecord>.Change]) throws(StoreError) {
        var added: [(key: IdempotencyKey, record: IdempotencyRecord)] = []
        for change in changes {
            guard let record = change.row else {
                let institution = try institutions.numberEnrolling(change.key.participant)
                try delete.run { $0.add(change.key, of: institution) }
                continue
            }
            guard change.isNew else { throw .brokenRule("A first answer never changes") }
            added.append((change.key, record))
        }
        try insert.run(added) { change, row throws(StoreError) in
            row.add(change.key, of: try institutions.numberEnrolling(change.key.participant))
            row.add(change.record.fingerprint)
            row.add(change.record.createdAt)
            row.add(change.record.answer)
        }
    }
}

extension Parameters {
    fileprivate mutating func add(_ key: IdempotencyKey, of institution: Int64) {
        add(institution)
        add(key.operation)
        add(key.text)
    }

    /// Adds `answer_kind, answer, detail`.
    fileprivate mutating func add(_ answer: StoredAnswer) {
        add(answer.kind)
        switch answer {
        case .resolution(let id): add(answer: id.value)
        case .quote(let id): add(answer: id.value)
        case .payment(let id): add(answer: id.value)
        case .paymentReport(let id): add(answer: id.value)
        case .refund(let id): add(answer: id.value)
        case .recall(let id): add(answer: id.value)
        case .dispute(let id): add(answer: id.value)
        case .evidence(let id): add(answer: id.value)
        case .disputeEvent(let key):
            add(key.dispute)
            add(String(key.number))
        case .merchant(let key):
            add(key.text)
            addNull()
        case .webhook(let id, let secretNumber):
            add(id)
            add(String(secretNumber))
        case .ratesPublished(let count):
            add(count)
            addNull()
        case .refused(let refusal):
            add(refusal.storedCode)
            add(refusal.detail)
        }
    }

    private mutating func add(answer id: UniqueID) {
        add(id)
        addNull()
    }
}

extension StoredAnswer {
    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        switch try columns.value(Kind.self) {
        case .resolution: self = .resolution(try columns.id())
        case .quote: self = .quote(try columns.id())
        case .payment: self = .payment(try columns.id())
        case .paymentReport: self = .paymentReport(try columns.id())
        case .refund: self = .refund(try columns.id())
        case .recall: self = .recall(try columns.id())
        case .dispute: self = .dispute(try columns.id())
        case .evidence: self = .evidence(try columns.id())
        case .disputeEvent:
            let dispute: DisputeID = try columns.id()
            guard let number = Int(try columns.text()) else { throw .unreadable("a place in a history") }
            self = .disputeEvent(DisputeEvent.Key(dispute: dispute, number: number))
        case .merchant: self = .merchant(try columns.merchantKey())
        case .webhook:
            let id = try columns.uniqueID()
            guard let number = Int(try columns.text()) else { throw .unreadable("a secret's number") }
            self = .webhook(id, secretNumber: number)
        case .ratesPublished: self = .ratesPublished(count: columns.int())
        case .refused:
            guard let refusal = Refusal(storedCode: try columns.text(), detail: try columns.text()) else {
                throw .unreadable("a reason")
            }
            self = .refused(refusal)
        }
    }
}
