public import KizunaLedger
public import KizunaMoney

/// A price that is honoured until it expires, for one payment only.
public struct Quote: Sendable, Hashable {
    /// How long a quote is honoured (`flows.md` 4.3).
    public static let life = Duration.seconds(180)

    /// What is promised.
    private struct Terms: Hashable {
        let id: QuoteID
        let resolution: ResolutionID
        let issuer: ParticipantID
        let provider: ParticipantID
        let price: Price
        let createdAt: Timestamp
        let expiresAt: Timestamp
        let possibleDuplicate: Bool?
    }

    private let terms: Shared<Terms>
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
        terms = Shared(
            Terms(
                id: id,
                resolution: resolution,
                issuer: issuer,
                provider: provider,
                price: price,
                createdAt: createdAt,
                expiresAt: expiresAt,
                possibleDuplicate: possibleDuplicate
            )
        )
        self.usedBy = usedBy
    }

    /// Names it on the switch.
    public var id: QuoteID { terms.value.id }
    /// What it prices.
    public var resolution: ResolutionID { terms.value.resolution }
    /// The payer's bank, which alone may use it.
    public var issuer: ParticipantID { terms.value.issuer }
    /// Takes the payer's currency.
    public var provider: ParticipantID { terms.value.provider }
    /// What is promised.
    public var price: Price { terms.value.price }
    /// When it was made.
    public var createdAt: Timestamp { terms.value.createdAt }
    /// From when on it is not honoured.
    public var expiresAt: Timestamp { terms.value.expiresAt }
    /// Whether the payer paid the same to the same shop a moment before; `nil` when the asker did not say who pays.
    public var possibleDuplicate: Bool? { terms.value.possibleDuplicate }

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
