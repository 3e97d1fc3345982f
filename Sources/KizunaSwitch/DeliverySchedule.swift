import KizunaMoney

/// When a message is tried again.
package enum DeliverySchedule {
    /// A destination's time to answer one credit request (`flows.md` 4.5).
    package static let answerTime = Duration.seconds(15)
    /// A receiver's time to take a notice.
    package static let noticeTime = Duration.seconds(10)
    /// A notice that nobody took for this long is given up, and waits for an operator.
    static let noticeLife = Duration.seconds(3 * 24 * 60 * 60)

    /// The pause after a number of attempts: 1, 2, 5, 10, 30 seconds, then a minute each, and an hour after ten
    /// minutes of silence (`flows.md` 4.5).
    static func pause(afterAttempts attempts: Int) -> Duration {
        let first: [Int64] = [1, 2, 5, 10, 30]
        if attempts <= first.count { return .seconds(first[max(attempts, 1) - 1]) }
        return attempts <= first.count + 10 ? .seconds(60) : .seconds(3_600)
    }
}
