import KizunaLedger
import KizunaSwitch

/// A wallet sends a submission again under its key: the same, or another body.
struct RepeatAction: Action {
    let payment: Int
    let isSameBody: Bool

    var title: String { "payment \(payment): its wallet submits again, \(isSameBody ? "the same" : "another body")" }

    func perform(in world: World) {
        guard let submission = world.stories[payment]?.submission, let token = submission.idempotency else { return }
        world.count(isSameBody ? "key-repeated" : "key-with-other-body")
        guard !isSameBody else { return world.call(submission, about: nil, attempt: 1) { _ in } }
        let other = IdempotencyToken(key: token.key, fingerprint: UniqueID(high: 1, low: 1))
        let changed = Submission(caller: submission.caller, command: submission.command, idempotency: other)
        world.call(changed, about: nil, attempt: 1) { _ in }
    }
}
