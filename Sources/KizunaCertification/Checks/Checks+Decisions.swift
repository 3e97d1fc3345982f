import KizunaMoney
import KizunaPayments
import KizunaWeb

/// Whether a shop's bank keeps to what the switch has decided.
extension Check {
    static let decisions: [Check] = [
        decision("commit", "COMMITTED for a promised payment is taken", why: "This is when the shop is credited.") {
            trial throws(Finding) in
            _ = try await trial.commit()
        },
        decision(
            "commit-again",
            "COMMITTED again, under the same id and under a new one, is taken",
            why: "The answer to the first may have been lost. The shop is credited once.",
            .twice
        ) { trial throws(Finding) in
            let purchase = try await trial.commit()
            let letter = purchase.decision(.completed)
            try await trial.send(letter).mustBeGood()
            try await trial.send(letter).mustBeGood()
        },
        decision(
            "request-after-commit",
            "A credit request that arrives once more after COMMITTED is accepted",
            why: "A repeat that was overtaken by the decision must not seem to be a no."
        ) { trial throws(Finding) in
            let purchase = try await trial.commit()
            try await trial.send(purchase.creditRequest).mustSay("ACCEPTED")
        },
        decision(
            "commit-late",
            "COMMITTED an hour after the deadline is taken",
            why: "The decision may have waited for the bank's own server to come back. It stands."
        ) { trial throws(Finding) in
            let purchase = trial.purchase(secondsAgo: 3_600)
            await trial.send(purchase.creditRequest)
            try await trial.send(purchase.decision(.completed)).mustBeGood()
            trial.forget(purchase)
        },
        decision(
            "commit-unknown",
            "COMMITTED for a payment that is not known is taken",
            why: "A bank that was restored from yesterday's backup is told of payments that it has forgotten. The "
                + "message says all that it needs.",
            .contradictions
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.decision(.completed)).mustBeGood()
            trial.forget(purchase)
        },
        decision("abort", "ABORTED for a promised payment is taken", why: "The shop is not credited.", .silence) {
            trial throws(Finding) in
            _ = try await trial.abort()
        },
        decision("abort-again", "ABORTED again is taken", why: "The answer to the first may have been lost.", .twice) {
            trial throws(Finding) in
            let purchase = try await trial.abort()
            try await trial.send(purchase.decision(.rejected)).mustBeGood()
        },
        decision(
            "request-after-abort",
            "A credit request that arrives once more after ABORTED is refused",
            why: "The payer has been told that he keeps his money. A promise made now would never be kept.",
            .silence,
            link: .twoPhase
        ) { trial throws(Finding) in
            let purchase = try await trial.abort()
            try await trial.send(purchase.creditRequest).mustReject()
        },
        decision(
            "abort-first",
            "ABORTED that overtakes its credit request is taken, and the request is refused then",
            why: "Messages overtake each other. The order in which they arrive decides nothing.",
            .silence
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.decision(.rejected)).mustBeGood()
            try await trial.send(purchase.creditRequest).mustReject()
        },
        decision(
            "abort-after-commit",
            "ABORTED that arrives after COMMITTED changes nothing",
            why: "What is final stays. An abort from before can be late: it is sent until it is taken.",
            .contradictions
        ) { trial throws(Finding) in
            let purchase = try await trial.commit()
            await trial.send(purchase.decision(.rejected))
            try await trial.send(purchase.creditRequest).mustSay("ACCEPTED")
        },
        decision(
            "commit-after-abort",
            "COMMITTED after ABORTED is taken",
            why: "Two persons at the switch may honour a payment that had been rejected. Theirs is the last word.",
            .contradictions,
            link: .singlePhase
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.decision(.rejected)).mustBeGood()
            try await trial.send(purchase.decision(.completed)).mustBeGood()
            trial.forget(purchase)
        },
        decision(
            "unknown-word",
            "A decision that is neither COMMITTED nor ABORTED is refused with 4xx",
            why: "A bank must not credit, or drop, because of a word that it does not know."
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.creditRequest).mustSay("ACCEPTED")
            let letter = purchase.decision(.completed).changing { $0.setting("decision", "PERHAPS") }
            try await trial.send(letter).mustBeRefusal()
        },
        decision(
            "other-amount",
            "A decision about another amount than the promised one is refused with 4xx",
            why: "The shop is credited what was asked for, to the unit, or nothing."
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.creditRequest).mustSay("ACCEPTED")
            let other = Money(minorUnits: trial.smallest.minorUnits * 9, currency: trial.currency)
            let letter = purchase.decision(.completed).changing { $0.setting("merchantAmount", JSON(other)) }
            try await trial.send(letter).mustBeRefusal()
        },
    ]

    private static func decision(
        _ name: String,
        _ title: String,
        why: String,
        _ section: Section = .server,
        link: Participant.LinkKind? = nil,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(.decision, name, title, why: why, section, for: [.acquirer], link: link, body: body)
    }
}

extension Trial {
    /// A payment that was promised and committed.
    func commit() async throws(Finding) -> Purchase {
        let purchase = purchase()
        try await send(purchase.creditRequest).mustSay("ACCEPTED")
        try await send(purchase.decision(.completed)).mustBeGood()
        forget(purchase)
        return purchase
    }

    /// A payment that was promised and aborted.
    fileprivate func abort() async throws(Finding) -> Purchase {
        let purchase = purchase()
        try await send(purchase.creditRequest).mustSay("ACCEPTED")
        try await send(purchase.decision(.rejected)).mustBeGood()
        return purchase
    }
}
