import KizunaPayments
import KizunaWeb

/// What a shop's bank that credits as it accepts is asked after silence, and what it is asked to undo.
extension Check {
    static let questions: [Check] = [
        asked("known", "A payment that was accepted is answered with ACCEPTED", why: Check.silenceWhy) {
            trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.creditRequest).mustSay("ACCEPTED")
            try await trial.send(purchase.statusQuery).mustSay("ACCEPTED")
        },
        asked(
            "unknown",
            "A payment that never arrived is answered with NOT_FOUND",
            why: "Then the switch lets the payer's money go. \"ACCEPTED\" would take it, and no answer keeps it held."
        ) { trial throws(Finding) in
            try await trial.send(trial.purchase().statusQuery).mustSay("NOT_FOUND")
        },
        asked(
            "refused",
            "A payment that was refused is answered with REJECTED, or NOT_FOUND",
            why: Check.silenceWhy
        ) { trial throws(Finding) in
            let purchase = trial.purchase(shop: Purchase.inventedShop(for: trial.currency, at: trial.now))
            try await trial.send(purchase.creditRequest).mustReject()
            try await trial.send(purchase.statusQuery).mustSay("REJECTED", "NOT_FOUND")
        },
        asked(
            "again",
            "The same question gets the same answer",
            why: "The switch asks after 1, 2, 5, 10 and 30 seconds, then each minute."
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.creditRequest).mustSay("ACCEPTED")
            for _ in 1...3 { try await trial.send(purchase.statusQuery.renewed(trial.newID())).mustSay("ACCEPTED") }
        },
        asked(
            "changes-nothing",
            "A question about a payment does not make it",
            why: "The credit request may still be on its way: it must find things as they were."
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            for _ in 1...2 { try await trial.send(purchase.statusQuery).mustSay("NOT_FOUND") }
            try await trial.send(purchase.creditRequest).mustSay("ACCEPTED")
        },
    ]

    static let reversals: [Check] = [
        undone("credited", "A credit is undone: CANCELLED", why: "The payer has been told that he keeps his money.") {
            trial throws(Finding) in
            _ = try await trial.reverse()
        },
        undone(
            "again",
            "The same reversal gets the same answer",
            why: "It is asked twice a minute until it is answered. It undoes one credit once.",
            .twice
        ) { trial throws(Finding) in
            let purchase = try await trial.reverse()
            try await trial.send(purchase.reversalRequest.renewed(trial.newID())).mustSay("CANCELLED")
        },
        undone(
            "unknown",
            "A payment that never arrived is answered with NOT_FOUND or CANCELLED",
            why: "Nothing stands of it; the switch must be told so, or people have to decide."
        ) { trial throws(Finding) in
            try await trial.send(trial.purchase().reversalRequest).mustSay("NOT_FOUND", "CANCELLED")
        },
        undone(
            "first",
            "A credit request that arrives after its reversal is refused",
            why: "Messages overtake each other: the request would credit what has been undone."
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.reversalRequest).mustSay("NOT_FOUND", "CANCELLED")
            try await trial.send(purchase.creditRequest).mustReject()
        },
        undone(
            "request-afterwards",
            "A credit request that arrives once more after the reversal is refused",
            why: "A repeat would credit again what has been undone."
        ) { trial throws(Finding) in
            let purchase = try await trial.reverse()
            try await trial.send(purchase.creditRequest).mustReject()
        },
        undone(
            "question-afterwards",
            "A status query after the reversal is not answered with ACCEPTED",
            why: "Success reported after a reversal begins another one; after three, people are called.",
            .contradictions
        ) { trial throws(Finding) in
            let purchase = try await trial.reverse()
            try await trial.send(purchase.statusQuery).mustSay("REJECTED", "NOT_FOUND")
        },
    ]

    private static let silenceWhy =
        "Its answer was lost. The switch never guesses: the payer's money stays held until this bank says what became "
        + "of the payment."

    private static func asked(
        _ name: String,
        _ title: String,
        why: String,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(.question, name, title, why: why, .silence, for: [.acquirer], link: .singlePhase, body: body)
    }

    private static func undone(
        _ name: String,
        _ title: String,
        why: String,
        _ section: Section = .silence,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(.reversal, name, title, why: why, section, for: [.acquirer], link: .singlePhase, body: body)
    }
}

extension Trial {
    /// A payment that was credited and undone.
    fileprivate func reverse() async throws(Finding) -> Purchase {
        let purchase = purchase()
        try await send(purchase.creditRequest).mustSay("ACCEPTED")
        try await send(purchase.reversalRequest).mustSay("CANCELLED")
        return purchase
    }
}
