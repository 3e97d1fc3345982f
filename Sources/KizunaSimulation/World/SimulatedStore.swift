import KizunaMoney
import KizunaSwitch

/// What one process of the switch sees of the world's disk: everything that was committed, and every fault that has been
/// planned for it. A process that has died can write nothing any more.
final class SimulatedStore: Store {
    private let world: World
    private let process: Int

    init(_ world: World, process: Int) {
        self.world = world
        self.process = process
    }

    private static let dead = StoreError(.unavailable, "The process has died.")
    private static let failed = StoreError(.unavailable, "The disk failed, as planned.")

    func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        guard world.isAlive(process) else { throw SimulatedStore.dead }
        guard !world.takeStoreFault(.fetchFails) else { throw SimulatedStore.failed }
        try world.disk.fetch(keys, into: &transaction)
    }

    func commit(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        guard world.isAlive(process) else { throw SimulatedStore.dead }
        if world.takeStoreFault(.commitFails) { throw SimulatedStore.failed }
        if world.agenda.hasDueTimer(in: transaction, at: now), world.takeStoreFault(.timerCommitFails) {
            throw SimulatedStore.failed
        }
        if world.takeStoreFault(.commitBreaksRule) { throw StoreError(.constraint, "A rule was broken, as planned.") }
        if world.takeStoreFault(.crashBeforeCommit) {
            world.crash()
            throw SimulatedStore.dead
        }
        try write(transaction, at: now)
        if world.takeStoreFault(.commitUnconfirmed) { throw SimulatedStore.failed }
        if world.takeStoreFault(.crashAfterCommit) {
            world.crash()
            throw SimulatedStore.dead
        }
    }

    private func write(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        do throws(StoreError) {
            try world.disk.commit(transaction, at: now)
        } catch {
            world.violate("store-rules", error.message)
            throw error
        }
        world.note(Commit(transaction, at: now))
    }

    func mark(_ environment: Environment) { world.disk.mark(environment) }

    func abandon() {}

    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        guard world.isAlive(process) else { throw SimulatedStore.dead }
        guard !world.takeStoreFault(.readFails) else { throw SimulatedStore.failed }
        return try world.disk.read(body)
    }
}

/// What can go wrong with the disk, once each time it is planned.
enum StoreFault: String, Sendable, CaseIterable {
    case commitFails = "commit-failed"
    /// The next commit fails that does what a timer was set for.
    case timerCommitFails = "timer-commit-failed"
    /// The commit took place, and is reported as failed.
    case commitUnconfirmed = "commit-unconfirmed"
    case commitBreaksRule = "commit-broke-rule"
    case fetchFails = "fetch-failed"
    case readFails = "read-failed"
    /// The process dies with a group prepared and not written.
    case crashBeforeCommit = "crash-before-commit"
    /// The process dies with a group written and nobody told.
    case crashAfterCommit = "crash-after-commit"
}
