import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Payments for those who look for them.
final class PaymentQueries {
    private let institutions: Institutions
    private let selectFloor: Statement
    private let selectLatest: Statement
    private let selectAmongTimers: Statement
    private let selectAmongCases: Statement
    private let selectLingering: Statement
    private let selectFresh: Statement

    /// What is not asked for is bound as nothing.
    private static let conditions = """
        (?3 IS NULL OR state = ?3)
            AND (?4 IS NULL OR payments.issuer = ?4 OR acquirer = ?4 OR payments.provider = ?4)
            AND (?5 IS NULL OR merchant = ?5) AND (?6 IS NULL OR code = ?6)
            AND (?7 IS NULL OR (merchant_currency = ?8 AND merchant_amount = ?7)
                OR (payer_currency = ?8 AND ?7 IN (interbank_amount, interbank_amount + issuer_fee)))
            AND (?9 IS NULL OR EXISTS (
                SELECT 1 FROM parties WHERE payment = payments.id AND substr(payer_account, -length(?9)) = ?9))
            AND (?10 IS NULL OR EXISTS (SELECT 1 FROM parties WHERE payment = payments.id AND reference = ?10))
        ORDER BY payments.id DESC LIMIT ?11
        """

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        selectFloor = try connection.prepare(
            "SELECT id FROM payments WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1 OFFSET ?"
        )
        let range = "payments.id >= ?1 AND payments.id < ?2"
        selectLatest = try connection.prepare("\(Payment.query) WHERE \(range) AND \(PaymentQueries.conditions)")
        selectAmongTimers = try connection.prepare(
            """
            \(Payment.query) WHERE payments.id IN (SELECT payment FROM timers) AND \(range)
                AND \(PaymentQueries.conditions)
            """
        )
        selectAmongCases = try connection.prepare(
            """
            \(Payment.query) WHERE payments.id IN (SELECT payment FROM exception_cases WHERE closed_at IS NULL)
                AND \(range) AND \(PaymentQueries.conditions)
            """
        )
        let messages = "SELECT \(OutboxMessage.columnList) FROM messages"
        // It repeats the index's condition word for word, without which SQLite does not see that it serves.
        selectLingering = try connection.prepare(
            "\(messages) WHERE (standing > 1 OR attempts > 0) AND payment = ? ORDER BY id LIMIT ?"
        )
        selectFresh = try connection.prepare(
            "\(messages) WHERE id >= ? AND id < ? AND payment = ? AND standing = 1 AND attempts = 0 LIMIT ?"
        )
    }

    func find(_ search: PaymentSearch) throws(StoreError) -> PaymentFindings {
        let participant = try search.participant.map { id throws(StoreError) in try institutions.number(id) }
        if case .some(nil) = participant { return PaymentFindings(payments: [], next: nil) }
        let (lowest, end) = search.ids
        let floor = search.isAmongFew ? nil : try floor(search)
        let bind = { (parameters: inout Parameters) in
            parameters.add(floor?.value ?? lowest)
            parameters.add(end)
            parameters.add(search, participant: participant ?? nil)
        }
        let read = { [institutions] (columns: inout Columns) throws(StoreError) -> Payment in
            try Payment(&columns, institutions)
        }
        let payments: [Payment]
        if search.isAmongTimers {
            payments = try selectAmongTimers.all(bind, read: read)
        } else if search.isAmongCases {
            payments = try selectAmongCases.all(bind, read: read)
        } else {
            payments = try selectLatest.all(bind, read: read)
        }
        return PaymentFindings(payments, limit: search.limit, floor: floor)
    }

    /// The last payment that is looked at; `nil` where there are not so many.
    private func floor(_ search: PaymentSearch) throws(StoreError) -> PaymentID? {
        let (lowest, end) = search.ids
        return try selectFloor.first({
            $0.add(lowest)
            $0.add(end)
            $0.add(max(1, search.span) - 1)
        }) { columns throws(StoreError) in try columns.id() }
    }

    func messages(
        of payment: PaymentID,
        writtenAt moments: [Timestamp],
        limit: Int
    ) throws(StoreError) -> [OutboxMessage] {
        let read = { [institutions] (columns: inout Columns) throws(StoreError) -> OutboxMessage in
            try OutboxMessage(&columns, institutions)
        }
        var found = try selectLingering.all(
            {
                $0.add(payment)
                $0.add(max(0, limit))
            },
            read: read
        )
        for moment in moments {
            found += try selectFresh.all(
                {
                    $0.add(UniqueID.version7(before: moment))
                    $0.add(UniqueID.version7(before: moment.adding(.milliseconds(1))))
                    $0.add(payment)
                    $0.add(max(0, limit))
                },
                read: read
            )
        }
        return Array(found.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }
}

extension PaymentSearch {
    /// Whether it goes through few payments, however many there are.
    fileprivate var isAmongFew: Bool { isAmongTimers || isAmongCases }
}

extension Parameters {
    fileprivate mutating func add(_ search: PaymentSearch, participant: Int64?) {
        add(search.state.map { Int64($0.rawValue) })
        add(participant)
        add(search.merchant)
        add(search.code)
        add(search.amount?.minorUnits)
        add((search.amount?.currency.numeric).map { Int64($0) })
        add(search.accountEnding)
        add(search.reference)
        add(max(0, search.limit))
    }
}

extension Reader {
    func payments(_ search: PaymentSearch) throws(StoreError) -> PaymentFindings { try finder.find(search) }

    func messages(
        of payment: PaymentID,
        writtenAt moments: [Timestamp],
        limit: Int
    ) throws(StoreError) -> [OutboxMessage] {
        try finder.messages(of: payment, writtenAt: moments, limit: limit)
    }
}
