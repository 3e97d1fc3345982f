import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A call of a participant's to the switch.
struct Call {
    let number: Int
    let submission: Submission
    /// Where in the plan it stands, for those about payments.
    let stage: (payment: Int, stage: CallStage)?
    /// When the caller sent it, by the machine's clock.
    let sentAt: Timestamp
    /// The same in milliseconds since the world began.
    let sentMoment: Int64
}

/// What a caller sees.
enum CallResult {
    case answered(Outcome)
    /// The switch said that it could not, or will not now.
    case failed(SubmissionError)
    case noAnswer
}

extension World {
    /// How long a caller waits before it takes silence for silence, in milliseconds.
    private static let callPatience: Int64 = 10_000
    /// How often a caller tries under one idempotency key.
    private static let mostAttempts = 14
    private static let longestTransit: Int64 = 60

    /// Asks until there is an answer: a repeat under the same key gets the first one.
    ///
    /// - Parameters:
    ///   - exactly: when the switch shall receive the first attempt, in milliseconds since the beginning; otherwise the
    ///     network takes its time.
    ///   - then: given nothing when the caller gives up.
    func request(
        _ submission: Submission,
        about stage: (payment: Int, stage: CallStage)? = nil,
        exactly moment: Int64? = nil,
        then: @escaping (Outcome?) -> Void
    ) {
        openRequests += 1
        attempt(1, submission, stage, moment) { [self] outcome in
            openRequests -= 1
            then(outcome)
        }
    }

    private func attempt(
        _ number: Int,
        _ submission: Submission,
        _ stage: (payment: Int, stage: CallStage)?,
        _ moment: Int64?,
        then: @escaping (Outcome?) -> Void
    ) {
        call(submission, about: stage, attempt: number, exactly: moment) { [self] result in
            if case .answered(let outcome) = result, !outcome.isInProgress { return then(outcome) }
            guard number < World.mostAttempts else { return then(nil) }
            let pause = dice.number(Int64(200)...400) << Int64(min(number, 6))
            schedule(after: pause) { [self] in attempt(number + 1, submission, stage, nil, then: then) }
        }
    }

    /// One call, over a network that may lose or repeat it.
    func call(
        _ submission: Submission,
        about stage: (payment: Int, stage: CallStage)?,
        attempt: Int,
        exactly moment: Int64? = nil,
        then: @escaping (CallResult) -> Void
    ) {
        callCount += 1
        let call = Call(number: callCount, submission: submission, stage: stage, sentAt: clock.now(), sentMoment: now)
        let trouble = stage.flatMap { takeDisturbance(.call($0.stage), of: $0.payment, attempt: attempt) }
        var isOver = false
        let finish = { (result: CallResult) in
            guard !isOver else { return }
            isOver = true
            then(result)
        }
        schedule(after: World.callPatience) { finish(.noAnswer) }
        guard trouble != .requestLost else { return }
        let arrival = moment ?? now + transit()
        schedule(at: arrival) { [self] in
            receive(call) { [self] result in
                guard trouble != .answerLost else { return }
                schedule(after: moment == nil ? transit() : 0) { finish(result) }
            }
        }
        guard trouble == .repeated else { return }
        schedule(at: arrival + dice.number(0...World.longestTransit)) { [self] in receive(call) { _ in } }
    }

    private func receive(_ call: Call, answer: @escaping (CallResult) -> Void) {
        guard let process else { return }
        if let token = call.submission.idempotency { openKeys[token.key, default: 0] += 1 }
        for auditor in auditors { auditor.received(call) }
        let reply = Reply(answer)
        process.engine.submit(call.submission) { [self] result in
            if let token = call.submission.idempotency { openKeys[token.key, default: 1] -= 1 }
            switch result {
            case .success(let outcome):
                note(.answer, UInt64(call.number), outcome.digest)
                for auditor in auditors { auditor.answered(call, outcome) }
                reply.give(.answered(outcome))
            case .failure(let error):
                note(.failure, UInt64(call.number))
                reply.give(.failed(error))
            }
        }
    }

    func transit() -> Int64 { plan.tempo == 0 ? dice.number(0...3) : dice.number(1...World.longestTransit) }

    /// What is planned to happen to an exchange, taken once; `late` holds for every attempt.
    func takeDisturbance(_ exchange: Disturbance.Exchange, of payment: Int, attempt: Int) -> Disturbance.Kind? {
        let place = Disturbance.Place(payment: payment, exchange: exchange, attempt: attempt)
        if let kind = mischief.disturbances.removeValue(forKey: place) {
            count(kind)
            return kind
        }
        let every = Disturbance.Place(payment: payment, exchange: exchange, attempt: 0)
        guard let kind = mischief.disturbances[every] else { return nil }
        if attempt == 1 { count(kind) }
        return kind
    }

    /// A caller's ear, crossing the engine's demand for `Sendable`; the world's one thread calls it.
    private struct Reply: @unchecked Sendable {
        let give: (CallResult) -> Void
        init(_ give: @escaping (CallResult) -> Void) { self.give = give }
    }
}

extension Outcome {
    fileprivate var isInProgress: Bool {
        if case .failure(let refusal) = result { refusal.code == .idempotencyInProgress } else { false }
    }

    /// What the trace keeps of it.
    fileprivate var digest: UInt64 {
        switch result {
        case .failure(let refusal): refusal.code.rawValue.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) }
        case .success(.payment(let payment)): payment.id.value.low ^ UInt64(payment.state.rawValue)
        case .success(.quote(let quote)): quote.id.value.low
        case .success(.refund(let refund)): refund.id.value.low
        case .success(.resolution(let resolution, _)): resolution.id.value.low
        case .success: 1
        }
    }
}
