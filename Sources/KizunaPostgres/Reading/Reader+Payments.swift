import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Payments for those who look for them.
extension Reader {
    private static let floor = Statement(
        """
        SELECT id FROM payments WHERE id >= $1::uuid AND id < $2::uuid ORDER BY id DESC LIMIT 1 OFFSET $3::int8
        """
    )
    private static let range = "payments.id >= $1::uuid AND payments.id < $2::uuid"
    /// What is not asked for is noughts and empty texts.
    private static let conditions = """
        ($3::int4 = 0 OR state = $3::int4)
            AND ($4::int4 = 0 OR $4::int4 IN (payments.issuer, acquirer, payments.provider))
            AND ($5::uuid = '00000000-0000-0000-0000-000000000000' OR merchant = $5::uuid)
            AND ($6::uuid = '00000000-0000-0000-0000-000000000000' OR code = $6::uuid)
            AND ($7::int8 = 0 OR (merchant_currency = $8::int4 AND merchant_amount = $7::int8)
                OR (payer_currency = $8::int4 AND $7::int8 IN (interbank_amount, interbank_amount + issuer_fee)))
            AND ($9::text = '' OR EXISTS (
                SELECT FROM parties WHERE payment = payments.id
                    AND right(payer_account, length($9::text)) = $9::text))
            AND ($10::text = '' OR EXISTS (
                SELECT FROM parties WHERE payment = payments.id AND reference = $10::text))
        ORDER BY payments.id DESC LIMIT $11::int8
        """
    private static let latest = Query.payments.statement("WHERE \(range) AND \(conditions)")
    private static let amongTimers = Query.payments.statement(
        "WHERE payments.id IN (SELECT payment FROM timers) AND \(range) AND \(conditions)"
    )
    private static let amongCases = Query.payments.statement(
        """
        WHERE payments.id IN (SELECT payment FROM exception_cases WHERE closed_at IS NULL) AND \(range)
            AND \(conditions)
        """
    )
    private static let lingeringOfPayment = Query.messages.statement(
        "WHERE (standing > 1 OR attempts > 0) AND payment = $1::uuid ORDER BY id LIMIT $2::int8"
    )
    private static let freshOfPayment = Query.messages.statement(
        """
        WHERE id >= $1::uuid AND id < $2::uuid AND payment = $3::uuid AND standing = 1 AND attempts = 0
        LIMIT $4::int8
        """
    )

    func payments(_ search: PaymentSearch) throws(StoreError) -> PaymentFindings {
        var owner: Int32 = 0
        if let participant = search.participant {
            guard let number = try number(participant) else { return PaymentFindings(payments: [], next: nil) }
            owner = number
        }
        let (lowest, end) = search.ids
        var (statement, floor): (Statement, PaymentID?) = (Reader.latest, nil)
        if search.isAmongTimers {
            statement = Reader.amongTimers
        } else if search.isAmongCases {
            statement = Reader.amongCases
        } else {
            floor = try self.floor(search)
        }
        let payments = try rows(.payments, statement) { parameters in
            parameters.add(floor?.value ?? lowest)
            parameters.add(end)
            parameters.add(search, participant: owner)
        }
        return PaymentFindings(payments, limit: search.limit, floor: floor)
    }

    /// The last payment that is looked at; `nil` where there are not so many.
    private func floor(_ search: PaymentSearch) throws(StoreError) -> PaymentID? {
        let (lowest, end) = search.ids
        return try ask(Reader.floor) { parameters in
            parameters.add(lowest)
            parameters.add(end)
            parameters.add(Int64(max(1, search.span) - 1))
        }.first { columns throws(StoreError) in try columns.id() }
    }

    func messages(
        of payment: PaymentID,
        writtenAt moments: [Timestamp],
        limit: Int
    ) throws(StoreError) -> [OutboxMessage] {
        var found = try rows(.messages, Reader.lingeringOfPayment) { parameters in
            parameters.add(payment.value)
            parameters.add(Int64(max(0, limit)))
        }
        for moment in moments {
            found += try rows(.messages, Reader.freshOfPayment) { parameters in
                parameters.add(UniqueID.version7(before: moment))
                parameters.add(UniqueID.version7(before: moment.adding(.milliseconds(1))))
                parameters.add(payment.value)
                parameters.add(Int64(max(0, limit)))
            }
        }
        return Array(found.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }
}

extension Parameters {
    fileprivate mutating func add(_ search: PaymentSearch, participant: Int32) {
        let nothing = UniqueID(high: 0, low: 0)
        add(Int32(search.state?.rawValue ?? 0))
        add(participant)
        add(search.merchant?.value ?? nothing)
        add(search.code?.value ?? nothing)
        add(search.amount?.minorUnits ?? 0)
        add(Int32(search.amount?.currency.numeric ?? 0))
        add(search.accountEnding ?? "")
        add(search.reference ?? "")
        add(Int64(max(0, search.limit)))
    }
}
