import KizunaLedger
import KizunaSwitch

/// A wallet sends a submission, or the request for its quote, again under its key: the same, or another body.
struct RepeatAction: Action {
    let payment: Int
    var isQuote = false
    let isSameBody: Bool

    var title: String {
        "payment \(payment): its wallet \(isQuote ? "asks for its quote" : "submits") again, "
            + (isSameBody ? "the same" : "another body")
    }

    func perform(in world: World) {
        let story = world.stories[payment]
        guard let submission = isQuote ? story?.quoteRequest : story?.submission, let token = submission.idempotency
        else { return }
        world.count(isSameBody ? Fault.keyRepeated : .keyWithOtherBody)
        guard !isSameBody else { return world.call(submission, about: nil, attempt: 1) { _ in } }
        let other = IdempotencyToken(key: token.key, fingerprint: UniqueID(high: 1, low: 1))
        let changed = Submission(caller: submission.caller, command: submission.command, idempotency: other)
        world.call(changed, about: nil, attempt: 1) { _ in }
    }
}
