public import KizunaLedger
public import KizunaMoney

/// What a payment and a refund write into the journal (`flows.md` 6.3 and 6.4).
extension Books {
    /// Reserves all sides: the issuer's position toward the provider, the provider's toward the acquirer, and between
    /// them the first provider's toward the second where there are two.
    public mutating func placeHolds(for payment: Payment, at now: Timestamp) throws(Failure) {
        for movement in payment.movements {
            try hold(
                movement.amount,
                from: movement.debit,
                to: movement.credit,
                transaction: payment.id.value,
                leg: movement.leg,
                at: now
            )
        }
    }

    /// Posts all sides and the fees.
    public mutating func postHolds(for payment: Payment, at now: Timestamp) throws(Failure) {
        for hold in payment.holds { try post(hold, at: now) }
        try postFees(for: payment, at: now)
    }

    /// Lets all sides go.
    public mutating func voidHolds(for payment: Payment, at now: Timestamp) throws(Failure) {
        for hold in payment.holds { try void(hold, at: now) }
    }

    /// Takes what is reserved from those who owe it into the switch's suspense accounts.
    public mutating func suspendHolds(for payment: Payment, at now: Timestamp) throws(Failure) {
        for movement in payment.movements {
            try divert(
                HoldID(transaction: payment.id.value, leg: movement.leg),
                to: .suspense(movement.amount.currency),
                leg: PaymentLeg.intoSuspense + movement.leg,
                at: now
            )
        }
    }

    /// Gives what is in suspense to those for whom it was reserved, and posts the fees.
    public mutating func paySuspended(for payment: Payment, at now: Timestamp) throws(Failure) {
        for movement in payment.movements {
            try leaveSuspense(movement, of: payment, to: movement.credit, at: now)
        }
        try postFees(for: payment, at: now)
    }

    /// Gives what is in suspense back to those from whom it came.
    public mutating func returnSuspended(for payment: Payment, at now: Timestamp) throws(Failure) {
        for movement in payment.movements {
            try leaveSuspense(movement, of: payment, to: movement.debit, at: now)
        }
    }

    /// Posts all sides and the fees although nothing is reserved; the caps are asked again.
    public mutating func payAnew(_ payment: Payment, at now: Timestamp) throws(Failure) {
        for movement in payment.movements {
            try transfer(
                movement.amount,
                from: movement.debit,
                to: movement.credit,
                transaction: payment.id.value,
                leg: PaymentLeg.anew + movement.leg,
                at: now
            )
        }
        try postFees(for: payment, at: now)
    }

    private mutating func leaveSuspense(
        _ movement: PaymentMovement,
        of payment: Payment,
        to account: AccountID,
        at now: Timestamp
    ) throws(Failure) {
        try transfer(
            movement.amount,
            from: .suspense(movement.amount.currency),
            to: account,
            transaction: payment.id.value,
            leg: PaymentLeg.outOfSuspense + movement.leg,
            at: now
        )
    }

    private mutating func postFees(for payment: Payment, at now: Timestamp) throws(Failure) {
        let sides = PaymentSides(of: payment)
        if payment.price.switchFee.isPositive {
            try transfer(
                payment.price.switchFee,
                from: sides.acquirerFees,
                to: sides.feeIncome,
                transaction: payment.id.value,
                leg: PaymentLeg.switchFee,
                at: now
            )
        }
        if payment.price.interchange.isPositive {
            try transfer(
                payment.price.interchange,
                from: sides.acquirerFees,
                to: sides.issuerInterchange,
                transaction: payment.id.value,
                leg: PaymentLeg.interchange,
                at: now
            )
        }
    }

    /// Moves a refund back along all legs.
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
        if let bridge = sides.bridge, let bridgeAmount = refund.bridgeAmount, bridgeAmount.isPositive {
            try transfer(
                bridgeAmount,
                from: bridge.payee,
                to: bridge.payer,
                transaction: refund.id.value,
                leg: PaymentLeg.bridge,
                at: now
            )
        }
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

extension Books {
    /// Moves whole units of a provider's gains onto the account that shows them, or back.
    ///
    /// - Parameters:
    ///   - units: below zero to take back.
    ///   - transaction: of its own, for a lot comes from many payments.
    public mutating func postRounding(
        _ units: Money,
        of key: RoundingKey,
        transaction: UniqueID,
        at now: Timestamp
    ) throws(Failure) {
        guard !units.isZero else { return }
        try transfer(
            units.isPositive ? units : Money(minorUnits: -units.minorUnits, currency: units.currency),
            from: units.isPositive ? key.contra : key.account,
            to: units.isPositive ? key.account : key.contra,
            transaction: transaction,
            leg: 1,
            at: now
        )
    }
}

/// The numbers of a payment's lines within its transaction.
public enum PaymentLeg {
    public static let payerSide = 1
    public static let merchantSide = 2
    public static let switchFee = 3
    public static let interchange = 4
    public static let bridge = 5
    /// Added to a side's number where it goes into suspense, comes out of it, or is paid anew.
    public static let intoSuspense = 20
    public static let outOfSuspense = 40
    public static let anew = 60
}

/// One amount that a payment moves.
public struct PaymentMovement: Sendable, Hashable {
    public let leg: Int
    public let amount: Money
    public let debit: AccountID
    public let credit: AccountID
}

extension Payment {
    /// What is reserved first and then posted or let go, from the payer to the shop.
    public var movements: [PaymentMovement] {
        let sides = PaymentSides(of: self)
        let payerSide = PaymentMovement(
            leg: PaymentLeg.payerSide,
            amount: price.interbankAmount,
            debit: sides.issuer,
            credit: sides.providerPayerSide
        )
        let merchantSide = PaymentMovement(
            leg: PaymentLeg.merchantSide,
            amount: price.merchantAmount,
            debit: sides.providerMerchantSide,
            credit: sides.acquirer
        )
        guard let bridge = sides.bridge else { return [payerSide, merchantSide] }
        let between = PaymentMovement(
            leg: PaymentLeg.bridge,
            amount: bridge.amount,
            debit: bridge.payer,
            credit: bridge.payee
        )
        return [payerSide, between, merchantSide]
    }

    /// The holds that reserve it, from the payer to the shop.
    public var holds: [HoldID] {
        let legs =
            price.route == .direct
            ? [PaymentLeg.payerSide, PaymentLeg.merchantSide]
            : [PaymentLeg.payerSide, PaymentLeg.bridge, PaymentLeg.merchantSide]
        return legs.map { HoldID(transaction: id.value, leg: $0) }
    }
}

/// The accounts between which a payment moves.
public struct PaymentSides: Sendable, Hashable {
    public let issuer: AccountID
    public let providerPayerSide: AccountID
    /// Between the two providers, where there are two.
    public let bridge: BridgeSides?
    public let providerMerchantSide: AccountID
    public let acquirer: AccountID
    public let acquirerFees: AccountID
    public let feeIncome: AccountID
    public let issuerInterchange: AccountID

    /// The accounts between these institutions, at this price.
    public init(issuer: ParticipantID, provider: ParticipantID, acquirer: ParticipantID, price: Price) {
        let payerCurrency = price.interbankAmount.currency
        let merchantCurrency = price.merchantAmount.currency
        self.issuer = AccountID(owner: issuer, role: .settlement, currency: payerCurrency)
        providerPayerSide = AccountID(owner: provider, role: .settlement, currency: payerCurrency)
        bridge = price.route.bridge.map { BridgeSides(of: $0, after: provider) }
        providerMerchantSide = AccountID(
            owner: price.route.bridge?.provider ?? provider,
            role: .settlement,
            currency: merchantCurrency
        )
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
            price: payment.price
        )
    }

    /// All of them, for fetching in one go.
    public var all: [AccountID] {
        let both = [
            issuer, providerPayerSide, providerMerchantSide, acquirer, acquirerFees, feeIncome, issuerInterchange,
        ]
        return bridge.map { both + [$0.payer, $0.payee] } ?? both
    }
}

/// The accounts of the two providers in the currency between them.
public struct BridgeSides: Sendable, Hashable {
    /// `U`.
    public let amount: Money
    public let payer: AccountID
    public let payee: AccountID

    fileprivate init(of bridge: Bridge, after first: ParticipantID) {
        amount = bridge.amount
        payer = AccountID(owner: first, role: .settlement, currency: bridge.amount.currency)
        payee = AccountID(owner: bridge.provider, role: .settlement, currency: bridge.amount.currency)
    }
}
