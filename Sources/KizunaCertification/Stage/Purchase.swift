import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// A payment that exists in a certification only: everything that the switch would tell about it, and no row anywhere.
struct Purchase: Sendable {
    /// Who stands for the other banks. No participant has joined under this name.
    static let counterpart: ParticipantID = {
        guard let id = ParticipantID("kizuna-certify") else { preconditionFailure("No participant's id") }
        return id
    }()
    static let payerName = "KIZUNA CERTIFICATION"
    static let reference = "KIZUNA-CERTIFICATION"

    private(set) var payment: Payment
    private(set) var parties: PaymentParties
    private let destination: Participant

    /// - Parameters:
    ///   - amount: for the shop.
    ///   - shop: whom to pay; somebody invented where the target is no acquirer.
    ///   - at: when it was submitted.
    init(at target: Target, _ amount: Money, shop: Merchant?, payerCurrency: Currency, at now: Timestamp) {
        let (participant, isAcquirer) = (target.participant, target.side != .issuer)
        let shop = shop ?? Purchase.inventedShop(for: amount.currency, at: now)
        payment = Payment(
            id: PaymentID(.fresh(at: now)),
            uetr: UETR(.fresh()),
            quote: QuoteID(.fresh()),
            issuer: isAcquirer ? Purchase.counterpart : participant.id,
            acquirer: isAcquirer ? participant.id : Purchase.counterpart,
            provider: Purchase.counterpart,
            merchant: shop.id,
            price: Purchase.price(of: amount, in: payerCurrency),
            link: participant.linkKind,
            code: CodeDigest(.fresh()),
            isSingleUse: false,
            submittedAt: now,
            payer: PayerKey(.fresh()),
            state: .sent
        )
        parties = PaymentParties(
            payerName: Purchase.payerName,
            payerAccount: "CERTIFICATION",
            merchantName: shop.name,
            merchantLocalName: shop.localName,
            merchantCity: shop.city,
            merchantKey: shop.key,
            reference: Purchase.reference
        )
        destination = participant
    }

    /// The same with other names.
    func naming(payer: String? = nil, shop: String? = nil, reference: String?? = .none) -> Purchase {
        var copy = self
        if let payer { copy.parties.payerName = payer }
        if let shop { copy.parties.merchantName = shop }
        if let reference { copy.parties.reference = reference }
        return copy
    }

    // MARK: Messages about it

    /// Will you credit this shop?
    var creditRequest: Letter { letter(.creditRequest) }
    var statusQuery: Letter { letter(.statusQuery) }
    var reversalRequest: Letter { letter(.reversalRequest, state: .reversing) }

    /// Committed or aborted.
    func decision(_ state: PaymentState) -> Letter { letter(.creditDecision, state: state) }

    /// The payment as the API shows it, in one of its states.
    func update(_ state: PaymentState, reason: RefusalCode? = nil) -> Letter {
        letter(.paymentUpdate, state: state, reason: reason)
    }

    func refundNotice(_ refund: Refund) -> Letter {
        let isLast = refund.part == payment.refunded.parts
        return letter(.refundNotice, state: isLast ? payment.state : .partiallyRefunded, refund: refund)
    }

    /// - Parameter state: of the recall.
    func recall(_ kind: OutboxMessage.Kind, _ reason: Recall.Reason, _ state: Recall.State = .requested) -> Letter {
        let now = payment.changedAt
        let recall = Recall(
            id: RecallID(.fresh(at: now)),
            payment: payment.id,
            issuer: payment.issuer,
            acquirer: payment.acquirer,
            reason: reason,
            amount: payment.price.merchantAmount,
            requestedAt: now,
            answerDueAt: now.adding(.seconds(10 * 24 * 60 * 60)),
            state: state,
            freeze: reason == .fraud ? Recall.Freeze(dueAt: now.adding(Recall.freezeTime)) : nil
        )
        return letter(kind, state: .completed, recall: recall)
    }

    func disputeUpdate(_ state: Dispute.State) -> Letter {
        let (now, isIssuer) = (payment.changedAt, payment.issuer == destination.id)
        let dispute = Dispute(
            id: DisputeID(.fresh(at: now)),
            payment: payment.id,
            issuer: payment.issuer,
            acquirer: payment.acquirer,
            openedBy: isIssuer ? .acquirer : .issuer,
            reason: .notReceived,
            amount: payment.price.merchantAmount,
            openedAt: now,
            answerDueAt: now.adding(.seconds(10 * 24 * 60 * 60)),
            state: state,
            dueAt: nil
        )
        return letter(.disputeUpdate, state: .completed, dispute: dispute)
    }

    /// What a webhook is told.
    func announcement(_ event: Webhook.Event?, to webhook: Webhook) -> Letter {
        let refund = Refund(
            id: RefundID(.fresh(at: payment.submittedAt)),
            payment: payment.id,
            uetr: UETR(.fresh()),
            acquirer: payment.acquirer,
            issuer: payment.issuer,
            part: 1,
            merchantAmount: payment.price.merchantAmount,
            payerAmount: payment.price.interbankAmount,
            issuerFeeReturned: payment.price.issuerFee,
            reason: .customerRequest,
            createdAt: payment.submittedAt
        )
        let delivery = delivery(.event, .completed, reason: nil, refund: refund)
        let announcement =
            event.map { Announcement($0, to: webhook, delivery) }
            ?? Announcement(trialOf: webhook, of: destination.id, id: delivery.message.id, at: payment.submittedAt)
        return Letter(path: "", id: announcement.id.description, announcement.body ?? .null)
    }

    /// Gives a part of it back, or the rest.
    mutating func refund(_ amount: Money?) -> Refund {
        do throws(Refusal) {
            return try payment.refund(
                amount,
                id: RefundID(.fresh(at: payment.submittedAt)),
                uetr: UETR(.fresh()),
                reason: .customerRequest,
                at: payment.submittedAt
            )
        } catch { preconditionFailure("A part of a payment can be refunded") }
    }

    /// The same payment once it is final.
    var completed: Purchase {
        var copy = self
        copy.payment = copy.payment(in: .completed, reason: nil)
        return copy
    }

    private func letter(
        _ kind: OutboxMessage.Kind,
        state: PaymentState = .sent,
        reason: RefusalCode? = nil,
        refund: Refund? = nil,
        recall: Recall? = nil,
        dispute: Dispute? = nil
    ) -> Letter {
        let delivery = delivery(kind, state, reason: reason, refund: refund, recall: recall, dispute: dispute)
        guard let path = kind.path, let body = delivery.body else { preconditionFailure("A message has its parts") }
        return Letter(path: path, id: delivery.message.id.description, body)
    }

    private func delivery(
        _ kind: OutboxMessage.Kind,
        _ state: PaymentState,
        reason: RefusalCode?,
        refund: Refund? = nil,
        recall: Recall? = nil,
        dispute: Dispute? = nil
    ) -> Delivery {
        let message = OutboxMessage(
            id: .fresh(at: payment.submittedAt),
            kind: kind,
            destination: destination.id,
            payment: payment.id,
            refund: refund?.id,
            state: state,
            createdAt: payment.submittedAt,
            dueAt: nil
        )
        return Delivery(
            message: message,
            destination: destination,
            payment: payment(in: state, reason: reason),
            parties: parties,
            refund: refund,
            recall: recall,
            dispute: dispute
        )
    }

    private func payment(in state: PaymentState, reason: RefusalCode?) -> Payment {
        let mustHaveReason = state == .rejected || state == .reversed
        return Payment(
            id: payment.id,
            uetr: payment.uetr,
            quote: payment.quote,
            issuer: payment.issuer,
            acquirer: payment.acquirer,
            provider: payment.provider,
            merchant: payment.merchant,
            price: payment.price,
            link: payment.link,
            code: payment.code,
            isSingleUse: payment.isSingleUse,
            submittedAt: payment.submittedAt,
            payer: payment.payer,
            state: state,
            reason: reason ?? (mustHaveReason ? .technical : nil),
            changedAt: payment.changedAt,
            refunded: payment.refunded
        )
    }
}

extension UniqueID {
    /// A new version 4 id.
    static func fresh() -> UniqueID {
        var random = SystemRandomNumberGenerator()
        return version4(using: &random)
    }

    /// A new version 7 id.
    static func fresh(at now: Timestamp) -> UniqueID {
        var random = SystemRandomNumberGenerator()
        return version7(at: now, using: &random)
    }
}
