import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Payments for those who look for them.
extension MemoryReader {
    func payments(_ search: PaymentSearch) -> PaymentFindings {
        let (lowest, end) = search.ids
        let inRange = candidates(search).filter { lowest <= $0.id.value && $0.id.value < end }
        var latest = inRange.sorted { $0.id > $1.id }[...]
        var floor: PaymentID?
        if !search.isAmongTimers, !search.isAmongCases, latest.count >= max(1, search.span) {
            latest = latest.prefix(max(1, search.span))
            floor = latest.last?.id
        }
        let found = latest.lazy.filter { matches($0, search) }.prefix(max(0, search.limit))
        return PaymentFindings(Array(found), limit: search.limit, floor: floor)
    }

    private func candidates(_ search: PaymentSearch) -> [Payment] {
        if search.isAmongTimers { return Set(records.timers.keys.map(\.payment)).compactMap { records.payments[$0] } }
        guard search.isAmongCases else { return Array(records.payments.values) }
        return records.exceptionCases.values.filter { $0.closing == nil }.compactMap { records.payments[$0.payment] }
    }

    private func matches(_ payment: Payment, _ search: PaymentSearch) -> Bool {
        let price = payment.price
        let parties = records.parties[payment.id]
        return search.state.map { $0 == payment.state } ?? true
            && search.participant.map { [payment.issuer, payment.acquirer, payment.provider].contains($0) } ?? true
            && search.merchant.map { $0 == payment.merchant } ?? true
            && search.code.map { $0 == payment.code } ?? true
            && search.amount.map { [price.merchantAmount, price.interbankAmount, price.payerDebit].contains($0) }
                ?? true
            && search.accountEnding.map { parties?.payerAccount.hasSuffix($0) ?? false } ?? true
            && search.reference.map { $0 == parties?.reference } ?? true
    }

    func messages(
        of payment: PaymentID,
        writtenAt moments: [Timestamp],
        limit: Int
    ) -> [OutboxMessage] {
        let found = records.messages.values.filter { message in
            let isFresh = message.standing == .sending && message.attempts == 0
            return message.payment == payment && (!isFresh || moments.contains(message.id.moment))
        }
        return Array(found.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }
}
