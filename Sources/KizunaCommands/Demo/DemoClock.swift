import KizunaMoney
import KizunaSwitch
import Synchronization

/// The machine's clock, put forward or back: what the demo's switch and its banks go by.
final class DemoClock: KizunaSwitch.Clock {
    private let aheadMilliseconds: Atomic<Int64>

    init(ahead: Duration = .zero) { aheadMilliseconds = Atomic(ahead.wholeMilliseconds) }

    /// How far it is put forward; negative for back.
    var ahead: Duration {
        get { .milliseconds(aheadMilliseconds.load(ordering: .relaxed)) }
        set { aheadMilliseconds.store(newValue.wholeMilliseconds, ordering: .relaxed) }
    }

    func now() -> Timestamp { SystemClock().now().adding(ahead) }
}
