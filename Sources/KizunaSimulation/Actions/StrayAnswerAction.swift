import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// A shop's bank answers without being asked, and perhaps against its own word; or another bank in its place.
struct StrayAnswerAction: Action {
    let payment: Int
    let accepts: Bool
    var stranger: ParticipantID?

    var title: String {
        "payment \(payment): \(stranger?.description ?? "its bank") calls to \(accepts ? "accept" : "refuse")"
    }

    func perform(in world: World) {
        guard let story = world.stories[payment], let id = story.payment else { return }
        let acquirer = story.pay.shop.acquirer
        guard stranger != acquirer else { return }
        world.count(stranger == nil ? Fault.answerUnasked : .answerOfStranger)
        if stranger == nil { story.isBankHonest = false }
        world.request(
            Submission(
                caller: .participant(stranger ?? acquirer),
                command: .destinationAnswered(payment: id, accepts ? .accepted : .refused(.technical))
            ),
            about: (payment, .answer)
        ) { _ in }
    }
}
