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
    /// So many are enough to be getting on with: the store is not asked for more.
    private static let plenty = mostRemembered / 2
    /// Who fails so often in a row is taken to be away; less may be the fault of one message.
    private static let failuresOfTheAbsent = 3
    /// The most that are sent at once to somebody who has been heard of again; the rest keep their time.
    private static let mostHastened = 1_000
    private static let lookPause = Duration.milliseconds(250)

    private let store: any Store
    private let links: any Links
    private let committer: GroupCommitter
    private let clock: any Clock
    private let lane: any Lane
    private let state = Mutex(State())
    private let fresh = Mutex(FreshDeliveries())

    /// A message, with what belongs to it where that is known already.
    private struct Parcel {
        let message: OutboxMessage
        var delivery: Delivery?
    }

    private struct State {
        var queue = DeliveryQueue(mostUnderWay: Courier.mostUnderWay, mostPerReceiver: Courier.mostPerDestination)
        var known: Set<UniqueID> = []
        /// How often in a row each has failed; nothing is known of those who are not in here, who may have failed in an
        /// earlier life of the switch.
        var failuresInARow: [Receiver: Int] = [:]
        /// Those finished since the last look began: the look may still have seen them as due.
        var finishedSinceLook: Set<UniqueID> = []
        var isStopped = false
    }

    private typealias Receiver = DeliveryQueue.Receiver

    package init(
        store: any Store,
        links: any Links,
        committer: GroupCommitter,
        clock: any Clock,
        lane: any Lane
    ) {
        self.store = store
        self.links = links
        self.committer = committer
        self.clock = clock
        self.lane = lane
    }

    /// Takes messages in hand that a commit has just written.
    func offer(_ transaction: Transaction) {
        let now = clock.now()
        let messages = transaction.messages.changes.compactMap(\.row).filter { $0.isDue(at: now) }
        take(
            fresh.withLock { fresh in
                fresh.note(transaction, at: now)
                return messages.map {
                    Parcel(message: $0, delivery: fresh.delivery(of: $0, in: transaction, at: now))
                }
            }
        )
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
    package var backlog: Int { state.withLock { $0.queue.underWay + $0.queue.waiting } }

    /// Takes in hand whatever the store says is due.
    package func look() {
        let hasPlenty = state.withLock { state in
            state.finishedSinceLook = []
            return state.queue.waiting >= Courier.plenty
        }
        guard !hasPlenty else { return }
        let now = clock.now()
        let limit = Courier.mostRemembered
        guard let due = try? store.read({ reader throws(StoreError) in try reader.dueMessages(at: now, limit: limit) })
        else { return }  // An unavailable store is reported by readiness; the next look comes soon.
        take(due.map { Parcel(message: $0) })
    }

    private func take(_ parcels: [Parcel]) {
        guard !parcels.isEmpty else { return }
        let started = state.withLock { state -> [Parcel] in
            guard !state.isStopped else { return [] }
            var started: [Parcel] = []
            for parcel in parcels where state.queue.waiting < Courier.mostRemembered {
                let id = parcel.message.id
                guard !state.finishedSinceLook.contains(id), state.known.insert(id).inserted else { continue }
                if state.queue.add(parcel.message) { started.append(parcel) }
            }
            return started
        }
        for parcel in started { lane.run { self.carry(parcel) } }
    }

    private func finish(_ message: OutboxMessage) {
        let started = state.withLock { state -> [OutboxMessage] in
            state.known.remove(message.id)
            state.finishedSinceLook.insert(message.id)
            state.queue.end(message)
            var started: [OutboxMessage] = []
            while !state.isStopped, let next = state.queue.next() { started.append(next) }
            return started
        }
        // What has become of their payments since they came is looked up.
        for message in started { lane.run { self.carry(Parcel(message: message)) } }
    }

    /// Sends a message once, and reports what became of it.
    private func carry(_ parcel: Parcel) {
        if let delivery = parcel.delivery { return deliver(delivery) }
        let message = parcel.message
        let found = try? store.read { reader throws(StoreError) in
            (
                try Delivery(of: message, from: reader),
                message.target == nil ? nil : try reader.webhooks(of: message.destination)
            )
        }
        guard let found, let delivery = found.0 else { return finish(message) }
        let now = clock.now()
        fresh.withLock { $0.note(delivery, at: now) }
        guard let target = message.target else { return deliver(delivery) }
        guard let webhook = found.1?[target.webhook] else {
            // It has been removed since; nobody waits for this any more.
            return report(.acknowledged, to: message, hasAnswered: false)
        }
        announce(Announcement(target.event, to: webhook, delivery), for: message)
    }

    private func deliver(_ delivery: Delivery) {
        let message = delivery.message
        guard delivery.destination.endpoint != nil else { return report(.notCallable, to: message, hasAnswered: false) }
        let timeout = message.kind.isQuestion ? DeliverySchedule.answerTime : DeliverySchedule.noticeTime
        links.deliver(delivery, timeout: timeout) { outcome in
            self.report(outcome, to: message, hasAnswered: outcome.isAnswer)
        }
    }

    private func announce(_ announcement: Announcement, for message: OutboxMessage) {
        links.announce(announcement, timeout: DeliverySchedule.noticeTime) { status in
            let report = WebhookReport(
                participant: message.destination,
                webhook: announcement.webhook.id,
                message: message.id,
                status: status
            )
            self.report(.webhookAnswered(report), on: message, hasAnswered: report.isTaken)
        }
    }

    private func report(_ outcome: DeliveryOutcome, to message: OutboxMessage, hasAnswered: Bool) {
        let command = Command.delivered(message: message.id, about: message.payment, outcome)
        report(command, on: message, hasAnswered: hasAnswered)
    }

    /// A report that is lost is made again: the message is still in the outbox.
    private func report(_ command: Command, on message: OutboxMessage, hasAnswered: Bool) {
        let receiver = Receiver(of: message)
        let isBack = note(hasAnswered, by: receiver)
        // Weak, for what waits in a committer that is let go with its courier would keep both.
        committer.submit(Submission(caller: .system, command: command)) { [weak self] _ in
            guard let self else { return }
            finish(message)
            if isBack { lane.run { self.hasten(receiver) } }
        }
    }

    /// Notes whether a receiver can be reached.
    ///
    /// - Returns: whether it can again after it was away, or for the first time.
    private func note(_ hasAnswered: Bool, by receiver: Receiver) -> Bool {
        state.withLock { state in
            let failures = state.failuresInARow[receiver]
            state.failuresInARow[receiver] = hasAnswered ? 0 : (failures ?? 0) + 1
            return hasAnswered && failures.map { $0 >= Courier.failuresOfTheAbsent } ?? true
        }
    }

    /// Sends at once what waits for its next attempt: whoever answers again should not have to wait for hours.
    private func hasten(_ receiver: Receiver) {
        let limit = Courier.mostHastened
        let waiting = try? store.read { reader throws(StoreError) in
            try reader.undelivered(to: receiver.participant, .sending, after: nil, limit: limit)
        }
        let ids = (waiting ?? []).filter { Receiver(of: $0) == receiver }.map(\.id)
        // One that is lost here keeps its time.
        if !ids.isEmpty { committer.submit(Submission(caller: .system, command: .hastenMessages(ids))) { _ in } }
    }
}

extension DeliveryOutcome {
    /// Whether the receiver has said anything that makes sense.
    fileprivate var isAnswer: Bool {
        switch self {
        case .accepted, .refused, .cancelled, .cancellationRefused, .granted, .acknowledged, .pending: true
        case .noAnswer, .notCallable: false
        }
    }
}

extension OutboxMessage {
    fileprivate func isDue(at now: Timestamp) -> Bool { standing == .sending && dueAt.map { $0 <= now } ?? false }
}

extension OutboxMessage.Kind {
    /// Whether its answer decides about the payment.
    package var isQuestion: Bool {
        switch self {
        case .creditRequest, .statusQuery, .reversalRequest, .recallRequest: true
        case .creditDecision, .paymentUpdate, .refundNotice, .recallUpdate, .disputeUpdate, .event: false
        }
    }
}
