import KizunaMoney
import KizunaSwitch
import Synchronization

/// The machine's clock in a world: it shows the world's time, and what somebody has put it off by.
final class SimulatedClock: Clock {
    /// When every world begins: 09:00 in Phnom Penh, on a day like any other.
    static let beginning = Timestamp(milliseconds: 1_760_000_400_000)

    private let milliseconds = Atomic<Int64>(SimulatedClock.beginning.milliseconds)

    func now() -> Timestamp { Timestamp(milliseconds: milliseconds.load(ordering: .relaxed)) }

    func advance(by step: Int64) { milliseconds.add(step, ordering: .relaxed) }
}
