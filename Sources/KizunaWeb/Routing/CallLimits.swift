import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// How often the API may be called: by each participant, with each key, and from each address by nobody it knows.
///
/// They keep one caller from using up what all share. What the switch as a whole can do is guarded by the server's own
/// limits, with 503. Each node counts for itself.
package final class CallLimits: Sendable {
    /// Calls a second; twice as many at once after a pause.
    package struct Rates: Sendable, Hashable {
        /// All keys of a participant together; `nil` for no limit.
        package var participant: Int64?
        /// Each key; a person's too.
        package var key: Int64?
        /// Each address, for calls that need no key or bear none that is known.
        package var address: Int64?

        package init(participant: Int64? = 2_000, key: Int64? = 1_000, address: Int64? = 100) {
            self.participant = participant
            self.key = key
            self.address = address
        }

        /// For benchmarks, where one participant is the whole load.
        package static let none = Rates(participant: nil, key: nil, address: nil)
    }

    private let participants: RateLimiter?
    private let keys: RateLimiter?
    private let addresses: RateLimiter?

    package init(_ rates: Rates = Rates()) {
        let limiter = { (rate: Int64?) in
            rate.map { RateLimiter(RateLimiter.Rate(perSecond: $0, burst: 2 * $0)) }
        }
        participants = limiter(rates.participant)
        keys = limiter(rates.key)
        addresses = limiter(rates.address)
    }

    /// Counts a call with a key in force.
    ///
    /// - Throws: ``RequestFault/rateLimited``.
    func count(_ key: APIKey, at now: Timestamp) throws(Problem) {
        guard keys?.admits(.secret(key.id), at: now) ?? true else { throw .tooOften("with this key") }
        guard case .participant(let id) = key.owner, let participants else { return }
        guard participants.admits(.participant(id), at: now) else { throw .tooOften("by this participant") }
    }

    /// Counts a call of nobody that is known.
    ///
    /// - Throws: ``RequestFault/rateLimited``.
    func count(address: String, at now: Timestamp) throws(Problem) {
        guard addresses?.admits(.address(address), at: now) ?? true else { throw .tooOften("from this address") }
    }
}

extension Problem {
    fileprivate static func tooOften(_ whence: String) -> Problem {
        Problem(.rateLimited, "There are too many calls \(whence); come back after the seconds of Retry-After.")
    }
}
