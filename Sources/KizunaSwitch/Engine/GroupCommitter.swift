import Dispatch
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
/// group is on its way to the disk, the next is prepared upon what that one will leave; it is handed over only when the
/// one before is durable, and prepared anew when it failed. Nothing is answered before it is on disk.
package final class GroupCommitter: Sendable {
    /// The most submissions in one commit: bounds the time that any of them waits for the others.
    package static let largestGroup = 512
    /// The most submissions that may wait; more are refused at once, so that overload shows early.
    package static let longestQueue = 8_192

    private let preparation: GroupPreparation
    private let store: any Store
    /// Prepares groups, one after the other.
    private let worker = DispatchQueue(label: "kizuna.committer", qos: .userInitiated)
    /// Commits them, in the same order.
    private let writer = DispatchQueue(label: "kizuna.writer", qos: .userInitiated)
    /// Tells the worker, when it waits, that something came or that a commit is over.
    private let news = DispatchSemaphore(value: 0)
    private let queue = Mutex(Queue())
    /// Told of every commit on the writer's queue, before anybody is answered; must not block.
    private let onCommit: @Sendable (Transaction) -> Void

    private struct Queue {
        var waiting: [Waiting] = []
        var isWorking = false
        var awaitsNews = false
        var isStopping = false
        /// Keys that are being answered, with what they came with.
        var keysInProgress: [IdempotencyKey: IdempotencyToken] = [:]

        /// Whether the worker must be told; it is told once.
        mutating func takeWaiter() -> Bool {
            defer { awaitsNews = false }
            return awaitsNews
        }
    }

    package init(
        store: any Store,
        clock: any Clock,
        random: any RandomNumberGenerator & Sendable,
        onCommit: @escaping @Sendable (Transaction) -> Void = { _ in }
    ) {
        self.store = store
        self.onCommit = onCommit
        preparation = GroupPreparation(store: store, clock: clock, random: random)
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

    // MARK: Coming in

    private enum Acceptance {
        case queued(startsWorker: Bool, isNews: Bool)
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
            return .queued(startsWorker: !queue.isWorking, isNews: queue.takeWaiter())
        }
        switch acceptance {
        case .queued(let startsWorker, let isNews):
            if startsWorker { worker.async { self.work() } }
            if isNews { news.signal() }
        case .answered(let result): waiting.answer.resume(returning: result)
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
        var flight: Flight?
        var next = PreparedGroup()
        while true {
            let arrivals = takeArrivals(atMost: GroupCommitter.largestGroup - next.members.count)
            fail(preparation.add(arrivals, to: &next, upon: flight?.transaction))
            if let current = flight {
                guard let result = current.result else {
                    if arrivals.isEmpty { awaitNews(of: current) }
                    continue
                }
                flight = nil
                if case .failure(let error) = result {
                    recover(current, from: error)
                    next = preparedAnew(next)
                }
            }
            if !next.members.isEmpty {
                flight = launch(next)
                next = PreparedGroup()
            } else if goIdle() {
                return
            }
        }
    }

    /// Returns when the flight is over or something has come in.
    private func awaitNews(of flight: Flight) {
        let mustWait = queue.withLock { queue in
            queue.awaitsNews = queue.waiting.isEmpty && flight.result == nil
            return queue.awaitsNews
        }
        if mustWait { news.wait() }
    }

    private func goIdle() -> Bool {
        queue.withLock { queue in
            if queue.waiting.isEmpty { queue.isWorking = false }
            return queue.waiting.isEmpty
        }
    }

    /// Sends a group to the disk; one that changed nothing is answered at once.
    private func launch(_ group: PreparedGroup) -> Flight? {
        guard !group.transaction.isUnchanged else {
            store.abandon()
            answer(group)
            return nil
        }
        let flight = Flight(group)
        writer.async { self.complete(flight) }
        return flight
    }

    private func complete(_ flight: Flight) {
        let result = commit(flight.group)
        flight.end(result)
        if queue.withLock({ $0.takeWaiter() }) { news.signal() }
    }

    private func commit(_ group: PreparedGroup) -> Result<Void, StoreError> {
        do throws(StoreError) {
            try store.commit(group.transaction, at: group.time)
        } catch {
            store.abandon()
            return .failure(error)
        }
        onCommit(group.transaction)
        answer(group)
        return .success(())
    }

    /// Where one submission breaks a rule of the database, each gets a commit of its own, so that the others do not pay
    /// for it; any other failure is told to all.
    private func recover(_ flight: Flight, from error: StoreError) {
        let members = flight.group.members
        guard error.code == .constraint, members.count > 1 else {
            return fail(members.map { ($0.waiting, error) })
        }
        for member in members {
            var alone = PreparedGroup()
            fail(preparation.add([member.waiting], to: &alone, upon: nil))
            guard !alone.members.isEmpty else { continue }
            if case .failure(let error) = commit(alone) { fail([(member.waiting, error)]) }
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
        release(group.members.map(\.waiting))
        for member in group.members { member.waiting.answer.resume(returning: .success(member.outcome)) }
    }

    private func fail(_ failures: [(waiting: Waiting, error: StoreError)]) {
        guard !failures.isEmpty else { return }
        release(failures.map(\.waiting))
        for (waiting, error) in failures { waiting.answer.resume(returning: .failure(.storeFailed(error))) }
    }

    private func release(_ answered: [Waiting]) {
        queue.withLock { queue in
            for case let token? in answered.map(\.submission.idempotency) { queue.keysInProgress[token.key] = nil }
        }
    }
}

/// A submission with whoever waits for its outcome.
struct Waiting: Sendable {
    let submission: Submission
    let answer: CheckedContinuation<Result<Outcome, SubmissionError>, Never>
}

/// A group on its way to the disk.
private final class Flight: Sendable {
    let group: PreparedGroup
    private let ended = Mutex<Result<Void, StoreError>?>(nil)

    init(_ group: PreparedGroup) { self.group = group }

    var transaction: Transaction { group.transaction }
    /// How it ended; `nil` while it is under way.
    var result: Result<Void, StoreError>? { ended.withLock { $0 } }

    func end(_ result: Result<Void, StoreError>) { ended.withLock { $0 = result } }
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
