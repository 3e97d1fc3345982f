import KizunaMoney
import Synchronization

/// Makes those wait who guess: longer after each wrong attempt, counted for a person together with where it comes from.
///
/// A person is never locked: whoever guesses at a name slows himself down and not its owner, who comes from elsewhere or
/// in a browser that is known.
final class SignInDelays: Sendable {
    /// Where attempts for one name come from.
    struct Source: Hashable {
        private let name: String
        private let place: String

        /// A known browser is a place of its own, wherever it is; an address of version 6 counts with its whole network,
        /// within which anybody has as many as he likes.
        init(_ attempt: SignInDesk.Attempt, isKnownDevice: Bool) {
            name = String(attempt.name.prefix(SignInDesk.longestPassword))
            if isKnownDevice, let device = attempt.device {
                place = device
            } else if case .v6(let high, _) = IPAddress(attempt.address) {
                place = "v6 \(high)"
            } else {
                place = attempt.address
            }
        }
    }

    private struct Failures {
        var count = 0
        var lastAt: Timestamp
    }

    /// So many wrong attempts cost nothing: fingers slip.
    private static let free = 4
    /// 2^10 seconds, some 17 minutes.
    private static let mostDoublings = 10
    private static let forgottenAfter = Duration.seconds(24 * 3_600)
    /// Some 2 MiB. Whoever has more addresses than that guesses from each of them anyway.
    private static let mostSources = 10_000

    private let failures = Mutex<[Source: Failures]>([:])

    /// How many seconds the next attempt has to wait; `nil` for none.
    func secondsToWait(_ source: Source, at now: Timestamp) -> Int? {
        guard let failed = failures.withLock({ $0[source] }), failed.count >= SignInDelays.free else { return nil }
        let doublings = min(failed.count - SignInDelays.free, SignInDelays.mostDoublings)
        let end = failed.lastAt.adding(.seconds(1 << doublings))
        return now < end ? Int((end.milliseconds - now.milliseconds + 999) / 1_000) : nil
    }

    func noteFailure(_ source: Source, at now: Timestamp) {
        failures.withLock { failures in
            if failures.count >= SignInDelays.mostSources, failures[source] == nil { makeRoom(&failures, at: now) }
            failures[source, default: Failures(lastAt: now)].count += 1
            failures[source]?.lastAt = now
        }
    }

    func forget(_ source: Source) { failures.withLock { $0[source] = nil } }

    private func makeRoom(_ failures: inout [Source: Failures], at now: Timestamp) {
        failures = failures.filter { now.since($0.value.lastAt) < SignInDelays.forgottenAfter }
        if failures.count >= SignInDelays.mostSources { failures.removeAll() }
    }
}
