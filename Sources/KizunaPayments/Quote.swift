public import KizunaLedger
public import KizunaMoney

/// A price that is honoured until it expires, for one payment only.
public struct Quote: Sendable, Hashable {
    /// How long a quote is honoured (`flows.md` 4.3).
    public static let life = Duration.seconds(180)

    public let id: QuoteID
    public let resolution: ResolutionID
    public let issuer: ParticipantID
    /// Takes the payer's currency.
    public let provider: ParticipantID
    public let price: Price
    public let createdAt: Timestamp
    public let expiresAt: Timestamp
    /// Whether the payer paid the same to the same shop a moment before; `nil` when the asker did not say who pays.
    public let possibleDuplicate: Bool?
    /// The payment that used it, if one did.
    public private(set) var usedBy: PaymentID?

    public init(
        id: QuoteID,
        resolution: ResolutionID,
        issuer: ParticipantID,
        provider: ParticipantID,
        price: Price,
        createdAt: Timestamp,
        expiresAt: Timestamp,
        possibleDuplicate: Bool? = nil,
        usedBy: PaymentID? = nil
    ) {
        self.id = id
        self.resolution = resolution
        self.issuer = issuer
        self.provider = provider
        self.price = price
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.possibleDuplicate = possibleDuplicate
        self.usedBy = usedBy
    }

    /// Binds the quote to a payment.
    ///
    /// - Throws: ``RefusalCode/quoteUsed`` when another payment has it, ``RefusalCode/quoteExpired`` from the moment of
    ///   expiry on.
    public mutating func use(by payment: PaymentID, at now: Timestamp) throws(Refusal) {
        guard usedBy == nil else { throw Refusal(.quoteUsed, "This quote has paid once; ask for a new one.") }
        guard now < expiresAt else {
            throw Refusal(.quoteExpired, "The quote has expired; ask for a new one and show it to the payer.")
        }
        usedBy = payment
    }

    /// The quote as it was answered first: not yet used.
    public var asIssued: Quote {
        var quote = self
        quote.usedBy = nil
        return quote
    }
}
