/// When a destination that stays silent is asked again.
package enum QuestionSchedule {
    /// How long after the decision deadline silence is asked about for the first time (`flows.md` 4.5).
    static let firstQuery = Duration.seconds(1)

    /// The pause after a number of status queries, so that they go out 1, 2, 5, 10 and 30 seconds after the deadline,
    /// then each minute up to ten, then each hour (`flows.md` 4.5).
    package static func queryPause(afterAttempts attempts: Int) -> Duration {
        let first: [Int64] = [1, 3, 5, 20]
        if attempts <= first.count { return .seconds(first[max(attempts, 1) - 1]) }
        return attempts <= first.count + 10 ? .seconds(60) : .seconds(3_600)
    }

    /// The pause after a number of reversal requests. Twice in the minute that a destination has to answer
    /// (`flows.md` 7), so that it is heard within two after it has come back; after the first hour, every five minutes.
    package static func reversalPause(afterAttempts attempts: Int) -> Duration {
        attempts <= 120 ? .seconds(30) : .seconds(300)
    }
}
