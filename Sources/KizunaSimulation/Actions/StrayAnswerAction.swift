import KizunaPayments
import KizunaSwitch

/// A shop's bank answers without being asked, and perhaps against its own word.
struct StrayAnswerAction: Action {
    let payment: Int
    let accepts: Bool

    var title: String { "payment \(payment): its bank calls to \(accepts ? "accept" : "refuse")" }

    func perform(in world: World) {
        guard let story = world.stories[payment], let id = story.payment else { return }
        world.count("answer-unasked")
        story.isBankHonest = false
        let acquirer = story.pay.shop.acquirer
        world.request(
            Submission(
                caller: .participant(acquirer),
                command: .destinationAnswered(payment: id, accepts ? .accepted : .refused(.technical))
            ),
            about: (payment, .answer)
        ) { _ in }
    }
}
