public import KizunaLedger
public import KizunaMoney

/// What a scanned code turned out to be: who is to be paid, in which currency, and how much if the code says so.
public struct Resolution: Sendable, Hashable {
    /// How long a resolution may be quoted on (`flows.md` 4.2).
    public static let life = Duration.seconds(600)

    public let id: ResolutionID
    public let issuer: ParticipantID
    public let payerCountry: Country
    /// The name of the scheme as `cli.md` writes it, such as `khqr-merchant`.
    public let scheme: String
    public let merchantKey: MerchantKey
    public let merchantID: MerchantID
    public let acquirer: ParticipantID
    public let currency: Currency
    /// The amount that the code fixes; `nil` when the payer types it.
    public let fixedAmount: Money?
    /// What the scanned text was.
    public let code: CodeDigest
    /// Whether the code may be paid once only: it is dynamic.
    public let isSingleUse: Bool
    /// The bill number or reference label of the code (62.01, 62.05).
    public let reference: String?
    public let createdAt: Timestamp
    /// Ten minutes after creation, or when the code itself expires, if that is earlier.
    public let expiresAt: Timestamp

    public init(
        id: ResolutionID,
        issuer: ParticipantID,
        payerCountry: Country,
        scheme: String,
        merchantKey: MerchantKey,
        merchantID: MerchantID,
        acquirer: ParticipantID,
        currency: Currency,
        fixedAmount: Money?,
        code: CodeDigest,
        isSingleUse: Bool,
        reference: String?,
        createdAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.id = id
        self.issuer = issuer
        self.payerCountry = payerCountry
        self.scheme = scheme
        self.merchantKey = merchantKey
        self.merchantID = merchantID
        self.acquirer = acquirer
        self.currency = currency
        self.fixedAmount = fixedAmount
        self.code = code
        self.isSingleUse = isSingleUse
        self.reference = reference
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
