import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A payer's bank asks for money back; it does not look whether that is possible.
struct RecallAction: Action {
    let payment: Int
    /// In hundredths of the payment; `nil` for all that is left.
    let percent: Int64?
    let reason: Recall.Reason
    let seed: UInt64

    var title: String { "payment \(payment): its issuer recalls \(percent.map { "\($0) %" } ?? "what is left")" }

    func perform(in world: World) {
        guard let story = world.stories[payment], let id = story.payment else { return }
        guard let paid = world.paidAmount(of: id) else { return }
        let amount = percent.map { paid.part(inHundred: $0) }
        let issuer = story.pay.issuer
        world.request(
            Submission(
                caller: .participant(issuer.id),
                command: .recall(RequestRecall(payment: id, reason: reason, amount: amount)),
                idempotency: world.token(issuer, .recall, "recall-\(seed)", body: seed)
            ),
            about: (payment, .recall)
        ) { outcome in
            if case .success(.recall)? = outcome?.result { world.note(Incident.recalled) }
        }
    }
}

/// What a shop's bank makes of a recall.
enum RecallMind: Sendable, Hashable {
    case grants
    case refuses
    /// Takes note, and grants by a call of its own after so many milliseconds; at first, perhaps, under the UETR that
    /// the payment bears already.
    case answersLater(Int64, usedUETR: Bool)
    /// Says nothing until the time is over.
    case forgets
}

extension World {
    /// The bank's answer to a recall's message; a later one is scheduled.
    func answer(_ delivery: Delivery, _ mind: RecallMind) -> DeliveryOutcome {
        guard let recall = delivery.recall else { return .acknowledged }
        switch mind {
        case .grants: return .granted(nil)
        case .refuses: return .cancellationRefused(.customerDecision)
        case .forgets: return .acknowledged
        case .answersLater(let pause, let usedUETR):
            schedule(after: pause) { [self] in
                guard usedUETR else { return grant(recall, of: delivery.payment.id, under: nil) }
                count(Fault.uetrUsedAgain)
                grant(recall, of: delivery.payment.id, under: delivery.payment.uetr)
            }
            return .acknowledged
        }
    }

    /// The bank grants a recall by a call of its own, and once more without a UETR where it is refused with one.
    private func grant(_ recall: Recall, of payment: PaymentID, under uetr: UETR?) {
        request(
            Submission(
                caller: .participant(recall.acquirer),
                command: .answerRecall(recall.id, .granted(amount: nil, uetr: uetr))
            ),
            about: (numbers[payment] ?? 0, .recall)
        ) { [self] outcome in
            if case .failure? = outcome?.result, uetr != nil { grant(recall, of: payment, under: nil) }
        }
    }
}

extension Money {
    /// So many hundredths, in whole customer units and at least one of them.
    func part(inHundred percent: Int64) -> Money {
        let unit = currency.customerUnitMinorUnits
        return Money(minorUnits: max(unit, minorUnits / unit * percent / 100 * unit), currency: currency)
    }
}
