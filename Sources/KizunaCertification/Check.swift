package import KizunaPayments

/// One thing that a participant's server keeps to, and how it is tried.
package struct Check: Sendable {
    /// What checks are about.
    package enum Group: String, Sendable, Hashable, CaseIterable {
        case reach, http, signature, credit, name, decision, question, reversal, recall, dispute, payment, refund
        case webhook, inbox, rate

        package var title: String {
            switch self {
            case .reach: "The way there"
            case .http: "HTTP and JSON"
            case .signature: "Signatures"
            case .credit: "Credit requests"
            case .name: "Names"
            case .decision: "Decisions"
            case .question: "Status queries"
            case .reversal: "Reversals"
            case .recall: "Recalls"
            case .dispute: "Disputes"
            case .payment: "Payment updates"
            case .refund: "Refunds"
            case .webhook: "Webhooks"
            case .inbox: "Inbox"
            case .rate: "Rates"
            }
        }
    }

    /// What a failure means.
    package enum Weight: String, Sendable, Hashable {
        /// The participant is not certified.
        case mandatory
        /// It is told so, and certified all the same.
        case advice
    }

    /// Where the contract says it, as a page of this repository with its heading.
    package enum Section: String, Sendable, Hashable, CaseIterable {
        case messages = "docs/api.md#what-the-switch-sends"
        case server = "docs/api.md#what-a-participants-server-keeps-to"
        case inbox = "docs/api.md#without-an-address-the-inbox"
        case webhooks = "docs/api.md#webhooks-events-at-further-addresses"
        case twice = "docs/api.md#twice-the-same"
        case limits = "docs/api.md#limits"
        case silence = "docs/payments.md#silence"
        case contradictions = "docs/payments.md#contradictions"
        case recalls = "docs/claims.md#recalls"
        case disputes = "docs/claims.md#disputes"
        case prices = "docs/prices.md#from-rates-to-an-offer"
    }

    /// `signature.altered-body`: the group, and what is special about it.
    package let id: String
    package let group: Group
    /// What would be right, in one line.
    package let title: String
    /// Why it matters.
    package let why: String
    package let section: Section
    package let weight: Weight
    /// The sides that it is for.
    package let sides: Set<Target.Side>
    /// The kind of destinations that it is for; `nil` for both.
    package let link: Participant.LinkKind?
    let body: @Sendable (Trial) async throws(Finding) -> Void

    init(
        _ group: Group,
        _ name: String,
        _ title: String,
        why: String,
        _ section: Section,
        _ weight: Weight = .mandatory,
        for sides: Set<Target.Side>,
        link: Participant.LinkKind? = nil,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) {
        id = "\(group.rawValue).\(name)"
        self.group = group
        self.title = title
        self.why = why
        self.section = section
        self.weight = weight
        self.sides = sides
        self.link = link
        self.body = body
    }

    /// Whether the check is for a target at all.
    package func isFor(_ target: Target) -> Bool {
        sides.contains(target.side) && (link ?? target.participant.linkKind) == target.participant.linkKind
    }

    /// Every check, in the order in which they are tried.
    package static let all: [Check] =
        reach + http + signatures + credit + names + decisions + questions + reversals + recalls + disputes + payments
        + refunds + webhooks + inbox + rates
}

/// Why a check did not pass.
struct Finding: Error, Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case failed
        /// There is nothing at this target that could be tried.
        case notApplicable
    }

    let kind: Kind
    /// What was found, in one sentence.
    let sentence: String

    static func failed(_ sentence: String) -> Finding { Finding(kind: .failed, sentence: sentence) }
    static func notApplicable(_ sentence: String) -> Finding { Finding(kind: .notApplicable, sentence: sentence) }
}
