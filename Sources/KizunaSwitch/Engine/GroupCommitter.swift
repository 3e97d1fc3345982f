import Dispatch
import KizunaMoney
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
/// One at light load, hundreds under load: the price of a durable commit is shared by all who wait for it. Nothing is
/// answered before it is on disk.
package final class GroupCommitter: Sendable {
    /// The most submissions in one commit: bounds the time that any of them waits for the others.
    package static let largestGroup = 512
    /// The most submissions that may wait; more are refused at once, so that overload shows early.
    package static let longestQueue = 8_192
    /// How often a group may ask for further records: steps follow references at most this deep.
    private static let fetchRounds = 8

    private let store: any Store
    private let clock: any Clock
    private let random: Mutex<any RandomNumberGenerator & Sendable>
    private let worker = DispatchQueue(label: "kizuna.committer", qos: .userInitiated)
    private let queue = Mutex(Queue())
    /// Told of every commit on the committer's own queue, before anybody is answered; must not block.
    private let onCommit: @Sendable (Transaction) -> Void

    private struct Waiting {
        let submission: Submission
        let answer: CheckedContinuation<Result<Outcome, SubmissionError>, Never>
    }

    private struct Queue {
        var waiting: [Waiting] = []
        var isWorking = false
        var isStopping = false
        /// Keys that are being answered, with what they came with.
        var keysInProgress: [IdempotencyKey: IdempotencyToken] = [:]
    }

    package init(
        store: any Store,
        clock: any Clock,
        random: any RandomNumberGenerator & Sendable,
        onCommit: @escaping @Sendable (Transaction) -> Void = { _ in }
    ) {
        self.store = store
        self.clock = clock
        self.random = Mutex(random)
        self.onCommit = onCommit
    }

    /// Runs a submission and returns once its outcome is durable.
    package func submit(_ submission: Submission) async throws(SubmissionError) -> Outcome {
        let result: Result<Outcome, SubmissionError> = await withCheckedContinuation { answer in
            accept(Waiting(submission: submission, answer: answer))
        }
        return try result.get()
    }

    /// Accepts nothing new; what is waiting is still done.
    package func stop() async {
        queue.withLock { $0.isStopping = true }
        await withCheckedContinuation { done in worker.async { done.resume() } }
    }

    /// How many submissions wait right now.
    package var backlog: Int { queue.withLock { $0.waiting.count } }

    private enum Acceptance {
        case queued(wakeWorker: Bool)
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
            defer { queue.isWorking = true }
            return .queued(wakeWorker: !queue.isWorking)
        }
        switch acceptance {
        case .queued(let wakeWorker): if wakeWorker { worker.async { self.work() } }
        case .answered(let result): waiting.answer.resume(returning: result)
        }
    }

    private func work() {
        while let group = nextGroup() {
            let outcomes = run(group.map(\.submission))
            queue.withLock { queue in
                for case let token? in group.map(\.submission.idempotency) { queue.keysInProgress[token.key] = nil }
            }
            for (waiting, outcome) in zip(group, outcomes) { waiting.answer.resume(returning: outcome) }
        }
    }

    private func nextGroup() -> [Waiting]? {
        queue.withLock { queue in
            guard !queue.waiting.isEmpty else {
                queue.isWorking = false
                return nil
            }
            guard queue.waiting.count > GroupCommitter.largestGroup else {
                defer { queue.waiting = [] }
                return queue.waiting
            }
            defer { queue.waiting.removeFirst(GroupCommitter.largestGroup) }
            return Array(queue.waiting.prefix(GroupCommitter.largestGroup))
        }
    }

    /// Runs a group as one commit. Where one submission breaks a rule of the database, each gets a commit of its own,
    /// so that the others do not pay for it.
    private func run(_ group: [Submission]) -> [Result<Outcome, SubmissionError>] {
        do throws(StoreError) {
            return try commit(group).map { .success($0) }
        } catch {
            store.abandon()
            if error.code == .constraint, group.count > 1 { return group.flatMap { run([$0]) } }
            return group.map { _ in .failure(.storeFailed(error)) }
        }
    }

    private func commit(_ group: [Submission]) throws(StoreError) -> [Outcome] {
        let now = clock.now()
        var transaction = Transaction()
        for _ in 0..<GroupCommitter.fetchRounds {
            let (outcomes, missing) = attempt(group, in: &transaction, at: now)
            if missing.isEmpty {
                if transaction.isUnchanged {
                    store.abandon()
                } else {
                    try store.commit(transaction, at: now)
                    onCommit(transaction)
                }
                return outcomes
            }
            transaction.discardChanges()
            try store.fetch(missing, into: &transaction)
        }
        throw StoreError(.corrupt, "A step asked for records without end; this is a defect of the switch.")
    }

    /// Runs every step in order; those that miss records leave no trace and say what they miss.
    private func attempt(
        _ group: [Submission],
        in transaction: inout Transaction,
        at now: Timestamp
    ) -> (outcomes: [Outcome], missing: [RecordKey]) {
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(group.count)
        var missing: [RecordKey] = []
        var asked: Set<RecordKey> = []
        var dice = random.withLock { $0 }
        for submission in group {
            do throws(MissingRecords) {
                outcomes.append(try step(submission, in: &transaction, at: now, using: &dice))
            } catch {
                missing += error.keys.filter { asked.insert($0).inserted }
            }
        }
        random.withLock { $0 = dice }
        return (outcomes, missing)
    }
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
