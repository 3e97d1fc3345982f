import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// What both banks know of a payment, without the payer.
struct ReceiptPage {
    let payment: Payment
    let parties: PaymentParties
    let refunds: [Refund]
    let bankName: String

    /// - Returns: `nil` where there is no such payment.
    init?(_ uetr: UETR, from reader: any StoreReader) throws(StoreError) {
        guard let payment = try reader.payment(uetr: uetr), let parties = try reader.parties(of: payment.id) else {
            return nil
        }
        self.payment = payment
        self.parties = parties
        refunds = try reader.refunds(of: payment.id)
        bankName = try reader.participant(payment.issuer)?.name ?? payment.issuer.description
    }

    private var path: String { "/receipts/\(payment.uetr)" }
    private var shopCountry: Country { parties.merchantKey.country }
    private var payerCountry: Country { shopCountry == .japan ? .cambodia : .japan }

    func response(to visit: Visit) -> HTTPResponse {
        let words = visit.words
        let event = event(words)
        return visit.page(
            words.publicWords.receipt,
            options: .init(isNarrow: true, refreshSeconds: payment.state.isFinal ? nil : 3),
            """
            <p class="soft">\(words.publicWords.receipt)</p>
            \(Part.live("\(path)/events", id: event.id, event.content))
            <div class="buttons">
            <button type="button" data-print hidden>\(words.publicWords.print)</button>
            \(Part.copyLinkButton(words.publicWords.copyLink, words.frame))
            </div>
            <p class="soft small">\(words.publicWords.whoSees)</p>
            """
        )
    }

    func event(_ words: Words) -> LiveEvent {
        LiveEvent(id: "\(payment.state.name).\(refunds.count)", content: content(words))
    }

    private func content(_ words: Words) -> Markup {
        let state = words.payment.state(payment.state)
        let tag = Language(of: shopCountry).rawValue
        return """
            <h1 lang="\(tag)">\(parties.merchantLocalName ?? parties.merchantName)</h1>
            <p>\(parties.merchantName) · \(parties.merchantCity), \(words.frame.name(of: shopCountry))</p>
            <p>\(Part.badge(state.name, Part.Tone(payment.state))) <span class="soft">\(state.sentence)</span></p>
            \(ExchangeFigure(
                left: (words.wallet.youPay, payment.price.payerDebit),
                right: (words.wallet.shopReceives, payment.price.merchantAmount)
            ).markup)
            \(PriceFacts(price: ShownPrice(payment.price), bankName: bankName).markup(words))
            \(refundList(words))
            \(Part.facts(facts(words)))
            """
    }

    private func refundList(_ words: Words) -> Markup? {
        guard !refunds.isEmpty else { return nil }
        return Part.facts(
            refunds.map { refund in
                let moment = MomentText(refund.createdAt, in: payerCountry).full(words)
                return Part.Fact("\(words.publicWords.refund) · \(moment)", refund.returned.markup)
            }
        )
    }

    private func facts(_ words: Words) -> [Part.Fact] {
        let own = words.publicWords
        return [
            Part.Fact(own.payersBank, text: bankName),
            Part.Fact(own.shopsTime, MomentText(payment.changedAt, in: shopCountry).markup(words)),
            Part.Fact(own.payersTime, MomentText(payment.changedAt, in: payerCountry).markup(words)),
            Part.Fact(words.wallet.reference, text: parties.reference),
            Part.Fact("UETR", "<code>\(payment.uetr.description)</code>"),
        ].compactMap { $0 }
    }
}

extension Refund {
    /// What the payer has back: with the bank's own fee, where it is returned.
    fileprivate var returned: Money { (try? payerAmount.adding(issuerFeeReturned)) ?? payerAmount }
}
