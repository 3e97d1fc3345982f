import Glibc

/// How long, and after which pauses, something is tried again before its callers are told.
struct Backoff {
    /// For a commit: callers wait for an answer about as long; a failover takes less.
    static let commitPatience = Duration.seconds(8)
    private static let firstPause = Duration.milliseconds(2)
    private static let longestPause = Duration.milliseconds(250)

    private let end: ContinuousClock.Instant
    private var pause = Backoff.firstPause

    init(patience: Duration = commitPatience) { end = ContinuousClock.now.advanced(by: patience) }

    /// Waits a little; says whether there is time to try again.
    mutating func wait() -> Bool {
        guard ContinuousClock.now.advanced(by: pause) < end else { return false }
        let (seconds, attoseconds) = pause.components
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        nanosleep(&time, nil)
        pause = min(pause * 2, Backoff.longestPause)
        return true
    }
}
