import KizunaPayments
import Synchronization

/// Why a submission has no outcome. Nothing was acknowledged; the same request under the same key may come again.
package enum SubmissionError: Error, Sendable {
    /// Too many are waiting; what was accepted is finished first.
    case overloaded
    /// The switch is stopping.
    case stopping
    /// The store failed. Whether the commit took place is found out by asking again under the same key.
    case storeFailed(StoreError)
}

/// Takes every submission that is waiting, runs each through ``step(_:in:at:using:)``, commits once, then answers all.
///
/// One at light load, hundreds under load: the price of a durable commit is shared by all who wait for it. While one
/// group is being committed, the next is prepared upon what that one will leave; it is handed over only when the one
/// before has been committed, and prepared anew when it failed. Nothing is answered before it is on disk.
package final class GroupCommitter: Sendable {
    /// The most submissions in one commit: bounds the time that any of them waits for the others.
    package static let largestGroup = 512
    /// So few go together however few wait.
    private static let smallestFullGroup = 4
    /// The most submissions that may wait; more are refused at once, so that overload shows early.
    package static let longestQueue = 8_192
    /// How often a submission is tried by itself: each time somebody else was faster is rarer than the one before.
    private static let mostAttempts = 3

    private let preparation: GroupPreparation
    private let store: any Store
    private let worker: any Lane
    private let writer: any Lane
    private let replies: any Lane
    private let meters: Meters
    private let queue = Mutex(Queue())
    private let handover = Mutex(Handover())
    /// Told of every commit, in order, before anybody is answered; must not block.
    private let onCommit: @Sendable (Transaction) -> Void

    private struct Queue {
        var waiting: [Waiting] = []
        /// How many have come and not been answered, those that wait among them.
        var unanswered = 0
        var isWorking = false
        var isStopping = false
        /// Keys that are being answered, with what they came with.
        var keysInProgress: [IdempotencyKey: IdempotencyToken] = [:]

        /// How many a group is filled up to: half of those that are under way, so that one half is committed while the
        /// other is answered and prepared.
        var fullGroup: Int { min(largestGroup, max(smallestFullGroup, unanswered / 2)) }
    }

    /// What stands between the worker, who prepares groups, and the writer, who commits them.
    private struct Handover {
        /// On its way to the disk.
        var flight: Flight?
        /// Prepared upon the flight, and next to go. The worker takes it back to add to it while it can.
        var ready: PreparedGroup?
        /// A flight that did not get there. Nothing goes until the worker has dealt with it.
        var failed: (flight: Flight, error: StoreError)?
        /// Whether the worker went to rest because a full group is ready, or a flight has failed; whoever takes that
        /// group, or deals with that failure, starts it again.
        var workerAwaitsRoom = false
    }

    package init(
        store: any Store,
        clock: any Clock,
        random: any RandomNumberGenerator & Sendable,
        lanes: Lanes = .threads(),
        meters: Meters = Meters(),
        onCommit: @escaping @Sendable (Transaction) -> Void = { _ in }
    ) {
        self.store = store
        self.meters = meters
        self.onCommit = onCommit
        worker = lanes.worker
        writer = lanes.writer
        replies = lanes.replies
        preparation = GroupPreparation(store: store, clock: clock, random: random)
    }

    /// Runs a submission and returns once its outcome is durable.
    package func submit(_ submission: Submission) async throws(SubmissionError) -> Outcome {
        let result = await withCheckedContinuation { continuation in
            submit(submission) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Runs a submission and calls back once its outcome is durable, or at once when it is not taken.
    package func submit(_ submission: Submission, answer: @escaping Waiting.Answer) {
        accept(Waiting(submission: submission, answer: answer))
    }

    /// Accepts nothing new; what is waiting is still done.
    package func stop() async {
        queue.withLock { $0.isStopping = true }
        await withCheckedContinuation { done in
            worker.run { self.writer.run { self.worker.run { self.replies.run { done.resume() } } } }
        }
    }

    /// How many submissions wait right now.
    package var backlog: Int { queue.withLock { $0.waiting.count } }

    // MARK: Coming in

    private enum Acceptance {
        case queued(startsWorker: Bool)
        case answered(Result<Outcome, SubmissionError>)
    }

    private func accept(_ waiting: Waiting) {
        let acceptance = queue.withLock { queue -> Acceptance in
            if queue.isStopping { return .answered(.failure(.stopping)) }
            if queue.waiting.count >= GroupCommitter.longestQueue { return .answered(.failure(.overloaded)) }
            if let token = waiting.submission.idempotency {
                if let other = queue.keysInProgress[token.key] {
                    return .answered(.success(Outcome(.failure(.alreadyInProgress(sameBody: other == token)))))
                }
                queue.keysInProgress[token.key] = token
            }
            queue.waiting.append(waiting)
            queue.unanswered += 1
            defer { queue.isWorking = true }
            return .queued(startsWorker: !queue.isWorking)
        }
        switch acceptance {
        case .queued(let startsWorker): if startsWorker { worker.run { self.work() } }
        case .answered(let result): waiting.answer(result)
        }
    }

    private func takeArrivals(atMost limit: Int) -> [Waiting] {
        queue.withLock { queue in
            guard queue.waiting.count > limit else {
                defer { queue.waiting = [] }
                return queue.waiting
            }
            defer { queue.waiting.removeFirst(limit) }
            return Array(queue.waiting.prefix(limit))
        }
    }

    // MARK: The worker

    private func work() {
        repeat {
            let full = queue.withLock { $0.fullGroup }
            guard case (var next, let before)? = takeBack(unlessItHas: full) else { return }
            let arrivals = takeArrivals(atMost: full - next.members.count)
            fail(preparation.add(arrivals, to: &next, upon: before))
            handOver(next)
        } while !goIdle()
    }

    private func goIdle() -> Bool {
        queue.withLock { queue in
            if queue.waiting.isEmpty { queue.isWorking = false }
            return queue.waiting.isEmpty
        }
    }

    /// The group that is ready, to be added to, or an empty one; and what it is prepared upon. None while a full one is
    /// ready: there is nothing to do until the writer takes it. None while a failure is not dealt with either: what is
    /// ready stands upon what never came to pass, and would be mixed with what the store has.
    private func takeBack(unlessItHas full: Int) -> (next: PreparedGroup, before: Transaction?)? {
        handover.withLock { handover in
            let count = handover.ready?.members.count ?? 0
            handover.workerAwaitsRoom = count >= full || handover.failed != nil
            guard !handover.workerAwaitsRoom else { return nil }
            return (handover.ready.take() ?? PreparedGroup(), handover.flight?.group.transaction)
        }
    }

    /// Sends a group to the disk, or makes it the next to go.
    private func handOver(_ group: PreparedGroup) {
        guard !group.members.isEmpty else { return }
        var group = group
        while let failed = takeFailure() {
            recover(failed.flight.group, from: failed.error)
            group = preparedAnew(group)
        }
        let startsWriter = handover.withLock { handover in
            guard handover.flight == nil, handover.failed == nil else {
                handover.ready = group
                return false
            }
            handover.flight = Flight(group)
            return true
        }
        if startsWriter { writer.run { self.write() } }
    }

    private func takeFailure() -> (flight: Flight, error: StoreError)? {
        handover.withLock { handover in
            defer { handover.failed = nil }
            return handover.failed
        }
    }

    /// Deals with a flight that failed, and with what was prepared upon it.
    private func dealWithFailure() {
        let (ready, workerWaited) = handover.withLock { handover in
            defer { (handover.ready, handover.workerAwaitsRoom) = (nil, false) }
            return (handover.ready, handover.workerAwaitsRoom)
        }
        if let ready {
            handOver(ready)
        } else if let failed = takeFailure() {
            recover(failed.flight.group, from: failed.error)
        }
        if workerWaited { work() }
    }

    // MARK: The writer

    /// Commits the flight, and then whatever has become ready, until nothing has.
    private func write() {
        while let flight = handover.withLock({ $0.flight }) {
            switch commit(flight) {
            case .success: takeReady()
            case .failure(let error):
                handover.withLock { handover in
                    handover.flight = nil
                    handover.failed = (flight, error)
                }
                worker.run { self.dealWithFailure() }
            }
        }
    }

    private func takeReady() {
        let workerWaited = handover.withLock { handover in
            handover.flight = handover.ready.take().map(Flight.init)
            defer { handover.workerAwaitsRoom = false }
            return handover.workerAwaitsRoom
        }
        if workerWaited { worker.run { self.work() } }
    }

    /// Commits a group, and has it answered once it is durable; one that changed nothing needs only that those before it
    /// are.
    private func commit(_ flight: Flight) -> Result<Void, StoreError> {
        let began = ContinuousClock.now
        if flight.group.transaction.isUnchanged {
            store.abandon()
        } else {
            do throws(StoreError) {
                try store.commitAhead(flight.group.transaction, at: flight.group.time)
            } catch {
                store.abandon()
                meters.noteFailedCommit()
                return .failure(error)
            }
        }
        replies.run { self.tell(flight.group, began: began) }
        return .success(())
    }

    /// Answers a group that has been committed, once that is durable.
    private func tell(_ group: PreparedGroup, began: ContinuousClock.Instant) {
        do throws(StoreError) {
            try store.makeDurable()
        } catch {
            meters.noteFailedCommit()
            return fail(group.members.map { ($0.waiting, error) })
        }
        meters.note(group, began: began, took: began.duration(to: .now))
        onCommit(group.transaction)
        answer(group)
    }

    /// Where another node has changed what was read, all are prepared anew. Where one submission breaks a rule of the
    /// database, each gets a commit of its own, so that the others do not pay for it. Any other failure is told to all.
    private func recover(_ group: PreparedGroup, from error: StoreError) {
        switch error.code {
        case .conflict:
            let anew = preparedAnew(group)
            guard !anew.members.isEmpty else { return }
            if case .failure = commit(Flight(anew)) { anew.members.forEach { commitAlone($0.waiting) } }
        case .constraint:
            group.members.forEach { commitAlone($0.waiting) }
        case .unavailable, .notUsable, .corrupt:
            fail(group.members.map { ($0.waiting, error) })
        }
    }

    /// Commits one submission by itself. What it collides with is there the next time and decides its outcome.
    private func commitAlone(_ waiting: Waiting) {
        for attempt in 1...GroupCommitter.mostAttempts {
            var alone = PreparedGroup()
            fail(preparation.add([waiting], to: &alone, upon: nil))
            guard !alone.members.isEmpty, case .failure(let error) = commit(Flight(alone)) else { return }
            let mayCollide = error.code == .conflict || error.code == .constraint
            if !mayCollide || attempt == GroupCommitter.mostAttempts { return fail([(waiting, error)]) }
        }
    }

    /// A group that was prepared upon one that failed, upon what is really there.
    private func preparedAnew(_ group: PreparedGroup) -> PreparedGroup {
        var anew = PreparedGroup()
        fail(preparation.add(group.members.map(\.waiting), to: &anew, upon: nil))
        return anew
    }

    // MARK: Going out

    private func answer(_ group: PreparedGroup) {
        release(group.members.lazy.map(\.waiting))
        for member in group.members { member.waiting.answer(.success(member.outcome)) }
    }

    private func fail(_ failures: [(waiting: Waiting, error: StoreError)]) {
        guard !failures.isEmpty else { return }
        release(failures.lazy.map(\.waiting))
        for (waiting, error) in failures { waiting.answer(.failure(.storeFailed(error))) }
    }

    private func release(_ answered: some Collection<Waiting>) {
        queue.withLock { queue in
            queue.unanswered -= answered.count
            for waiting in answered {
                if let token = waiting.submission.idempotency { queue.keysInProgress[token.key] = nil }
            }
        }
    }
}

/// A submission with whoever waits for its outcome. An object, since it is handed on many times and its texts with it.
package final class Waiting: Sendable {
    package typealias Answer = @Sendable (Result<Outcome, SubmissionError>) -> Void

    let submission: Submission
    let answer: Answer
    /// For measuring only: nothing is decided by it.
    let arrived = ContinuousClock.now

    init(submission: Submission, answer: @escaping Answer) {
        self.submission = submission
        self.answer = answer
    }
}

/// A group on its way to the disk. Nothing changes it any more, so all who look at it share it.
private final class Flight: Sendable {
    let group: PreparedGroup

    init(_ group: PreparedGroup) { self.group = group }
}

extension Refusal {
    fileprivate static func alreadyInProgress(sameBody: Bool) -> Refusal {
        sameBody
            ? Refusal(
                .idempotencyInProgress,
                "This Idempotency-Key is being answered right now; ask again in a moment."
            )
            : Refusal(
                .idempotencyConflict,
                "This Idempotency-Key is in use with another body; use a new key for a new request."
            )
    }
}
