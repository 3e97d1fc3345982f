package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// What a caller of the API is known by. No secret is stored.
package struct APIKey: Sendable, Hashable {
    /// Who shows it.
    package enum Owner: Sendable, Hashable {
        case participant(ParticipantID)
        /// A person who works for the switch.
        case person(OperatorID)

        package var participant: ParticipantID? {
            if case .participant(let id) = self { id } else { nil }
        }

        package var person: OperatorID? {
            if case .person(let id) = self { id } else { nil }
        }
    }

    /// What is shown, and what ``APIKey/digest`` is of it.
    package enum Kind: Int, Sendable, Hashable, CaseIterable {
        /// A secret text in the header `Authorization`; the SHA-256 of the text.
        case secret = 1
        /// A client certificate in the handshake of TLS; the SHA-256 of its DER.
        case certificate = 2
        /// A signature of each request by Ed25519 (RFC 8032); the public key itself.
        case signing = 3
    }

    package let id: UniqueID
    package let owner: Owner
    package let kind: Kind
    /// 32 bytes; see ``Kind``.
    package let digest: [UInt8]
    /// What its bearer may do; of secrets only, the other kinds come with one.
    package let grants: Grants
    package let createdAt: Timestamp
    /// From when on it is worth nothing; `nil` for one that does not lapse.
    package let expiresAt: Timestamp?
    package var revokedAt: Timestamp?
    /// When it was last seen to be used, to the hour; a session, to two minutes.
    package var lastUsedAt: Timestamp?

    package init(
        id: UniqueID,
        owner: Owner,
        kind: Kind = .secret,
        digest: [UInt8],
        grants: Grants,
        createdAt: Timestamp,
        expiresAt: Timestamp? = nil,
        revokedAt: Timestamp? = nil,
        lastUsedAt: Timestamp? = nil
    ) {
        self.id = id
        self.owner = owner
        self.kind = kind
        self.digest = digest
        self.grants = grants
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
    }

    /// Whether it is worth anything at a moment.
    package func isInForce(at now: Timestamp) -> Bool { revokedAt == nil && expiresAt.map { now < $0 } ?? true }
}

/// What a key lets its bearer do.
package struct Grants: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    // A participant's.

    /// Resolve, quote, pay, and answer for a shop's bank.
    package static let pay = Grants(rawValue: 1)
    /// Refund, recall and dispute.
    package static let refund = Grants(rawValue: 2)
    /// See what is the participant's own.
    package static let read = Grants(rawValue: 4)
    /// Publish rates.
    package static let rates = Grants(rawValue: 8)
    /// Register shops, and set up webhooks.
    package static let admin = Grants(rawValue: 16)

    // A person's. Each of them sees everything.

    /// Propose what becomes of an exception and who is let in, and decide disputes.
    package static let `operator` = Grants(rawValue: 256)
    /// Approve what somebody else has proposed.
    package static let approver = Grants(rawValue: 512)
    /// See, and change nothing.
    package static let auditor = Grants(rawValue: 1_024)
    /// See, and change nothing: for those who talk to customers.
    package static let support = Grants(rawValue: 2_048)

    /// Use the console. A session's key grants this alone: the person's roles say what is done with it.
    package static let session = Grants(rawValue: 4_096)

    /// All of a participant's scopes.
    package static let ofParticipants: Grants = [.pay, .refund, .read, .rates, .admin]
    /// All of a person's roles.
    package static let ofPersons: Grants = [.operator, .approver, .auditor, .support]

    /// The words for them, in the order of documents.
    package static let names: [(name: String, grant: Grants)] = [
        ("pay", .pay), ("refund", .refund), ("read", .read), ("rates", .rates), ("admin", .admin),
        ("operator", .operator), ("approver", .approver), ("auditor", .auditor), ("support", .support),
        ("session", .session),
    ]

    package var names: [String] { Grants.names.filter { contains($0.grant) }.map(\.name) }
}

extension APIKey {
    /// What a secret's text begins with.
    package static func prefix(in environment: Environment) -> String {
        switch environment {
        case .live: "kz_"
        case .sandbox: "kz_test_"
        }
    }

    /// The characters that stand for the 256 random bits behind the prefix.
    private static let secretCharacters = 43

    /// Where a secret is of use, by what its text begins with. One of a live switch may begin like a sandbox's by chance,
    /// but is shorter.
    package static func environment(ofText text: some StringProtocol) -> Environment {
        let prefix = prefix(in: .sandbox)
        let isLong = text.utf8.count >= prefix.utf8.count + secretCharacters
        return isLong && text.hasPrefix(prefix) ? .sandbox : .live
    }
}
