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
    let span: Int64
    /// In no order; each has its moment.
    package var steps: [Step]
    /// When the last planned trouble is over, in milliseconds since the beginning.
    var horizon: Int64

    /// One thing that somebody does.
    package struct Step: Sendable, CustomStringConvertible {
        /// Milliseconds since the world began.
        let at: Int64
        let action: any Action

        package var description: String { "\(at) ms: \(action.title)" }
    }

    /// Draws the world of a seed.
    ///
    /// - Parameter payments: how many are attempted, at least.
    package init(seed: UInt64, payments: Int) {
        self.seed = seed
        var dice = SeededDice(seed: seed)
        cast = Cast(using: &dice)
        tempo = dice.pick(weighted: [(3, 0), (5, 2), (2, 40)])
        // In some worlds everybody comes at once, so that groups are prepared upon others that fail.
        let isRush = dice.chance(inHundred: 20)
        let start: Int64 = isRush ? 10_000 : 0
        span = start + (isRush ? Int64(payments * 60) : Int64(max(20_000, payments * 1_500)))
        var draft = PlanDraft(cast: cast, payments: payments, start: start, span: span, dice: dice.fork())
        draft.draw()
        steps = draft.steps
        horizon = draft.horizon
    }
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
    let cast: Cast
    let payments: Int
    /// From when on anything happens but that rates are published, in milliseconds.
    let start: Int64
    /// Payments begin within this time, in milliseconds.
    let span: Int64
    var dice: SeededDice
    private(set) var steps: [Plan.Step] = []
    private(set) var horizon: Int64
    /// Those that pay a code of their own, made for one payment.
    var dynamicPayments: [PayAction] = []
    /// How many payments have been drawn.
    private(set) var paymentCount = 0

    init(cast: Cast, payments: Int, start: Int64, span: Int64, dice: SeededDice) {
        self.cast = cast
        self.payments = payments
        self.start = start
        self.span = span
        self.dice = dice
        horizon = span
    }

    mutating func draw() {
        for provider in cast.providers { addRates(of: provider) }
        while paymentCount < payments { Catalogue.addPayment(to: &self) }
        let troubles = Catalogue.fewestTroubles + payments / 3
        for _ in 0..<troubles { Catalogue.addTrouble(to: &self) }
    }

    mutating func add(_ action: some Action, at moment: Int64) {
        steps.append(Plan.Step(at: moment, action: action))
    }

    /// A trouble that lasts: the world is not quiet before its end.
    mutating func extendHorizon(to moment: Int64) { horizon = max(horizon, moment) }

    mutating func nextPayment() -> Int {
        paymentCount += 1
        return paymentCount
    }

    /// A moment while payments are made.
    mutating func anyMoment() -> Int64 { dice.number(start...span) }

    mutating func anyPayment() -> Int { dice.number(1...max(1, payments)) }

    /// A provider publishes well before its last rates grow stale, until nobody can want a quote any more.
    private mutating func addRates(of provider: Participant) {
        for moment in stride(from: Int64(0), through: span + 200_000, by: 20_000) {
            let rates = PublishRatesAction(provider: provider.id, seed: dice.next())
            add(rates, at: moment + (moment == 0 ? 0 : dice.number(0...5_000)))
        }
    }
}
