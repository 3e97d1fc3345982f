package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// A change of who is let in, or of what somebody may do: proposed by one person and approved by another, or done by
/// those who have the database. Each is kept for good, so that all of them are the log of access. No secret is in it.
package struct AccessChange: Sendable, Hashable {
    package enum Act: Int, Sendable, Hashable, CaseIterable {
        case addPerson = 1
        case setRoles = 2
        case suspend = 3
        case reinstate = 4
        case setPassword = 5
        case setAuthenticator = 6
        case makeKey = 7
        case bindCertificate = 8
        case takeSigningKey = 9
        case revokeKey = 10
    }

    /// Who wants it.
    package enum Author: Sendable, Hashable {
        /// One who has signed in, and whom another has to approve.
        case person(OperatorID)
        /// Whoever has the database: the first people come from there, and nobody is asked.
        case commandLine
        /// The switch itself, such as for a newcomer of a sandbox.
        case theSwitch
    }

    package enum Standing: Int, Sendable, Hashable, CaseIterable {
        case proposed = 1
        /// A key that another person has approved, and that is made when its proposer takes it.
        case approved = 2
        case done = 3
        case withdrawn = 4
    }

    package struct Approval: Sendable, Hashable {
        package let person: OperatorID
        package let at: Timestamp

        package init(person: OperatorID, at: Timestamp) {
            self.person = person
            self.at = at
        }
    }

    /// How long a proposal waits for somebody who approves it.
    package static let proposalLife = Duration.seconds(7 * 86_400)
    /// How long an approved key waits for being taken.
    package static let approvalLife = Duration.seconds(86_400)
    /// For how many days a key is made at most.
    package static let mostDays = 3_650
    /// As much as ISO 20022 has for a remark (Max140Text).
    package static let longestNote = ExceptionCase.longestNote

    package let id: UniqueID
    package let act: Act
    /// Whose access it is.
    package let subject: APIKey.Owner
    /// The key that was made, or is revoked.
    package private(set) var key: UniqueID?
    /// What a person could do before.
    package let grantsBefore: Grants
    /// What a person can do afterwards, or the key.
    package let grants: Grants
    /// For how many days a key is made; `nil` until it is revoked.
    package let days: Int?
    package let author: Author
    /// Why; empty for what nobody had to be convinced of.
    package let note: String
    package let createdAt: Timestamp
    package private(set) var approval: Approval?
    package private(set) var standing: Standing
    /// When it was done or withdrawn.
    package private(set) var endedAt: Timestamp?

    package init(
        id: UniqueID,
        act: Act,
        subject: APIKey.Owner,
        key: UniqueID? = nil,
        grantsBefore: Grants = [],
        grants: Grants = [],
        days: Int? = nil,
        author: Author,
        note: String = "",
        createdAt: Timestamp,
        approval: Approval? = nil,
        standing: Standing,
        endedAt: Timestamp? = nil
    ) {
        self.id = id
        self.act = act
        self.subject = subject
        self.key = key
        self.grantsBefore = grantsBefore
        self.grants = grants
        self.days = days
        self.author = author
        self.note = note
        self.createdAt = createdAt
        self.approval = approval
        self.standing = standing
        self.endedAt = endedAt
    }
}

// MARK: As it is kept

extension AccessChange.Author {
    /// As databases know them.
    package var number: Int {
        switch self {
        case .person: 1
        case .commandLine: 2
        case .theSwitch: 3
        }
    }

    /// - Returns: `nil` for a number that nobody has, and for a person without a name.
    package init?(number: Int, person: OperatorID?) {
        switch (number, person) {
        case (1, let person?): self = .person(person)
        case (2, nil): self = .commandLine
        case (3, nil): self = .theSwitch
        default: return nil
        }
    }

    package var person: OperatorID? {
        if case .person(let id) = self { id } else { nil }
    }
}

// MARK: Deciding

extension AccessChange {
    /// Until when somebody may go on with it; `nil` for what has ended.
    package var opensUntil: Timestamp? {
        switch standing {
        case .proposed: createdAt.adding(AccessChange.proposalLife)
        case .approved: approval?.at.adding(AccessChange.approvalLife)
        case .done, .withdrawn: nil
        }
    }

    /// Whether somebody has still to do something.
    package func isOpen(at now: Timestamp) -> Bool { opensUntil.map { now < $0 } ?? false }

    /// Takes it back.
    ///
    /// - Throws: ``RefusalCode/forbidden`` for another's, ``RefusalCode/decisionNotPossible`` for what has ended.
    mutating func withdraw(by person: OperatorID, at now: Timestamp) throws(Refusal) {
        try checkOpen(at: now)
        guard author == .person(person) else {
            throw Refusal(.forbidden, "Only who proposed it withdraws it.")
        }
        (standing, endedAt) = (.withdrawn, now)
    }

    /// Approves it; what is not to be taken by its proposer is done with that.
    ///
    /// - Throws: ``RefusalCode/forbidden`` for the proposer, and for whose access it is;
    ///   ``RefusalCode/decisionNotPossible`` for what is not proposed any more.
    mutating func approve(by person: OperatorID, at now: Timestamp) throws(Refusal) {
        try checkOpen(at: now)
        guard standing == .proposed else {
            throw Refusal(.decisionNotPossible, "Somebody has approved this already.")
        }
        guard author != .person(person) else {
            throw Refusal(.forbidden, "Who proposed it cannot approve it: another person must.")
        }
        guard subject != .person(person) else {
            throw Refusal(.forbidden, "Nobody approves what becomes of his or her own access: another person must.")
        }
        approval = Approval(person: person, at: now)
        if act == .makeKey { standing = .approved } else { (standing, endedAt) = (.done, now) }
    }

    /// Its proposer takes the key that was approved.
    ///
    /// - Throws: ``RefusalCode/forbidden`` for anybody else, ``RefusalCode/decisionNotPossible`` for what was taken.
    mutating func take(_ key: UniqueID, by person: OperatorID, at now: Timestamp) throws(Refusal) {
        try checkOpen(at: now)
        guard standing == .approved else {
            throw Refusal(.decisionNotPossible, "Another person has to approve this first.")
        }
        guard author == .person(person) else {
            throw Refusal(.forbidden, "Only who proposed the key is shown it.")
        }
        (self.key, standing, endedAt) = (key, .done, now)
    }

    private func checkOpen(at now: Timestamp) throws(Refusal) {
        switch standing {
        case .done: throw Refusal(.decisionNotPossible, "This has been done already.")
        case .withdrawn: throw Refusal(.decisionNotPossible, "This has been withdrawn.")
        case .proposed, .approved:
            guard isOpen(at: now) else {
                throw Refusal(.decisionNotPossible, "This has lapsed; propose it again.")
            }
        }
    }
}
