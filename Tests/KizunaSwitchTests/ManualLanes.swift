import KizunaMoney
import KizunaSimulation
import KizunaSwitch
import Synchronization

/// A lane whose jobs run when a test says so.
final class ManualLane: Lane {
    private let jobs = Mutex<[@Sendable () -> Void]>([])

    func run(_ job: @escaping @Sendable () -> Void) { jobs.withLock { $0.append(job) } }

    var isEmpty: Bool { jobs.withLock { $0.isEmpty } }

    /// Runs the job that has waited longest; no when there is none.
    @discardableResult
    func runOne() -> Bool {
        let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        job?()
        return job != nil
    }
}

/// A committer that does one thing after the other, over a store in memory that fails when it is told to.
final class ManualCommitter {
    let worker = ManualLane()
    let writer = ManualLane()
    let replies = ManualLane()
    let store = FailingStore(MemoryStore(digester: NoDigester()))
    let committer: GroupCommitter
    private let answers = Answers()

    init() {
        let lanes = Lanes(worker: worker, writer: writer, replies: replies, courier: ManualLane())
        committer = GroupCommitter(store: store, clock: StoppedClock(), random: Dice(seed: 1), lanes: lanes)
    }

    func submit(_ submission: Submission) { committer.submit(submission) { [answers] in answers.add($0) } }

    /// Runs what there is to run until nothing is left.
    func settle() { while worker.runOne() || writer.runOne() || replies.runOne() {} }

    var outcomes: [Result<Outcome, SubmissionError>] { answers.all }

    private final class Answers: Sendable {
        private let given = Mutex<[Result<Outcome, SubmissionError>]>([])

        func add(_ answer: Result<Outcome, SubmissionError>) { given.withLock { $0.append(answer) } }
        var all: [Result<Outcome, SubmissionError>] { given.withLock { $0 } }
    }
}

/// A store whose next commits fail, and which counts what it is asked for.
final class FailingStore: Store {
    private let store: MemoryStore
    private let failures = Mutex<[StoreError]>([])
    private let refusal = Mutex<StoreError?>(nil)
    private let fetches = Mutex(0)
    private let commits = Mutex(0)

    init(_ store: MemoryStore) { self.store = store }

    func failNextCommit(with error: StoreError) { failures.withLock { $0.append(error) } }

    /// What is committed from now on does not reach the disk.
    func refuseDurability(with error: StoreError) { refusal.withLock { $0 = error } }

    /// How many commits there have been.
    var commitCount: Int { commits.withLock { $0 } }

    /// How often records were asked for.
    var fetchCount: Int { fetches.withLock { $0 } }

    func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        fetches.withLock { $0 += 1 }
        try store.fetch(keys, into: &transaction)
    }

    func commit(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        let error = failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if let error { throw error }
        try store.commit(transaction, at: now)
        commits.withLock { $0 += 1 }
    }

    func makeDurable() throws(StoreError) {
        if let error = refusal.withLock({ $0 }) { throw error }
    }

    func mark(_ environment: Environment) { store.mark(environment) }

    func abandon() { store.abandon() }

    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        try store.read(body)
    }
}

struct StoppedClock: Clock {
    func now() -> Timestamp { Timestamp(milliseconds: 1_760_000_000_000) }
}

/// No test here looks at digests.
struct NoDigester: Digester {
    func sha256(_ bytes: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: 32) }
    func md5(_ bytes: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: 16) }
}
