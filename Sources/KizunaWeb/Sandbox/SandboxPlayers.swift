package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// What a sandbox has beside the switch: shops to pay, wallets that pay, and keys for whoever comes.
package protocol SandboxPlayers: Sendable {
    /// Amounts at which the sandbox's shops' banks misbehave.
    var amounts: [SandboxAmount] { get }

    /// Shops of the sandbox's own, each with a code as it can be scanned now.
    func shops(at now: Timestamp) -> [SandboxShop]

    /// A new key and its SHA-256.
    func newKey() -> (text: String, sha256: [UInt8])

    /// What the certificate of a PEM text is known by, and until when it is good; `nil` for a text without one.
    func certificate(inPEM text: String) -> (sha256: [UInt8], notAfter: Timestamp)?

    /// Has a simulated wallet scan a code, ask what it costs, and pay.
    ///
    /// - Returns: the payment as its wallet's bank sees it, once it is on its way to the shop's bank.
    /// - Throws: what the switch refuses the wallet.
    func pay(_ order: SandboxOrder) async throws(Problem) -> JSON
}

/// What a wallet is told to pay.
package struct SandboxOrder: Sendable {
    package let payload: String
    /// What the payer types; `nil` where the code says it.
    package let amount: Money?
    /// Where the wallet is at home.
    package let country: Country
    /// Whose shop it has to be: nobody else's customers are sent anywhere.
    package let acquirer: ParticipantID
    /// The same for the same order: a repeat pays once.
    package let id: UniqueID
}

/// A magic amount.
package struct SandboxAmount: Sendable {
    /// The last four digits of the shop's amount in whole yen, whole riel, or cents.
    package let lastDigits: Int
    /// What happens.
    package let summary: String
    /// How a payment ends whose shop's bank promises first, and one whose bank credits as it accepts.
    package let ends: (twoPhase: PaymentState, singlePhase: PaymentState)

    package init(lastDigits: Int, summary: String, ends: (twoPhase: PaymentState, singlePhase: PaymentState)) {
        self.lastDigits = lastDigits
        self.summary = summary
        self.ends = ends
    }
}

/// A shop of the sandbox's own.
package struct SandboxShop: Sendable {
    package let country: Country
    package let currency: Currency
    /// What is tried there.
    package let summary: String
    /// The code, as a camera reads it.
    package let payload: String
    /// With what the code is refused; `nil` where it can be paid.
    package let refusal: RefusalCode?

    package init(country: Country, currency: Currency, summary: String, payload: String, refusal: RefusalCode? = nil) {
        self.country = country
        self.currency = currency
        self.summary = summary
        self.payload = payload
        self.refusal = refusal
    }
}
