import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Every message about a payment, and what became of it.
///
/// One that has arrived is removed, so that a payment leaves little behind; which there were, and what was answered to a
/// question, the payment's own history tells. What has not arrived is there as it is.
struct MessageTable {
    let facts: PaymentFacts
    let site: Words

    private var words: MessageWords { site.console.messages }

    private enum Fate {
        case arrived
        /// A question's answer.
        case answered(PaymentHistory.Event)
        /// A question that nobody has answered while it was of use.
        case unanswered
        case waiting(OutboxMessage)
    }

    private struct Line {
        let kind: OutboxMessage.Kind
        let destination: String
        let at: Timestamp
        let fate: Fate
    }

    var markup: Markup {
        Part.table(
            caption: site.console.xray.messages,
            columns: [words.written, words.kind, words.to, words.fate, words.attempts, words.next],
            numbers: [4],
            rows: lines.map { line in
                [
                    line.at.timeOfDay(site), .text(words.kindName(line.kind)), .text(line.destination),
                    fate(line.fate), attempts(line.fate), next(line.fate),
                ]
            }
        )
    }

    private var lines: [Line] {
        var waiting = facts.messages
        var lines: [Line] = []
        for letter in facts.payment.letters(refunds: facts.refunds) {
            let place = waiting.firstIndex {
                ($0.kind, $0.destination, $0.createdAt) == (letter.kind, letter.destination, letter.at)
            }
            let message = place.map { waiting.remove(at: $0) }
            lines.append(
                Line(
                    kind: letter.kind,
                    destination: facts.name(letter.destination),
                    at: letter.at,
                    fate: message.map { Fate.waiting($0) } ?? fate(of: letter)
                )
            )
        }
        lines += waiting.map {
            Line(kind: $0.kind, destination: facts.name($0.destination), at: $0.createdAt, fate: .waiting($0))
        }
        return lines.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private func fate(of letter: Letter) -> Fate {
        switch letter.kind {
        case .creditRequest, .statusQuery, .reversalRequest:
            // What happened next says whether it was an answer.
            let next = facts.payment.events?.first {
                $0.at >= letter.at && $0.actor != .issuer && !$0.isCause(of: letter)
            }
            guard let next, next.actor == .destination else { return .unanswered }
            return .answered(next)
        case .creditDecision, .paymentUpdate, .refundNotice, .recallRequest, .recallUpdate, .disputeUpdate, .event:
            return .arrived
        }
    }

    private func fate(_ fate: Fate) -> Markup {
        switch fate {
        case .arrived: Part.badge(words.arrived, .good)
        case .answered(let event): "\(site.console.sequence.trigger(event.trigger)), \(event.at.timeOfDay(site))"
        case .unanswered: Part.badge(words.unanswered, .warn)
        case .waiting(let message):
            switch message.standing {
            case .sending: Part.badge(words.sending, message.attempts == 0 ? .plain : .warn)
            case .inInbox: Part.badge(words.inInbox, .plain)
            case .givenUp: Part.badge(words.givenUp, .bad)
            }
        }
    }

    private func attempts(_ fate: Fate) -> Markup {
        guard case .waiting(let message) = fate else { return "" }
        return "\(message.attempts)"
    }

    private func next(_ fate: Fate) -> Markup {
        guard case .waiting(let message) = fate, let dueAt = message.dueAt else { return "" }
        return dueAt.timeOfDay(site)
    }
}

extension PaymentHistory.Event {
    /// Whether the letter was written because of it.
    fileprivate func isCause(of letter: Letter) -> Bool {
        switch letter.kind {
        case .statusQuery: state == .unknown
        case .reversalRequest: state == .reversing
        case .creditRequest, .creditDecision, .paymentUpdate, .refundNotice, .recallRequest, .recallUpdate,
            .disputeUpdate, .event:
            false
        }
    }
}
