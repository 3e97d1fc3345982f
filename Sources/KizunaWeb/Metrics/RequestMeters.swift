import KizunaSwitch
import Synchronization

/// What the API counts of its calls since the process began.
package final class RequestMeters: Sendable {
    struct Answered: Hashable {
        /// The operation's name; empty where there is none at the address.
        let operation: String
        let status: Int
    }

    struct Figures {
        var answers: [Answered: Int] = [:]
        /// By operation, in seconds.
        var times: [String: Histogram] = [:]
        /// By the problem's code.
        var problems: [String: Int] = [:]
    }

    private let counted = Mutex(Figures())

    package init() {}

    var figures: Figures { counted.withLock { $0 } }

    func note(_ operation: String, _ status: Int, problem: ProblemCode?, took: Duration) {
        counted.withLock { figures in
            figures.answers[Answered(operation: operation, status: status), default: 0] += 1
            figures.times[operation, default: .times].add(took.seconds)
            if let problem { figures.problems[problem.name, default: 0] += 1 }
        }
    }
}
