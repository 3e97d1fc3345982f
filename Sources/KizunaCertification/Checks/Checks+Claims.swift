import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Recalls and disputes: when money is wanted back.
extension Check {
    static let recalls: [Check] = [
        recall("answered", "A recall of a paid payment is answered, or taken to be answered later", for: [.acquirer]) {
            trial throws(Finding) in
            try await trial.send(trial.commit().recall(.recallRequest, .customerRequest)).mustAnswerRecall()
        },
        recall("fraud", "A recall because of fraud is answered, or taken to be answered later", for: [.acquirer]) {
            trial throws(Finding) in
            try await trial.send(trial.commit().recall(.recallRequest, .fraud)).mustAnswerRecall()
        },
        recall("again", "The same recall gets the same answer", for: [.acquirer]) { trial throws(Finding) in
            let letter = try await trial.commit().recall(.recallRequest, .customerRequest)
            let first = await trial.send(letter)
            try first.mustAnswerRecall()
            let second = await trial.send(letter)
            try second.mustAnswerRecall()
            guard first.word == second.word else {
                throw .failed("First \(first.word ?? "nothing") was said, then \(second.word ?? "nothing").")
            }
        },
        recall(
            "unknown-payment",
            "A recall of a payment that is not known is not granted",
            for: [.acquirer]
        ) { trial throws(Finding) in
            let answer = await trial.send(trial.purchase().recall(.recallRequest, .duplicate))
            guard answer.isSound, answer.word != "ACCEPTED" else {
                throw .failed("\(answer.words), though it cannot know the payment.")
            }
        },
        recall("update", "Every state of a recall is taken when it is told", for: [.issuer, .acquirer]) {
            trial throws(Finding) in
            for state in Recall.State.allCases {
                try await trial.send(trial.purchase().recall(.recallUpdate, .fraud, state)).mustBeGood()
            }
        },
    ]

    static let disputes: [Check] = [
        Check(
            .dispute,
            "update",
            "Every state of a dispute is taken when it is told",
            why: "Whose turn it is has ten business days. Who was not told loses them.",
            .disputes,
            for: [.issuer, .acquirer]
        ) { trial throws(Finding) in
            for state in Dispute.State.allCases {
                try await trial.send(trial.purchase().disputeUpdate(state)).mustBeGood()
            }
        },
        Check(
            .dispute,
            "repeated",
            "The same state of a dispute is taken again",
            why: "The answer to the first message may have been lost.",
            .twice,
            for: [.issuer, .acquirer]
        ) { trial throws(Finding) in
            let letter = trial.purchase().disputeUpdate(.opened)
            for _ in 1...2 { try await trial.send(letter).mustBeGood() }
        },
    ]

    private static func recall(
        _ name: String,
        _ title: String,
        for sides: Set<Target.Side>,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(
            .recall,
            name,
            title,
            why: "Silence for ten business days is a refusal; what was paid by fraud is to be held fast in a day.",
            .recalls,
            for: sides,
            body: body
        )
    }
}

extension Answer {
    /// Granted, refused with a reason of camt.029, or taken to be answered later.
    fileprivate func mustAnswerRecall() throws(Finding) {
        guard let response, isGood || isRefusal && word == "REFUSED" else { throw .failed("\(words), not 2xx.") }
        guard !response.body.isEmpty else { return }
        switch word {
        case "ACCEPTED", "PENDING": break
        case "REFUSED":
            guard json?.text(at: "reason").flatMap(ReversalRefusal.init(rawValue:)) != nil else {
                throw .failed("\(words), without a reason of camt.029 such as \"CUST\".")
            }
        default: throw .failed("\(words), which says neither ACCEPTED, REFUSED nor PENDING.")
        }
    }
}
