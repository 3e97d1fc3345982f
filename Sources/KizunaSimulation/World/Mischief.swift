import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// The trouble that is planned or going on in a world.
struct Mischief {
    /// What the disk does wrong at its next opportunities.
    var storeFaults: [StoreFault] = []
    /// How far the machine's clock has been put back in all, in milliseconds.
    var backwardShift: Int64 = 0
    /// What the machine's clock showed before and after each jump, the latest last.
    var clockJumps: [ClockJump] = []
    var hasClockJumped: Bool { !clockJumps.isEmpty }
    var hasNarrowedCaps = false
    /// Banks that nobody can reach now, with how many silences lie over each other.
    var silent: [ParticipantID: Int] = [:]
    /// Banks whose answers nobody hears now, likewise.
    var mute: [ParticipantID: Int] = [:]
    /// Providers that publish nothing now.
    var idleProviders: [ParticipantID: Int] = [:]
    /// What happens to single messages and calls.
    var disturbances: [Disturbance.Place: Disturbance.Kind] = [:]
    /// What wallets do wrong with single payments.
    var twists: [Int: Twist] = [:]
    /// How long before its deadline a payment's timer fires as well, in milliseconds: the clock was put back meanwhile.
    var earlyTimers: [Int: Int64] = [:]
    /// When the last trouble that can hold payments up ended, in milliseconds since the world began.
    var lastTroubleEnded: Int64 = 0
}

struct ClockJump {
    /// In milliseconds since the world began.
    let moment: Int64
    let before: Timestamp
    let after: Timestamp
}

/// What happens to one message or call on its way.
struct Disturbance: Sendable, Hashable {
    /// Where: at which attempt of which exchange about which payment of the plan.
    struct Place: Sendable, Hashable {
        let payment: Int
        let exchange: Exchange
        let attempt: Int
    }

    enum Exchange: Sendable, Hashable {
        case call(CallStage)
        case message(OutboxMessage.Kind)
    }

    enum Kind: String, Sendable, CaseIterable {
        case requestLost = "request-lost"
        case answerLost = "answer-lost"
        case repeated
        case late
        case contradicting = "answer-contradicting"
        case nonsense = "answer-nonsense"
    }
}

/// The calls that a payment consists of, by who makes them.
enum CallStage: String, Sendable, CaseIterable {
    case resolve, quote, submit, refund, answer, recall
}
