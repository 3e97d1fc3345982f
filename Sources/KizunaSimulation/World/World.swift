import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// One world: a switch with the real engine over a disk that fails, banks and wallets that misbehave, and auditors who
/// look at every event. Everything that happens comes from the plan.
///
/// Unchecked, because all of it runs on the one thread that runs the world; the engine's own types demand `Sendable`.
final class World: @unchecked Sendable {
    let plan: Plan
    let cast: Cast
    let digester: any Digester
    let disk: MemoryStore
    let clock = SimulatedClock()
    /// Chance of the network and the lanes; plans have dice of their own.
    var dice: SeededDice
    /// Milliseconds since the beginning; no jump of the clock changes it.
    private(set) var now: Int64 = 0
    private var queue = EventQueue()

    /// The switch, while it runs.
    var process: Process?
    /// The number of the process that lives or is starting; 0 while none does.
    var alive = 0
    var processCount = 0
    /// Those of every process that has lived.
    var lanes: [SimulatedLane] = []
    var lastLook: Int64?
    var nextLook: Int64?
    var callCount = 0
    /// Requests whose callers have not given up.
    var openRequests = 0
    /// Wallets that are still on their way to a submission.
    var openStories = 0
    /// How many calls under a key the switch has in hand.
    var openKeys: [IdempotencyKey: Int] = [:]
    var agenda = Agenda()
    var stories: [Int: Story] = [:]
    var numbers: [PaymentID: Int] = [:]
    var uetrs: [UETR: Int] = [:]
    var codes: [Int: ScannableCode] = [:]
    var banks: [ParticipantID: SimulatedBank] = [:]
    var mischief = Mischief()
    /// What each participant may owe now, where nobody has narrowed it.
    var caps: [Currency: Int64]
    /// Unpaid payments that a bank's late word of success has opened again.
    var reopened: Set<PaymentID> = []
    /// Those that were suspended at any time.
    var suspensions: Set<ParticipantID> = []
    var auditors: [any Auditor] = []

    private(set) var trace = Trace()
    private(set) var violations: [Violation] = []
    private(set) var faults: [String: Int] = [:]
    private(set) var incidents: [String: Int] = [:]

    /// One life of the switch, from its start to its end or crash.
    struct Process {
        let number: Int
        let engine: Switch
    }

    init(_ plan: Plan, digester: any Digester) {
        self.plan = plan
        self.digester = digester
        cast = plan.cast
        caps = plan.cast.caps
        disk = MemoryStore(digester: digester, rests: cast.rests)
        dice = SeededDice(seed: plan.seed ^ 0x776F_726C_6400_0000)
        for participant in cast.participants { banks[participant.id] = SimulatedBank(participant) }
        auditors = World.allAuditors(of: self)
    }

    // MARK: Time

    /// Plans something for later.
    func schedule(after pause: Int64, _ job: @escaping () -> Void) { schedule(at: now + pause, job) }

    func schedule(at moment: Int64, _ job: @escaping () -> Void) { queue.add(at: max(moment, now), job) }

    /// When something happens next.
    var nextEvent: Int64? { queue.next }

    /// Runs what is planned up to a moment, or until nothing is, or a promise has been broken.
    func run(until end: Int64) {
        while violations.isEmpty, let next = queue.next, next <= end, let event = queue.take() {
            pass(to: event.at)
            event.job()
        }
        if violations.isEmpty, !queue.isEmpty { pass(to: end) }
    }

    /// Lets go of the switch, of everything planned, and of the jobs that wait for their turn: all hold on to the world,
    /// which would never be freed.
    func end() {
        process = nil
        queue = EventQueue()
        for lane in lanes { lane.drop() }
        lanes = []
    }

    private func pass(to moment: Int64) {
        clock.advance(by: moment - now)
        now = moment
    }

    /// Puts the machine's clock forward or back.
    func jumpClock(by milliseconds: Int64) {
        let before = clock.now()
        clock.advance(by: milliseconds)
        trace.note(.jump, at: now, UInt64(bitPattern: milliseconds))
        mischief.clockJumps.append(ClockJump(moment: now, before: before, after: clock.now()))
        mischief.backwardShift += max(0, -milliseconds)
        planLook(after: 0)
    }

    // MARK: Keeping account

    /// Counts a fault that has really happened.
    func count(_ fault: some RawRepresentable<String>) { faults[fault.rawValue, default: 0] += 1 }

    /// Counts what has come of trouble.
    func note(_ incident: Incident) { incidents[incident.rawValue, default: 0] += 1 }

    /// Notes that a promise has been broken; the run ends here.
    func violate(_ invariant: String, _ detail: String) {
        violations.append(Violation(seed: plan.seed, invariant: invariant, detail: detail, at: now))
    }

    func note(_ event: Trace.Event, _ first: UInt64 = 0, _ second: UInt64 = 0) {
        trace.note(event, at: now, first, second)
    }

    func note(_ event: Trace.Event, _ id: UniqueID) { trace.note(event, at: now, id) }

    /// The disk has taken something.
    func note(_ commit: Commit) {
        note(.commit, UInt64(commit.journal.count), UInt64(bitPattern: commit.time.milliseconds))
        for line in commit.journal { note(.line, line.transaction.low, UInt64(bitPattern: line.minorUnits)) }
        for payment in commit.payments.compactMap(\.row) where numbers[payment.id] == nil {
            numbers[payment.id] = uetrs[payment.uetr]
        }
        for change in commit.payments where change.stored?.state.isFinal == true && change.row?.state.isFinal == false {
            reopened.insert(change.key)
        }
        for auditor in auditors { auditor.committed(commit) }
        for change in commit.payments where change.stored?.state == .exception && change.stored?.reason == nil {
            if change.row?.state == .reversed { note(Incident.returnedByPeople) }
        }
        for change in commit.payments where change.row?.state == .exception && change.stored?.state != .exception {
            if let payment = change.row { callPeople(to: payment) }
        }
        agenda.take(commit)
        if let due = agenda.earliest { planLook(after: max(0, due.since(clock.now()).wholeMilliseconds)) }
    }

    /// Takes a fault of the disk that is planned for now, if one is.
    func takeStoreFault(_ fault: StoreFault) -> Bool {
        guard let place = mischief.storeFaults.firstIndex(of: fault) else { return false }
        mischief.storeFaults.remove(at: place)
        count(fault)
        return true
    }
}

/// A promise that a run saw broken.
package struct Violation: Sendable, Hashable, CustomStringConvertible {
    package let seed: UInt64
    /// Which promise, such as `one-answer-per-key`.
    package let invariant: String
    package let detail: String
    /// When, in milliseconds since the world began.
    package let at: Int64

    package var description: String { "\(invariant): \(detail) (at \(at) ms)" }
}
