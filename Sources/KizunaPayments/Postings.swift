public import KizunaLedger
public import KizunaMoney

/// What a payment and a refund write into the journal (`flows.md` 6.3 and 6.4).
extension Books {
    /// Reserves both sides: the issuer's position toward the provider, the provider's toward the acquirer.
    public mutating func placeHolds(for payment: Payment, at now: Timestamp) throws(Failure) {
        let sides = PaymentSides(of: payment)
        try hold(
            payment.price.interbankAmount,
            from: sides.issuer,
            to: sides.providerPayerSide,
            transaction: payment.id.value,
            leg: PaymentLeg.payerSide,
            at: now
        )
        try hold(
            payment.price.merchantAmount,
            from: sides.providerMerchantSide,
            to: sides.acquirer,
            transaction: payment.id.value,
            leg: PaymentLeg.merchantSide,
            at: now
        )
    }

    /// Posts both sides and the fees.
    public mutating func postHolds(for payment: Payment, at now: Timestamp) throws(Failure) {
        let transaction = payment.id.value
        try post(HoldID(transaction: transaction, leg: PaymentLeg.payerSide), at: now)
        try post(HoldID(transaction: transaction, leg: PaymentLeg.merchantSide), at: now)
        let sides = PaymentSides(of: payment)
        if payment.price.switchFee.isPositive {
            try transfer(
                payment.price.switchFee,
                from: sides.acquirerFees,
                to: sides.feeIncome,
                transaction: transaction,
                leg: PaymentLeg.switchFee,
                at: now
            )
        }
        if payment.price.interchange.isPositive {
            try transfer(
                payment.price.interchange,
                from: sides.acquirerFees,
                to: sides.issuerInterchange,
                transaction: transaction,
                leg: PaymentLeg.interchange,
                at: now
            )
        }
    }

    /// Lets both sides go.
    public mutating func voidHolds(for payment: Payment, at now: Timestamp) throws(Failure) {
        try void(HoldID(transaction: payment.id.value, leg: PaymentLeg.payerSide), at: now)
        try void(HoldID(transaction: payment.id.value, leg: PaymentLeg.merchantSide), at: now)
    }

    /// Moves a refund back along both legs.
    public mutating func postRefund(_ refund: Refund, of payment: Payment, at now: Timestamp) throws(Failure) {
        let sides = PaymentSides(of: payment)
        try transfer(
            refund.merchantAmount,
            from: sides.acquirer,
            to: sides.providerMerchantSide,
            transaction: refund.id.value,
            leg: PaymentLeg.merchantSide,
            at: now
        )
        if refund.payerAmount.isPositive {
            try transfer(
                refund.payerAmount,
                from: sides.providerPayerSide,
                to: sides.issuer,
                transaction: refund.id.value,
                leg: PaymentLeg.payerSide,
                at: now
            )
        }
    }
}

/// The numbers of a payment's lines within its transaction.
public enum PaymentLeg {
    public static let payerSide = 1
    public static let merchantSide = 2
    public static let switchFee = 3
    public static let interchange = 4
}

/// The accounts between which a payment moves.
public struct PaymentSides: Sendable, Hashable {
    public let issuer: AccountID
    public let providerPayerSide: AccountID
    public let providerMerchantSide: AccountID
    public let acquirer: AccountID
    public let acquirerFees: AccountID
    public let feeIncome: AccountID
    public let issuerInterchange: AccountID

    /// The accounts between these institutions, in these currencies.
    public init(
        issuer: ParticipantID,
        provider: ParticipantID,
        acquirer: ParticipantID,
        payerCurrency: Currency,
        merchantCurrency: Currency
    ) {
        self.issuer = AccountID(owner: issuer, role: .settlement, currency: payerCurrency)
        providerPayerSide = AccountID(owner: provider, role: .settlement, currency: payerCurrency)
        providerMerchantSide = AccountID(owner: provider, role: .settlement, currency: merchantCurrency)
        self.acquirer = AccountID(owner: acquirer, role: .settlement, currency: merchantCurrency)
        acquirerFees = AccountID(owner: acquirer, role: .feesPayable, currency: merchantCurrency)
        feeIncome = AccountID(owner: .theSwitch, role: .feeIncome, currency: merchantCurrency)
        issuerInterchange = AccountID(owner: issuer, role: .interchangeReceivable, currency: merchantCurrency)
    }

    /// The accounts of a payment.
    public init(of payment: Payment) {
        self.init(
            issuer: payment.issuer,
            provider: payment.provider,
            acquirer: payment.acquirer,
            payerCurrency: payment.price.interbankAmount.currency,
            merchantCurrency: payment.price.merchantAmount.currency
        )
    }

    /// All of them, for fetching in one go.
    public var all: [AccountID] {
        [
            issuer, providerPayerSide, providerMerchantSide, acquirer, acquirerFees, feeIncome, issuerInterchange,
        ]
    }
}
