import KizunaMoney
import KizunaPayments

/// Everything that will happen in one world, as data: drawn from the seed, then run, and cut down when it fails.
package struct Plan: Sendable {
    package let seed: UInt64
    let cast: Cast
    /// The longest that a job of the engine waits for its turn, in milliseconds; 0 in worlds where everything happens at
    /// once, so that limits are met to the millisecond.
    let tempo: Int64
    /// Payments begin within this time, in milliseconds.
    private(set) var span: Int64
    /// In no order; each has its moment.
    package var steps: [Step]
    /// When the last planned trouble is over, in milliseconds since the beginning.
    var horizon: Int64
    /// How many payments are attempted.
    private(set) var payments: Int
    /// How often the plan was drawn on: see ``continued(payments:)``.
    private(set) var acts = 1

    /// One thing that somebody does.
    package struct Step: Sendable, CustomStringConvertible {
        /// Milliseconds since the world began.
        let at: Int64
        let action: any Action

        package var description: String { "\(at) ms: \(action.title)" }
    }

    /// Draws the world of a seed.
    ///
    /// - Parameter payments: how many are attempted.
    package init(seed: UInt64, payments: Int) {
        self.seed = seed
        self.payments = payments
        var dice = SeededDice(seed: seed)
        cast = Cast(using: &dice)
        // In some worlds everybody comes at once and most disks are slow, so that groups are prepared upon others that
        // fail.
        let isRush = dice.chance(inHundred: 20)
        tempo = dice.pick(weighted: isRush ? [(1, 0), (2, 2), (7, 40)] : [(3, 0), (5, 2), (2, 40)])
        let start: Int64 = isRush ? 10_000 : 0
        span = start + (isRush ? Int64(payments * 60) : Plan.length(of: payments))
        var draft = PlanDraft(
            cast: cast,
            numbers: 1...max(1, payments),
            opening: 0,
            start: start,
            span: span,
            dice: dice.fork()
        )
        draft.draw()
        if isRush { Catalogue.addFailingCommits(to: &draft) }
        steps = draft.steps
        horizon = draft.horizon
    }

    /// The same world with another act, which begins when the others are over: what has happened until then stays as it
    /// was.
    ///
    /// - Parameter more: how many payments are attempted in it.
    func continued(payments more: Int) -> Plan {
        var plan = self
        plan.acts += 1
        plan.payments += more
        plan.span = horizon + PlanDraft.openingTime + Plan.length(of: more)
        var draft = PlanDraft(
            cast: cast,
            numbers: payments + 1...payments + max(1, more),
            opening: horizon,
            start: horizon + PlanDraft.openingTime,
            span: plan.span,
            dice: SeededDice(seed: SeededDice.mixed(seed &+ UInt64(plan.acts)))
        )
        if cast.areCapsTight { draft.add(WidenCapsAction(), at: horizon) }
        draft.draw()
        plan.steps += draft.steps
        plan.horizon = draft.horizon
        return plan
    }

    /// How long so many payments are given to begin, in milliseconds.
    private static func length(of payments: Int) -> Int64 { Int64(max(20_000, payments * 1_500)) }
}

/// Something that somebody does in a world. A new kind of command or trouble is a type of its own, in a file of its own,
/// with a line in ``Catalogue``.
protocol Action: Sendable {
    /// For people who read a plan.
    var title: String { get }
    /// Begins it; whatever takes time is scheduled.
    func perform(in world: World)
}

/// A plan while it is drawn.
struct PlanDraft {
    /// How long before anybody pays providers begin to publish, in milliseconds.
    static let openingTime: Int64 = 10_000

    let cast: Cast
    /// Those of its payments.
    let numbers: ClosedRange<Int>
    /// From when on rates are published, in milliseconds.
    let opening: Int64
    /// From when on anything else happens, in milliseconds.
    let start: Int64
    /// Payments begin within this time, in milliseconds.
    let span: Int64
    var dice: SeededDice
    private(set) var steps: [Plan.Step] = []
    private(set) var horizon: Int64
    /// Those that pay a code of their own, made for one payment.
    var dynamicPayments: [PayAction] = []

    init(
        cast: Cast,
        numbers: ClosedRange<Int>,
        opening: Int64,
        start: Int64,
        span: Int64,
        dice: SeededDice
    ) {
        self.cast = cast
        self.numbers = numbers
        self.opening = opening
        self.start = start
        self.span = span
        self.dice = dice
        horizon = span
    }

    mutating func draw() {
        for provider in cast.providers { addRates(of: provider) }
        for number in numbers { Catalogue.addPayment(number, to: &self) }
        let troubles = Catalogue.fewestTroubles + numbers.count / 3
        for _ in 0..<troubles { Catalogue.addTrouble(to: &self) }
    }

    mutating func add(_ action: some Action, at moment: Int64) {
        steps.append(Plan.Step(at: moment, action: action))
    }

    /// A trouble that lasts: the world is not quiet before its end.
    mutating func extendHorizon(to moment: Int64) { horizon = max(horizon, moment) }

    /// A moment while payments are made.
    mutating func anyMoment() -> Int64 { dice.number(start...span) }

    /// A moment when many payments are made already, or shortly after all are.
    mutating func anyLateMoment() -> Int64 { dice.number(start + (span - start) / 3...span + 30_000) }

    mutating func anyPayment() -> Int { dice.number(numbers) }

    /// A provider publishes well before its last rates grow stale, until nobody can want a quote any more.
    private mutating func addRates(of provider: Participant) {
        for moment in stride(from: opening, through: span + 200_000, by: 20_000) {
            let rates = PublishRatesAction(provider: provider.id, seed: dice.next())
            add(rates, at: moment + (moment == opening ? 0 : dice.number(0...5_000)))
        }
    }
}
