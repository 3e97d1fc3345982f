import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The network between the switch and the banks: it takes its time, and loses, repeats and delays as planned.
struct SimulatedLinks: Links {
    private let world: World
    private let process: Int

    init(_ world: World, process: Int) {
        self.world = world
        self.process = process
    }

    func deliver(_ delivery: Delivery, timeout: Duration, answer: @escaping @Sendable (DeliveryOutcome) -> Void) {
        world.carry(delivery, timeout: timeout.wholeMilliseconds, answer: answer)
    }

    /// No bank of these worlds has a webhook, so that nobody is there to answer.
    func announce(_ announcement: Announcement, timeout: Duration, answer: @escaping @Sendable (Int?) -> Void) {
        world.schedule(after: timeout.wholeMilliseconds) { answer(nil) }
    }
}

extension World {
    func carry(_ delivery: Delivery, timeout: Int64, answer: @escaping (DeliveryOutcome) -> Void) {
        let message = delivery.message
        note(.delivery, message.id)
        for auditor in auditors { auditor.sent(delivery) }
        let payment = numbers[message.payment] ?? 0
        let trouble = takeDisturbance(.message(message.kind), of: payment, attempt: message.attempts + 1)
        var isOver = false
        let finish = { [self] (outcome: DeliveryOutcome) in
            guard !isOver else { return }
            isOver = true
            note(.outcome, message.id.low, outcome.digest)
            for auditor in auditors { auditor.heard(outcome, to: delivery) }
            answer(outcome)
        }
        schedule(after: timeout) { finish(.noAnswer) }
        guard trouble != .requestLost else { return }
        let arrival = now + transit()
        schedule(at: arrival) { [self] in
            guard let outcome = reach(delivery, trouble), trouble != .answerLost, trouble != .late,
                mischief.mute[message.destination] == nil
            else { return }
            schedule(after: transit()) { finish(outcome.disturbed(by: trouble, message.kind)) }
        }
        guard trouble == .repeated else { return }
        schedule(at: arrival + dice.number(0...2_000)) { [self] in _ = reach(delivery, nil) }
    }

    /// Hands a message to its receiver.
    ///
    /// - Returns: nothing when nobody is there.
    private func reach(_ delivery: Delivery, _ trouble: Disturbance.Kind?) -> DeliveryOutcome? {
        let message = delivery.message
        guard mischief.silent[message.destination] == nil else { return nil }
        let number = numbers[message.payment]
        let pay = number.flatMap { stories[$0]?.pay }
        guard let outcome = banks[message.destination]?.take(delivery, by: pay, in: self) else { return nil }
        if trouble == .late { answerLate(delivery, outcome) }
        if trouble == .contradicting, let number { stories[number]?.isBankHonest = false }
        return outcome
    }

    /// The bank answers by a call of its own, around the switch's deadline.
    private func answerLate(_ delivery: Delivery, _ outcome: DeliveryOutcome) {
        guard let number = numbers[delivery.payment.id], let story = stories[number] else { return }
        guard delivery.message.kind == .creditRequest, !story.hasAnsweredLate else { return }
        // A refusal that comes behind the bank's own later word would deny a credit that it has made.
        if case .changesMind = story.pay.mind { return }
        story.hasAnsweredLate = true
        let left = delivery.payment.decisionDeadline.since(clock.now()).wholeMilliseconds
        let offset = story.pay.lateness
        request(
            Submission(
                caller: .participant(delivery.payment.acquirer),
                command: .destinationAnswered(payment: delivery.payment.id, outcome)
            ),
            about: (number, .answer),
            exactly: max(now, now + left + offset)
        ) { _ in }
    }
}

extension DeliveryOutcome {
    /// What arrives of an answer.
    fileprivate func disturbed(by trouble: Disturbance.Kind?, _ kind: OutboxMessage.Kind) -> DeliveryOutcome {
        switch trouble {
        case .contradicting:
            switch self {
            case .accepted: .refused(.technical)
            case .refused: .accepted
            case .cancelled: .cancellationRefused(.legalDecision)
            case .cancellationRefused: .cancelled
            case .granted, .acknowledged, .pending, .noAnswer, .notCallable: self
            }
        case .nonsense: kind.isQuestion ? .acknowledged : .pending
        case .requestLost, .answerLost, .repeated, .late, nil: self
        }
    }

    fileprivate var digest: UInt64 {
        switch self {
        case .accepted: 1
        case .refused: 2
        case .acknowledged: 3
        case .pending: 4
        case .noAnswer: 5
        case .cancelled: 6
        case .cancellationRefused: 7
        case .granted: 8
        case .notCallable: 9
        }
    }
}
