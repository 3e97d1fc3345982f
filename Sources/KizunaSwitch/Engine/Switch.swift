package import KizunaLedger
package import KizunaPayments
import Synchronization

/// The switch as one thing: give it a store, links and a clock, start it, submit to it, stop it.
package final class Switch: Sendable {
    package let store: any Store
    package let clock: any Clock
    package let digester: any Digester
    package let directory: Directory
    package let meters: Meters
    private let links: any Links
    private let committer: GroupCommitter
    private let courier: Courier
    private let timekeeper: Timekeeper
    private let paymentWatch = Watch<PaymentID>()
    private let inboxWatch = Watch<ParticipantID>()

    package init(
        store: any Store,
        links: any Links,
        clock: any Clock,
        digester: any Digester,
        random: any RandomNumberGenerator & Sendable,
        lanes: Lanes = .threads()
    ) throws(StoreError) {
        let afterCommit = AfterCommit()
        let meters = Meters()
        let committer = GroupCommitter(store: store, clock: clock, random: random, lanes: lanes, meters: meters) {
            afterCommit.note($0)
        }
        let courier = Courier(store: store, links: links, committer: committer, clock: clock, lane: lanes.courier)
        let directory = Directory(store: store)
        // The courier holds the committer, which holds what happens after commits: a strong hand here closes a circle
        // that would keep the store, and the lock on its database, for as long as the process lives.
        afterCommit.connect { [paymentWatch, inboxWatch, weak courier] transaction in
            directory.note(transaction.apiKeys.changes)
            paymentWatch.note(transaction.payments.changes) { $0.state.isFinal ? $0.id : nil }
            inboxWatch.note(transaction.messages.changes) { $0.standing == .inInbox ? $0.destination : nil }
            courier?.offer(transaction)
        }
        try directory.refresh()
        self.store = store
        self.clock = clock
        self.digester = digester
        self.links = links
        self.committer = committer
        self.courier = courier
        self.directory = directory
        self.meters = meters
        self.timekeeper = Timekeeper(store: store, committer: committer, clock: clock)
    }

    /// Runs a submission and returns once its outcome is durable.
    package func submit(_ submission: Submission) async throws(SubmissionError) -> Outcome {
        try await committer.submit(submission)
    }

    /// Runs a submission and calls back once its outcome is durable, or at once when it is not taken.
    package func submit(_ submission: Submission, answer: @escaping Waiting.Answer) {
        committer.submit(submission, answer: answer)
    }

    /// Takes in hand, once, whatever the store says is due: messages and timers.
    package func look() {
        courier.look()
        timekeeper.look()
    }

    /// Carries messages and fires timers until the task is cancelled; then finishes what was accepted.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.courier.run() }
            group.addTask { await self.timekeeper.run() }
            group.addTask { await self.directory.run() }
            group.addTask { await self.keepKeyUses() }
        }
        await committer.stop()
    }

    /// Keeps when keys were last used, every minute, until the task is cancelled.
    private func keepKeyUses() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(60))
            let uses = directory.takeUses()
            guard !uses.isEmpty else { continue }
            // What is lost is noted again at the key's next use.
            _ = try? await committer.submit(Submission(caller: .system, command: .noteKeyUses(uses)))
        }
    }

    /// Waits until a payment is final, at most for a time.
    package func waitUntilFinal(_ id: PaymentID, atMost limit: Duration) async {
        await paymentWatch.wait(for: id, atMost: limit) { [store] in
            let payment = try? store.read { reader throws(StoreError) in try reader.payment(id) }
            return payment?.state.isFinal ?? true
        }
    }

    /// How many wait for a payment to become final at this moment.
    package var waitingForPayments: Int { paymentWatch.waitingCount }

    /// Waits until something may be fetched from a participant's inbox, at most for a time.
    package func waitForInbox(of participant: ParticipantID, atMost limit: Duration) async {
        await inboxWatch.wait(for: participant, atMost: limit) { [store, clock] in
            let waiting = try? store.read { reader throws(StoreError) in
                try reader.inbox(of: participant, at: clock.now(), limit: 1)
            }
            return waiting?.isEmpty != true
        }
    }

    /// Tells a webhook that this is a trial, and waits for its answer.
    ///
    /// - Parameter id: names the trial to the receiver.
    /// - Returns: the status of the answer; `nil` when there was none.
    package func trial(
        of webhook: Webhook,
        of participant: ParticipantID,
        id: UniqueID
    ) async throws(SubmissionError) -> Int? {
        let trial = Announcement(trialOf: webhook, of: participant, id: id, at: clock.now())
        let status = await withCheckedContinuation { continuation in
            links.announce(trial, timeout: DeliverySchedule.noticeTime) { continuation.resume(returning: $0) }
        }
        let report = WebhookReport(participant: participant, webhook: webhook.id, message: nil, status: status)
        _ = try await committer.submit(Submission(caller: .system, command: .webhookAnswered(report)))
        return status
    }

    /// How much is waiting: submissions before the commit, messages behind it.
    package var backlog: (submissions: Int, messages: Int) { (committer.backlog, courier.backlog) }
}

/// What happens after each commit; connected once, when those who listen exist.
private final class AfterCommit: Sendable {
    /// A function inside a struct: a bare one in generic storage is wrapped once more at every access.
    private struct Listener: Sendable {
        let note: @Sendable (Transaction) -> Void
    }

    private let listener = Mutex<Listener?>(nil)

    func connect(_ note: @escaping @Sendable (Transaction) -> Void) {
        listener.withLock { $0 = Listener(note: note) }
    }

    func note(_ transaction: Transaction) { listener.withLock { $0 }?.note(transaction) }
}
