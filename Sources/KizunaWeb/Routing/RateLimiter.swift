package import KizunaLedger
package import KizunaMoney
import Synchronization

/// Lets each caller call at a steady rate, and some more at once after a pause (a token bucket for each).
package final class RateLimiter: Sendable {
    package struct Rate: Sendable, Hashable {
        /// How many calls a second on average.
        package var perSecond: Int64
        /// How many at once.
        package var burst: Int64

        package init(perSecond: Int64 = 10, burst: Int64 = 50) {
            precondition(perSecond > 0 && burst > 0, "A rate lets something through")
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    package enum Key: Sendable, Hashable {
        /// A shop's project at the Bakong facade.
        case project(UInt64)
        case participant(ParticipantID)
        case secret(UniqueID)
        case address(String)
        /// Everybody for whom there is no room of their own.
        case rest
    }

    private struct Bucket {
        /// In thousandths of a call.
        var left: Int64
        var at: Timestamp
    }

    /// The most callers that are counted each by themselves, some 2 MiB.
    private let mostKeys: Int
    private let rate: Rate
    private let buckets = Mutex<[Key: Bucket]>([:])

    package init(_ rate: Rate, mostKeys: Int = 20_000) {
        self.rate = rate
        self.mostKeys = mostKeys
    }

    /// Counts a call, if there is one left for its caller.
    package func admits(_ key: Key, at now: Timestamp) -> Bool {
        buckets.withLock { buckets in
            if buckets[key] == nil, buckets.count >= mostKeys { forgetTheRested(&buckets, at: now) }
            let key = buckets[key] == nil && buckets.count >= mostKeys ? .rest : key
            var bucket = buckets[key].map { refilled($0, at: now) } ?? Bucket(left: rate.burst * 1_000, at: now)
            let isAdmitted = bucket.left >= 1_000
            if isAdmitted { bucket.left -= 1_000 }
            buckets[key] = bucket
            return isAdmitted
        }
    }

    private func refilled(_ bucket: Bucket, at now: Timestamp) -> Bucket {
        // A clock that goes back gives nothing.
        let milliseconds = min(max(0, now.milliseconds - bucket.at.milliseconds), rate.burst * 1_000)
        return Bucket(left: min(bucket.left + milliseconds * rate.perSecond, rate.burst * 1_000), at: now)
    }

    /// Who could call as often as a stranger need not be remembered.
    private func forgetTheRested(_ buckets: inout [Key: Bucket], at now: Timestamp) {
        buckets = buckets.filter { refilled($0.value, at: now).left < rate.burst * 1_000 }
    }
}
