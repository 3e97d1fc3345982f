import KizunaLedger
import KizunaMoney
import KizunaPayments
import Synchronization

/// Takes messages out of the outbox to the participants, at least once each, and reports what became of them.
///
/// New messages are offered right after their commit; a look into the store finds those of an earlier life, those whose
/// next attempt has come, and those that were too many to remember.
package final class Courier: Sendable {
    /// The most exchanges under way: bounds sockets and memory.
    private static let mostUnderWay = 512
    /// The most toward one participant, so that a slow one does not hold up the others.
    private static let mostPerDestination = 128
    /// The most that are remembered; more stay in the store until there is room.
    private static let mostRemembered = 8_192
    private static let lookPause = Duration.milliseconds(250)

    private let store: any Store
    private let links: any Links
    private let committer: GroupCommitter
    private let clock: any Clock
    private let state = Mutex(State())

    private struct State {
        var waiting: [OutboxMessage] = []
        var known: Set<UniqueID> = []
        var underWay: [ParticipantID: Int] = [:]
        var underWayInAll = 0
        /// Those finished since the last look began: the look may still have seen them as due.
        var finishedSinceLook: Set<UniqueID> = []
        var isStopped = false
    }

    package init(store: any Store, links: any Links, committer: GroupCommitter, clock: any Clock) {
        self.store = store
        self.links = links
        self.committer = committer
        self.clock = clock
    }

    /// Takes messages in hand that a commit has just written.
    package func offer(_ messages: [OutboxMessage]) {
        guard !messages.isEmpty else { return }
        let now = clock.now()
        take(messages.filter { message in message.dueAt.map { $0 <= now } ?? false })
    }

    /// Looks for due messages until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            look()
            try? await Task.sleep(for: Courier.lookPause)
        }
        state.withLock { $0.isStopped = true }
    }

    /// How many messages are under way or waiting their turn.
    package var backlog: Int { state.withLock { $0.underWayInAll + $0.waiting.count } }

    private func look() {
        state.withLock { $0.finishedSinceLook = [] }
        let now = clock.now()
        let limit = Courier.mostRemembered
        guard let due = try? store.read({ reader throws(StoreError) in try reader.dueMessages(at: now, limit: limit) })
        else { return }  // An unavailable store is reported by readiness; the next look comes soon.
        take(due)
    }

    private func take(_ messages: [OutboxMessage]) {
        state.withLock { state in
            for message in messages where state.waiting.count < Courier.mostRemembered {
                guard !state.finishedSinceLook.contains(message.id), state.known.insert(message.id).inserted else {
                    continue
                }
                state.waiting.append(message)
            }
        }
        startWhatFits()
    }

    private func startWhatFits() {
        let started = state.withLock { state -> [OutboxMessage] in
            guard !state.isStopped, !state.waiting.isEmpty else { return [] }
            var started: [OutboxMessage] = []
            var kept: [OutboxMessage] = []
            for message in state.waiting {
                let busy = state.underWay[message.destination, default: 0]
                guard state.underWayInAll < Courier.mostUnderWay, busy < Courier.mostPerDestination else {
                    kept.append(message)
                    continue
                }
                state.underWay[message.destination] = busy + 1
                state.underWayInAll += 1
                started.append(message)
            }
            state.waiting = kept
            return started
        }
        for message in started {
            Task {
                await carry(message)
                finish(message)
            }
        }
    }

    private func finish(_ message: OutboxMessage) {
        state.withLock { state in
            state.known.remove(message.id)
            state.finishedSinceLook.insert(message.id)
            state.underWay[message.destination, default: 1] -= 1
            state.underWayInAll -= 1
        }
        startWhatFits()
    }

    private func carry(_ message: OutboxMessage) async {
        guard let delivery = delivery(of: message) else { return }
        let timeout = message.kind.isQuestion ? DeliverySchedule.answerTime : DeliverySchedule.noticeTime
        let outcome =
            delivery.destination.endpoint == nil ? .noAnswer : await links.deliver(delivery, timeout: timeout)
        // A report that is lost here is made again: the message is still in the outbox.
        _ = try? await committer.submit(
            Submission(caller: .system, command: .delivered(message: message.id, about: message.payment, outcome))
        )
    }

    private func delivery(of message: OutboxMessage) -> Delivery? {
        try? store.read { reader throws(StoreError) in
            guard let payment = try reader.payment(message.payment),
                let parties = try reader.parties(of: message.payment),
                let destination = try reader.participant(message.destination)
            else { return nil }
            let refund: Refund?
            if let id = message.refund { refund = try reader.refund(id) } else { refund = nil }
            return Delivery(
                message: message,
                destination: destination,
                payment: payment,
                parties: parties,
                refund: refund,
                recall: try message.recall.flatMap { id throws(StoreError) in try reader.recall(id) },
                dispute: try message.dispute.flatMap { id throws(StoreError) in try reader.dispute(id) }
            )
        }
    }
}

extension OutboxMessage.Kind {
    /// Whether its answer decides about the payment.
    package var isQuestion: Bool {
        switch self {
        case .creditRequest, .statusQuery, .reversalRequest, .recallRequest: true
        case .creditDecision, .paymentUpdate, .refundNotice, .recallUpdate, .disputeUpdate: false
        }
    }
}
