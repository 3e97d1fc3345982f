import Glibc
import KizunaMoney
import KizunaSwitch
import Synchronization

/// A store that fails, or makes others wait, when a test says so.
final class FragileStore: Store {
    enum Mood: Sendable { case well, unreadable, unwritable }

    private let inner: any Store
    private let mood = Mutex(Mood.well)
    /// Whether commits wait before they are made.
    let isClosed = Atomic<Bool>(false)
    /// Whether a commit is waiting.
    let isWaiting = Atomic<Bool>(false)

    init(_ inner: any Store) { self.inner = inner }

    func feel(_ mood: Mood) { self.mood.withLock { $0 = mood } }

    private func check(_ bad: Mood) throws(StoreError) {
        if mood.withLock({ $0 }) == bad { throw StoreError(.unavailable, "The disk is full.", words: "/secret/place") }
    }

    func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        try inner.fetch(keys, into: &transaction)
    }

    func commit(_ transaction: Transaction, at: Timestamp) throws(StoreError) {
        try check(.unwritable)
        while isClosed.load(ordering: .acquiring) {
            isWaiting.store(true, ordering: .releasing)
            usleep(1_000)
        }
        try inner.commit(transaction, at: at)
    }

    func mark(_ environment: Environment) throws(StoreError) { try inner.mark(environment) }

    func abandon() { inner.abandon() }

    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        try check(.unreadable)
        return try inner.read(body)
    }
}
