public import KizunaLedger
public import KizunaMoney

/// A country that the link joins, by its ISO 3166 alpha-2 code.
public enum Country: String, Sendable, Hashable, CaseIterable {
    case cambodia = "KH"
    case japan = "JP"
}

/// An institution that takes part: a bank, a wallet, an FX provider.
public struct Participant: Sendable, Hashable {
    /// What an institution may do; one may have several.
    public struct Roles: OptionSet, Sendable, Hashable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Holds payers' money (payer PSP, debtor agent).
        public static let issuer = Roles(rawValue: 1)
        /// Signed the merchants (payee PSP, creditor agent).
        public static let acquirer = Roles(rawValue: 2)
        /// Takes the payer's currency and delivers the merchant's.
        public static let fxProvider = Roles(rawValue: 4)
    }

    /// Whether the institution may begin new business. The raw value is what is stored.
    public enum Status: Int, Sendable, Hashable {
        case active = 1
        /// May read, and what is under way is finished; nothing new begins.
        case suspended = 2
    }

    /// How a destination makes itself final (`flows.md` 4.6).
    public enum LinkKind: Int, Sendable, Hashable {
        /// Promises first, credits after the commit notice: silence can be aborted safely.
        case twoPhase = 1
        /// Credits as it accepts: silence must be asked about.
        case singlePhase = 2
    }

    public let id: ParticipantID
    public var name: String
    public let country: Country
    public let roles: Roles
    public var status: Status
    public var linkKind: LinkKind
    /// Where the switch reaches it, an absolute `http` or `https` address; `nil` when it cannot be called.
    public var endpoint: String?
    /// What an issuer charges its payers on top of the interbank amount, in basis points.
    public var issuerFeeBasisPoints: Int64

    public init(
        id: ParticipantID,
        name: String,
        country: Country,
        roles: Roles,
        status: Status = .active,
        linkKind: LinkKind = .twoPhase,
        endpoint: String? = nil,
        issuerFeeBasisPoints: Int64 = 0
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.roles = roles
        self.status = status
        self.linkKind = linkKind
        self.endpoint = endpoint
        self.issuerFeeBasisPoints = issuerFeeBasisPoints
    }

    /// The accounts that are opened when the participant joins.
    public var accountIDs: [AccountID] {
        Participant.settlementCurrencies.flatMap { currency -> [AccountID] in
            var opened = [AccountID(owner: id, role: .settlement, currency: currency)]
            if roles.contains(.acquirer) { opened.append(AccountID(owner: id, role: .feesPayable, currency: currency)) }
            if roles.contains(.issuer) {
                opened.append(AccountID(owner: id, role: .interchangeReceivable, currency: currency))
            }
            if roles.contains(.fxProvider) {
                let gains = RoundingKey(provider: id, currency: currency)
                opened += [gains.account, gains.contra]
            }
            return opened
        }
    }

    /// The switch's own accounts in each currency: its fee income, and what nobody can tell yet whose it is.
    public static let switchAccountIDs: [AccountID] = settlementCurrencies.flatMap {
        [AccountID(owner: .theSwitch, role: .feeIncome, currency: $0), .suspense($0)]
    }

    /// The currencies in which windows are settled.
    public static let settlementCurrencies: [Currency] = [.jpy, .khr, .usd]
}
