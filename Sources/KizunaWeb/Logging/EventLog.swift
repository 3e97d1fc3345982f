package import KizunaMoney

/// Where a running switch tells those who operate it what it does.
package protocol EventLog: Sendable {
    /// Takes a line, and never waits for anybody to read it.
    func note(_ line: LogLine)
}

/// What has happened, as one line of JSON: `{"time": …, "level": …, "event": …}` and what belongs to the event.
///
/// A line bears ids, codes and times. Names, accounts, payloads and secrets have no place in it, nor any text that a
/// caller chose: so no caller can write a line of its own.
package struct LogLine: Sendable, Hashable {
    package enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Somebody has to look.
        case error
        /// Somebody may want to.
        case warning
        /// The process's own life: that it listens, that it ends.
        case notice
        /// Every request and every message.
        case info

        package static func < (one: Level, other: Level) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .info: 0
            case .notice: 1
            case .warning: 2
            case .error: 3
            }
        }
    }

    package let level: Level
    /// What happened, in a word: `request`, `delivery`.
    package let event: String
    package let members: [JSON.Member]

    package init(_ level: Level, _ event: String, _ members: [JSON.Member]) {
        self.level = level
        self.event = event
        self.members = members
    }

    package init(_ level: Level, _ event: String, saying message: String) {
        self.init(level, event, [JSON.Member(name: "message", value: .string(message))])
    }

    package func json(at now: Timestamp) -> JSON {
        let head: JSON = ["time": JSON(now), "level": .string(level.rawValue), "event": .string(event)]
        return head.adding(members)
    }
}

/// Keeps nothing.
package struct NoLog: EventLog {
    package init() {}

    package func note(_ line: LogLine) {}
}
