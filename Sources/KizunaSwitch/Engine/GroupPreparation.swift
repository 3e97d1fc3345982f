import KizunaMoney
import Synchronization

/// Submissions whose steps have been run in one transaction and wait for its commit.
struct PreparedGroup: Sendable {
    struct Member: Sendable {
        let waiting: Waiting
        let outcome: Outcome
    }

    var members: [Member] = []
    var transaction = Transaction()
    /// The group's time: when its last member was prepared.
    var time = Timestamp(milliseconds: 0)
}

/// Runs steps, fetching what they miss, until each has an outcome.
struct GroupPreparation: Sendable {
    /// How often a step may ask for further records: steps follow references at most this deep.
    private static let fetchRounds = 8

    private let store: any Store
    private let clock: any Clock
    private let random: Dice

    init(store: any Store, clock: any Clock, random: any RandomNumberGenerator & Sendable) {
        self.store = store
        self.clock = clock
        self.random = Dice(random)
    }

    /// Adds submissions to a group. Those that miss records are run again, behind the others, when these are there:
    /// they came at the same time, so any order is theirs.
    ///
    /// - Parameter before: what the commit under way will leave; it is looked into before the store, which does not
    ///   know of it yet.
    /// - Returns: those that the store failed.
    func add(
        _ arrivals: [Waiting],
        to group: inout PreparedGroup,
        upon before: Transaction?
    ) -> [(waiting: Waiting, error: StoreError)] {
        guard !arrivals.isEmpty else { return [] }
        group.time = clock.now()
        group.transaction.expect(submissions: group.members.count + arrivals.count)
        var pending = arrivals
        do throws(StoreError) {
            try fetchAhead(arrivals, into: &group.transaction, upon: before)
            for _ in 0..<GroupPreparation.fetchRounds {
                let missing = attempt(&pending, in: &group)
                guard !pending.isEmpty else { return [] }
                try fetch(missing, into: &group.transaction, upon: before)
            }
        } catch {
            return pending.map { ($0, error) }
        }
        let error = StoreError(.corrupt, "A step asked for records without end; this is a defect of the switch.")
        return pending.map { ($0, error) }
    }

    /// Brings what the submissions name, and what those records refer to in turn, so that few steps are run in vain.
    private func fetchAhead(
        _ arrivals: [Waiting],
        into transaction: inout Transaction,
        upon before: Transaction?
    ) throws(StoreError) {
        var keys: [RecordKey] = []
        for waiting in arrivals { waiting.submission.addFirstRecords(to: &keys) }
        try fetch(keys, into: &transaction, upon: before)
        for _ in 0..<Submission.deepestReference {
            keys.removeAll(keepingCapacity: true)
            for waiting in arrivals { waiting.submission.addNextRecords(to: &keys, in: transaction) }
            guard !keys.isEmpty else { return }
            try fetch(keys, into: &transaction, upon: before)
        }
    }

    /// Runs every pending step once; those that miss records leave no trace and stay pending.
    private func attempt(_ pending: inout [Waiting], in group: inout PreparedGroup) -> [RecordKey] {
        var (missing, unfinished) = ([RecordKey](), [Waiting]())
        let now = group.time
        random.roll { dice in
            for waiting in pending {
                do throws(MissingRecords) {
                    let outcome = try step(waiting.submission, in: &group.transaction, at: now, using: &dice)
                    group.members.append(PreparedGroup.Member(waiting: waiting, outcome: outcome))
                } catch {
                    missing += error.keys
                    unfinished.append(waiting)
                }
            }
        }
        pending = unfinished
        return missing
    }

    /// Brings those of the records that are not there yet; some may be named more than once.
    private func fetch(
        _ keys: [RecordKey],
        into transaction: inout Transaction,
        upon before: Transaction?
    ) throws(StoreError) {
        var elsewhere: [RecordKey] = []
        for key in keys where !transaction.isLoaded(key) {
            if let before, transaction.adopt(key, from: before) { continue }
            elsewhere.append(key)
        }
        if !elsewhere.isEmpty { try store.fetch(elsewhere, into: &transaction) }
    }
}

/// The chance of one committer, kept between groups.
private final class Dice: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    init(_ generator: any RandomNumberGenerator & Sendable) { self.generator = Mutex(generator) }

    func roll(_ body: (inout any RandomNumberGenerator & Sendable) -> Void) {
        generator.withLock { generator in
            var dice = generator
            body(&dice)
            generator = dice
        }
    }
}
