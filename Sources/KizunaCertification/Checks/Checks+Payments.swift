import KizunaMoney
import KizunaPayments
import KizunaWeb

/// What a payer's bank is told of payments and refunds. It has submitted none of these: it takes the message, and books
/// nothing.
extension Check {
    static let payments: [Check] = [
        told("success", "A payment that has been paid is taken", why: "This is when the payer is debited.") {
            trial throws(Finding) in
            try await trial.send(trial.purchase().update(.completed)).mustBeGood()
        },
        told("failure", "A payment that was rejected is taken", why: "This is when the payer's hold is let go.") {
            trial throws(Finding) in
            try await trial.send(trial.purchase().update(.rejected)).mustBeGood()
        },
        told(
            "unknown",
            "A payment whose outcome is unknown is taken",
            why: "The payer is shown \"pending, do not pay again\", and the hold stays.",
            .silence
        ) { trial throws(Finding) in
            try await trial.send(trial.purchase().update(.unknown)).mustBeGood()
        },
        told(
            "every-state",
            "Every state that a payment can have is taken",
            why: "A message that is not taken comes again for three days, and everything behind it waits."
        ) { trial throws(Finding) in
            for state in PaymentState.allCases where state.isHandedOver {
                try await trial.send(trial.purchase().update(state)).mustBeGood()
            }
        },
        told(
            "every-reason",
            "Every reason for a rejection is taken",
            why: "Each is a sentence that the payer may read, in the payer's language."
        ) { trial throws(Finding) in
            for reason in RefusalCode.allCases {
                try await trial.send(trial.purchase().update(.rejected, reason: reason)).mustBeGood()
            }
        },
        told(
            "state-of-tomorrow",
            "A state and a reason that are not known yet are taken",
            why: "The contract only grows. What is not known is not an end: \"outcome\" says whether to wait."
        ) { trial throws(Finding) in
            let letter = trial.purchase().update(.rejected).changing { body in
                body.setting("state", "SCHEDULED").setting("outcome", "pending").setting(
                    "reason",
                    [
                        "code": "reason_of_tomorrow", "isoReason": nil, "detail": "A reason of tomorrow.",
                    ]
                )
            }
            try await trial.send(letter).mustBeGood()
        },
        told(
            "repeated",
            "The end of a payment under a new message id is taken",
            why: "The payer is debited once, however often it is told: a payment is known by its id.",
            .twice
        ) { trial throws(Finding) in
            let letter = trial.purchase().update(.completed)
            try await trial.send(letter).mustBeGood()
            try await trial.send(letter.renewed(trial.newID())).mustBeGood()
        },
        told(
            "backwards",
            "A state from before that arrives after the end is taken",
            why: "Messages overtake each other. What is older changes nothing, and is no error."
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.update(.completed)).mustBeGood()
            try await trial.send(purchase.update(.sent)).mustBeGood()
        },
        told(
            "smallest",
            "The smallest payment, of one yen, 100 riel or one cent, is taken",
            why: "A fee of nothing and a rate over nothing must not stop a bank.",
            .limits
        ) { trial throws(Finding) in
            try await trial.tell(ofEachCurrency: { $0.lowerBound })
        },
        told(
            "largest",
            "The largest payment is taken",
            why: "An amount that does not fit into the bank's fields shows here.",
            .limits
        ) { trial throws(Finding) in
            try await trial.tell(ofEachCurrency: { $0.upperBound })
        },
        told(
            "many-at-once",
            "Thirty-two different payments at the same time are all taken",
            why: "Payments end in bursts, above all when a bank has come back."
        ) { trial throws(Finding) in
            let letters = (1...32).map { _ in trial.purchase().update(.completed) }
            for answer in await trial.sendTogether(letters) { try answer.mustBeGood() }
        },
    ]

    static let refunds: [Check] = [
        refund("part", "A part that comes back is taken", why: "This is when the payer is credited.") {
            trial throws(Finding) in
            try await trial.send(trial.refund(.part)).mustBeGood()
        },
        refund("rest", "The rest, with the issuer's own fee, is taken", why: "The last part brings the fee back.") {
            trial throws(Finding) in
            try await trial.send(trial.refund(.rest)).mustBeGood()
        },
        refund(
            "repeated",
            "The same refund, under the same id and under a new one, is taken",
            why: "The payer is credited once: a refund is known by its id.",
            .twice
        ) { trial throws(Finding) in
            let letter = trial.refund(.part)
            try await trial.send(letter).mustBeGood()
            try await trial.send(letter).mustBeGood()
            try await trial.send(letter.renewed(trial.newID())).mustBeGood()
        },
        refund(
            "two-parts-backwards",
            "Two parts that arrive in the wrong order are both taken",
            why: "Messages overtake each other; each part says its own number and amount."
        ) { trial throws(Finding) in
            var purchase = trial.purchase(trial.tenfold).completed
            let parts = [purchase.refund(trial.smallest), purchase.refund(nil)]
            for part in parts.reversed() { try await trial.send(purchase.refundNotice(part)).mustBeGood() }
        },
        refund(
            "without-amount",
            "A refund that does not say how much is refused with 4xx",
            why: "Nobody may guess what a payer gets back."
        ) { trial throws(Finding) in
            let letter = trial.refund(.part).changing { $0.removing("payerAmount") }
            try await trial.send(letter).mustBeRefusal()
        },
    ]

    private static func told(
        _ name: String,
        _ title: String,
        why: String,
        _ section: Section = .server,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(.payment, name, title, why: why, section, for: [.issuer], body: body)
    }

    private static func refund(
        _ name: String,
        _ title: String,
        why: String,
        _ section: Section = .server,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(.refund, name, title, why: why, section, for: [.issuer], body: body)
    }
}

extension Trial {
    fileprivate enum Share { case part, rest }

    fileprivate var tenfold: Money { Money(minorUnits: smallest.minorUnits * 10, currency: currency) }

    /// What a payer's bank is told when money comes back.
    fileprivate func refund(_ share: Share) -> Letter {
        var purchase = purchase(tenfold).completed
        let refund = purchase.refund(share == .part ? smallest : nil)
        return purchase.refundNotice(refund)
    }

    /// Tells of payments in each currency in which shops of the other country are paid.
    fileprivate func tell(ofEachCurrency bound: (ClosedRange<Int64>) -> Int64) async throws(Finding) {
        for currency in currency == .jpy ? [.jpy] : [.khr, .usd] as [Currency] {
            let amount = Money(minorUnits: bound(bounds(currency)), currency: currency)
            try await send(purchase(amount).update(.completed)).mustBeGood()
        }
    }
}
