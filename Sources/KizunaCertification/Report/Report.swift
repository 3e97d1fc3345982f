import KizunaLedger
package import KizunaMoney
import KizunaPayments
package import KizunaWeb

/// What came of a certification.
package struct Report: Sendable {
    /// How one check ended at one target.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case passed
        /// A mandatory check did not pass.
        case failed
        /// A check that is advice did not pass.
        case advised
        /// There is nothing at this target that could be tried.
        case notApplicable
        /// It was not tried, because the address does not answer.
        case notTried
    }

    package struct Result: Sendable {
        package let check: Check
        package let side: Target.Side
        package let outcome: Outcome
        /// What was found, where it was not what would be right.
        package let found: String?
        package let exchanges: [Exchange]
        package let took: Duration
    }

    /// A target without what is only needed to speak to it.
    package struct Address: Sendable {
        package let side: Target.Side
        package let url: String
    }

    package let participant: String
    package let name: String
    package let addresses: [Address]
    package let results: [Result]
    package let began: Timestamp
    package let ended: Timestamp

    init(targets: [Target], results: [Result], began: Timestamp, ended: Timestamp) {
        participant = targets.first?.participant.id.description ?? ""
        name = targets.first?.participant.name ?? ""
        addresses = targets.map { Address(side: $0.side, url: $0.url) }
        self.results = results
        self.began = began
        self.ended = ended
    }

    package func count(_ outcome: Outcome) -> Int { results.count { $0.outcome == outcome } }

    /// Whether everything that is mandatory was tried and passed.
    package var isCertified: Bool {
        count(.passed) > 0 && count(.failed) == 0 && count(.notTried) == 0
    }
}

extension Report.Result {
    init(_ check: Check, _ target: Target, _ finding: Finding?, _ exchanges: [Exchange], took: Duration) {
        let outcome: Report.Outcome =
            switch (finding?.kind, check.weight) {
            case (nil, _): .passed
            case (.notApplicable, _): .notApplicable
            case (.failed, .mandatory): .failed
            case (.failed, .advice): .advised
            }
        self.init(
            check: check,
            side: target.side,
            outcome: outcome,
            found: finding?.sentence,
            exchanges: exchanges,
            took: took
        )
    }

    /// What could not be tried at an address that takes nothing.
    static func unreachable(_ check: Check, _ target: Target) -> Report.Result {
        Report.Result(
            check: check,
            side: target.side,
            outcome: .notTried,
            found: "Not tried: an ordinary message was not taken.",
            exchanges: [],
            took: .zero
        )
    }
}

// MARK: For programs

extension Report {
    package var json: JSON {
        [
            "participant": .string(participant),
            "name": .string(name),
            "certified": .bool(isCertified),
            "counts": .object(
                Outcome.allCases.map { JSON.Member(name: $0.rawValue, value: JSON(count($0))) }
            ),
            "targets": .array(addresses.map { ["side": .string($0.side.rawValue), "url": .string($0.url)] }),
            "beganAt": JSON(began),
            "endedAt": JSON(ended),
            "checks": .array(results.map(\.json)),
        ]
    }
}

extension Report.Result {
    fileprivate var json: JSON {
        [
            "id": .string(check.id),
            "side": .string(side.rawValue),
            "group": .string(check.group.rawValue),
            "weight": .string(check.weight.rawValue),
            "outcome": .string(outcome.rawValue),
            "right": .string(check.title),
            "why": .string(check.why),
            "contract": .string(check.section.rawValue),
            "found": JSON(found),
            "milliseconds": JSON(took.wholeMilliseconds),
            "exchanges": .array(exchanges.map(\.json)),
        ]
    }
}
