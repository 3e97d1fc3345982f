package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// What a person who works for the switch has looked at or done.
///
/// It names things by their ids, and what was looked for by its kind: nothing that it bears is anybody's.
package struct AuditEntry: Sendable, Hashable {
    /// The raw value is what is stored: below 100 for looking, from there on for doing.
    package enum Act: Int, Sendable, Hashable, CaseIterable {
        case sawPayment = 1
        case searchedPayments = 2
        case sawException = 3
        case sawDispute = 4
        case sawShop = 5
        case searchedShops = 6
        case sawLog = 7

        case proposed = 100
        case withdrew = 101
        case approved = 102
        case decidedDispute = 103
        case froze = 104
        case lifted = 105
        case importedShops = 106
        case signedIn = 107
        case proposedDispute = 108
        case withdrewDispute = 109

        package var isDeed: Bool { rawValue >= 100 }
    }

    /// How long entries are kept after they were made: more than the twelve months that PCI DSS 4.0 asks for (10.5.1).
    package static let life = Duration.seconds(400 * 86_400)
    /// How many older ones go with each that comes.
    package static let mostClearedAtOnce = 20
    /// Room for a reason, or for the kinds of all that a search names.
    package static let longestDetail = 200

    /// Version 7, of the moment.
    package let id: UniqueID
    package let person: OperatorID
    package let act: Act
    /// The payment, dispute or shop that it was about; `nil` for lists.
    package let subject: UniqueID?
    /// A reason, the kinds of what a search named, or how many were changed: at most ``longestDetail`` characters.
    package let detail: String?

    package init(id: UniqueID, person: OperatorID, act: Act, subject: UniqueID? = nil, detail: String? = nil) {
        self.id = id
        self.person = person
        self.act = act
        self.subject = subject
        self.detail = detail
    }

    package var at: Timestamp { id.moment }

    /// In front of every entry that is kept once there is one of this id.
    package static func oldestKept(at id: UniqueID) -> UniqueID { .version7(before: id.moment.adding(.zero - life)) }
}

/// Which entries somebody looks for, the latest first.
package struct AuditSearch: Sendable, Hashable {
    package var person: OperatorID?
    /// Only what was about one of these; empty for everything. Then it counts not by whom.
    package var subjects: [UniqueID]
    package var from: Timestamp?
    /// Without the moment itself.
    package var until: Timestamp?
    /// Only those with smaller ids: where the list before ended.
    package var before: UniqueID?
    package var limit: Int

    package init(
        person: OperatorID? = nil,
        subjects: [UniqueID] = [],
        from: Timestamp? = nil,
        until: Timestamp? = nil,
        before: UniqueID? = nil,
        limit: Int = 100
    ) {
        self.person = person
        self.subjects = subjects
        self.from = from
        self.until = until
        self.before = before
        self.limit = limit
    }

    /// The ids that come into question, without the upper end.
    package var ids: (lowest: UniqueID, end: UniqueID) {
        let lowest = from.map { UniqueID.version7(before: $0) } ?? UniqueID(high: 0, low: 0)
        let end = UniqueID(high: .max, low: .max)
        return (lowest, min(before ?? end, until.map { UniqueID.version7(before: $0) } ?? end))
    }

    /// The latest of entries that were found one subject after the other.
    package func latest(of entries: [AuditEntry]) -> [AuditEntry] {
        Array(entries.sorted { $0.id > $1.id }.prefix(max(0, limit)))
    }
}
