/// What an operator may set of the facade.
package struct BakongSettings: Sendable {
    /// Where the facade is reached from outside, without a slash at the end: short links begin with it.
    package var publicURL: String
    /// Whom payers from Japan appear as, `name@bank`; `nil` for `kizuna@` and the shop's bank.
    package var settlementAccount: String?
    /// The sender of mails.
    package var mailSender: String
    /// What a wallet is opened by: the code follows, percent-encoded.
    package var walletPrefix: String
    /// How often one token, or one address without a token, may call.
    package var rate: RateLimiter.Rate

    /// What wallets register is not public, so operators set it to what theirs do.
    package static let usualWalletPrefix = "bakong://pay?qr="

    package init(
        publicURL: String,
        settlementAccount: String? = nil,
        mailSender: String = "kizuna@localhost",
        walletPrefix: String = usualWalletPrefix,
        rate: RateLimiter.Rate = RateLimiter.Rate()
    ) {
        self.publicURL = publicURL
        self.settlementAccount = settlementAccount
        self.mailSender = mailSender
        self.walletPrefix = walletPrefix
        self.rate = rate
    }
}

/// What the facade needs of libraries.
package struct BakongTools: Sendable {
    package var authenticator: any MessageAuthenticator
    /// `nil` where no mail can be sent: then only the operator registers projects.
    package var mailer: (any Mailer)?

    package init(
        authenticator: any MessageAuthenticator,
        mailer: (any Mailer)? = nil
    ) {
        self.authenticator = authenticator
        self.mailer = mailer
    }
}

/// Keyed digests.
package protocol MessageAuthenticator: Sendable {
    /// HMAC-SHA-256, 32 bytes.
    func code(of message: [UInt8], key: [UInt8]) -> [UInt8]
    /// Whether two are the same, in a time that does not tell where they differ.
    func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool
}

/// Sends mail.
package protocol Mailer: Sendable {
    /// - Returns: whether somebody has taken it over.
    func send(_ mail: Mail) async -> Bool
}

/// A mail in plain text.
package struct Mail: Sendable, Hashable {
    package var from: String
    package var to: String
    package var subject: String
    /// Lines end with a line feed.
    package var text: String

    /// The mail as RFC 5322 has it. Its addresses hold no blanks or control characters, so no field can be added.
    package var message: String {
        """
        From: \(from)
        To: \(to)
        Subject: \(subject)
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        \(text)
        """
    }
}
