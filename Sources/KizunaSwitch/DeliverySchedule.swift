import KizunaMoney

/// When a message is tried again.
package enum DeliverySchedule {
    /// A destination's time to answer one credit request (`flows.md` 4.5).
    package static let answerTime = Duration.seconds(15)
    /// A receiver's time to take a notice.
    package static let noticeTime = Duration.seconds(10)
    /// A notice that failed so often is given up, after almost three days, and waits for somebody to ask for it.
    static let mostNoticeAttempts = 12

    /// The pause before a question is asked again: 1, 2, 5, 10, 30 seconds, then a minute each, and an hour after ten
    /// minutes of silence (`flows.md` 4.5).
    static func pause(afterAttempts attempts: Int) -> Duration {
        let first: [Int64] = [1, 2, 5, 10, 30]
        if attempts <= first.count { return .seconds(first[max(attempts, 1) - 1]) }
        return attempts <= first.count + 10 ? .seconds(60) : .seconds(3_600)
    }
    /// The pause before a notice is sent again, which takes much longer to be of no use than a question: 5 and 15
    /// seconds, 1, 5 and 15 minutes, 1, 3, 6 and 12 hours, then a day each; by chance up to a fifth less or more, so
    /// that those which failed together do not come back together (`flows.md` 13).
    static func noticePause(
        afterAttempts attempts: Int,
        using random: inout some RandomNumberGenerator
    ) -> Duration {
        let seconds: [Int64] = [5, 15, 60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400]
        let pause = seconds[min(max(attempts, 1), seconds.count) - 1] * 1_000
        return .milliseconds(pause + Int64.random(in: -pause / 5...pause / 5, using: &random))
    }
}
