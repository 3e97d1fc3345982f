public import KizunaLedger
public import KizunaMoney

/// What a scanned code turned out to be: who is to be paid, in which currency, and how much if the code says so.
public struct Resolution: Sendable, Hashable {
    /// How long a resolution may be quoted on (`flows.md` 4.2).
    public static let life = Duration.seconds(600)

    private struct Terms: Hashable {
        let id: ResolutionID
        let issuer: ParticipantID
        let payerCountry: Country
        let scheme: String
        let merchantKey: MerchantKey
        let merchantID: MerchantID
        let acquirer: ParticipantID
        let currency: Currency
        let fixedAmount: Money?
        let code: CodeDigest
        let isSingleUse: Bool
        let reference: String?
        let createdAt: Timestamp
        let expiresAt: Timestamp
    }

    private let terms: Shared<Terms>

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
        terms = Shared(
            Terms(
                id: id,
                issuer: issuer,
                payerCountry: payerCountry,
                scheme: scheme,
                merchantKey: merchantKey,
                merchantID: merchantID,
                acquirer: acquirer,
                currency: currency,
                fixedAmount: fixedAmount,
                code: code,
                isSingleUse: isSingleUse,
                reference: reference,
                createdAt: createdAt,
                expiresAt: expiresAt
            )
        )
    }

    /// Names it on the switch.
    public var id: ResolutionID { terms.value.id }
    /// The payer's bank, which alone may quote on it.
    public var issuer: ParticipantID { terms.value.issuer }
    /// The country of the payer's bank.
    public var payerCountry: Country { terms.value.payerCountry }
    /// The name of the scheme as `cli.md` writes it, such as `khqr-merchant`.
    public var scheme: String { terms.value.scheme }
    /// The shop as the code names it.
    public var merchantKey: MerchantKey { terms.value.merchantKey }
    /// The shop as the switch calls it.
    public var merchantID: MerchantID { terms.value.merchantID }
    /// The shop's bank.
    public var acquirer: ParticipantID { terms.value.acquirer }
    /// What the shop is paid in.
    public var currency: Currency { terms.value.currency }
    /// The amount that the code fixes; `nil` when the payer types it.
    public var fixedAmount: Money? { terms.value.fixedAmount }
    /// What the scanned text was.
    public var code: CodeDigest { terms.value.code }
    /// Whether the code may be paid once only: it is dynamic.
    public var isSingleUse: Bool { terms.value.isSingleUse }
    /// The bill number or reference label of the code (62.01, 62.05).
    public var reference: String? { terms.value.reference }
    /// When the code was read.
    public var createdAt: Timestamp { terms.value.createdAt }
    /// Ten minutes after creation, or when the code itself expires, if that is earlier.
    public var expiresAt: Timestamp { terms.value.expiresAt }
}
