import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaWeb

/// How a shop's bank answers the question whether it will credit a shop.
extension Check {
    static let credit: [Check] = [
        question(
            "accepts",
            "A payment of the smallest amount to a shop is accepted",
            why: "This is what shops join for."
        ) {
            trial throws(Finding) in
            try await trial.send(trial.purchase().creditRequest).mustSay("ACCEPTED")
        },
        question(
            "again",
            "The same payment under a new message id gets the same answer",
            why: "A payment is known by its id, not by the message that brought it.",
            .twice
        ) { trial throws(Finding) in
            let letter = trial.purchase().creditRequest
            try await trial.send(letter).mustSay("ACCEPTED")
            try await trial.send(letter.renewed(trial.newID())).mustSay("ACCEPTED")
        },
        question(
            "again-at-once",
            "Eight repeats at the same time get no answer that says no",
            why: "Repeats overtake each other. Two of them must not make two credits, or a promise and a refusal.",
            .twice
        ) { trial throws(Finding) in
            let letter = trial.purchase().creditRequest
            for answer in await trial.sendTogether(Array(repeating: letter, count: 8)) {
                try answer.mustSay("ACCEPTED", "PENDING")
            }
            try await trial.send(letter).mustSay("ACCEPTED")
        },
        question(
            "other-amount",
            "The same payment id with another amount is refused, and the first amount stands",
            why:
                "One id is one payment. Whoever could change its amount could have a shop paid more than was reserved.",
            .twice
        ) { trial throws(Finding) in
            let purchase = trial.purchase()
            try await trial.send(purchase.creditRequest).mustSay("ACCEPTED")
            let other = purchase.creditRequest.changing {
                $0.setting(
                    "merchantAmount",
                    JSON(
                        Money(
                            minorUnits: trial.smallest.minorUnits * 7,
                            currency: trial.currency
                        )
                    )
                )
            }
            try await trial.send(other).mustReject()
            try await trial.send(purchase.creditRequest.renewed(trial.newID())).mustSay("ACCEPTED")
        },
        question(
            "unknown-shop",
            "A shop that is not known is refused",
            why: "Money for nobody would have to be found again by hand."
        ) { trial throws(Finding) in
            let nobody = Purchase.inventedShop(for: trial.currency, at: trial.now)
            try await trial.send(trial.purchase(shop: nobody).creditRequest).mustReject()
        },
        question(
            "known-reason",
            "A refusal names a reason of the contract",
            why: "The payer is told why in his own language; a reason that the switch does not know becomes "
                + "\"technical\"."
        ) { trial throws(Finding) in
            let nobody = Purchase.inventedShop(for: trial.currency, at: trial.now)
            let answer = await trial.send(trial.purchase(shop: nobody).creditRequest)
            try answer.mustReject()
            guard let reason = answer.json?.text(at: "reason"), DestinationReason.code(for: reason) != nil else {
                throw .failed("\(answer.words), without a reason such as \"merchant_not_found\".")
            }
        },
        question(
            "closed-shop",
            "A shop whose account is blocked or closed is refused",
            why: "A shop may be closed at its bank before the switch hears of it."
        ) { trial throws(Finding) in
            guard let closed = trial.target.closedShop else {
                throw .notApplicable("No shop of this bank is registered as blocked or closed.")
            }
            try await trial.send(trial.purchase(shop: closed).creditRequest).mustReject()
        },
        question(
            "other-currency",
            "A currency in which the shop is not paid is refused",
            why: "42,000 riel are ten dollars; 42,000 yen are three hundred."
        ) { trial throws(Finding) in
            let other: JSON = ["value": "42000", "currency": trial.currency == .jpy ? "KHR" : "JPY"]
            try await trial.refuses(amount: other)
        },
        amount("fraction", "A fraction of a yen or riel is refused", "1.5", why: "There is no such coin."),
        amount("zero", "An amount of zero is refused", "0", why: "It would be a receipt for nothing."),
        amount("negative", "An amount below zero is refused", "-100", why: "It would take money from the shop."),
        amount("words", "An amount that is no number is refused", "one hundred", why: "Nobody may guess an amount."),
        amount(
            "beyond-all-numbers",
            "An amount past 64 bits is refused",
            "99999999999999999999999999",
            why: "A number that wraps around becomes another amount."
        ),
        question(
            "number-for-text",
            "An amount as a JSON number is refused",
            why: "Amounts are text. What reads them as binary fractions rounds some of them."
        ) { trial throws(Finding) in
            let letter = trial.purchase().creditRequest
            let number = letter.changing { $0.setting("merchantAmount", "value", .number("1980.0")) }
            try await trial.send(number).mustReject()
        },
        question(
            "largest",
            "The largest payment is accepted, or refused with a limit of the bank's own",
            why: "300,000 yen, 8,000,000 riel: an amount that does not fit into the bank's fields shows here.",
            .limits
        ) { trial throws(Finding) in
            let most = Money(minorUnits: trial.bounds(trial.currency).upperBound, currency: trial.currency)
            try await trial.mustAccept(most, orRefuseWith: [.limitExceeded])
        },
        question(
            "cents",
            "One cent is accepted, or dollars are refused as a currency",
            why: "Shops in Cambodia are paid in riel or in dollars, which have two decimals.",
            .limits
        ) { trial throws(Finding) in
            guard trial.currency == .khr else { throw .notApplicable("Shops here are paid in yen only.") }
            let cent = Money(minorUnits: 1, currency: .usd)
            try await trial.mustAccept(cent, orRefuseWith: [.currencyNotSupported])
        },
        question(
            "no-reference",
            "A payment without a reference is accepted",
            why: "A printed code has none."
        ) { trial throws(Finding) in
            let letter = trial.purchase().naming(reference: .some(nil)).creditRequest
            try await trial.send(letter).mustSay("ACCEPTED")
        },
        question(
            "many-at-once",
            "Thirty-two different payments at the same time are all accepted",
            why: "Credits of one shop must not wait for each other until the switch has given up."
        ) { trial throws(Finding) in
            let letters = (1...32).map { _ in trial.purchase().creditRequest }
            for answer in await trial.sendTogether(letters) { try answer.mustSay("ACCEPTED") }
        },
    ]

    /// A check for shops' banks.
    static func question(
        _ name: String,
        _ title: String,
        why: String,
        _ section: Section = .server,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(.credit, name, title, why: why, section, for: [.acquirer], body: body)
    }

    private static func amount(_ name: String, _ title: String, _ value: String, why: String) -> Check {
        question(name, title, why: why) { trial throws(Finding) in
            try await trial.refuses(amount: ["value": .string(value), "currency": JSON(name: trial.currency)])
        }
    }
}

extension Trial {
    fileprivate func refuses(amount: JSON) async throws(Finding) {
        try await send(purchase().creditRequest.changing { $0.setting("merchantAmount", amount) }).mustReject()
    }

    fileprivate func mustAccept(_ amount: Money, orRefuseWith codes: [RefusalCode]) async throws(Finding) {
        let answer = await send(purchase(amount).creditRequest)
        guard answer.word != "ACCEPTED" else { return try answer.mustBeGood() }
        let reason = answer.json?.text(at: "reason").flatMap(DestinationReason.code)
        guard let reason, codes.contains(reason) else {
            throw .failed("\(answer.words), neither accepted nor \(codes.map(\.rawValue).joined(separator: " or ")).")
        }
    }
}
