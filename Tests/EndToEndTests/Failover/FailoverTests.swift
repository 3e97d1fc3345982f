import Foundation
import Testing

/// How often the primary, and how often a switch is to be lost.
private let failovers = ProcessInfo.processInfo.environment["KIZUNA_FAILOVERS"].flatMap { Int($0) }

/// Two switches on a database that is killed under them, and that are killed themselves.
///
/// `make ha` runs it, so often as `KIZUNA_FAILOVERS` says; the tests that gate a change do without, for it takes what a
/// production takes: etcd, Patroni, HAProxy, and seconds of waiting for each loss.
@Suite(.enabled(if: failovers != nil, "make ha runs it: it needs etcd, Patroni and HAProxy"))
struct FailoverTests {
    @Test func nothingIsLostWhoeverDies() async throws {
        let count = try #require(failovers)
        let link = try await HighAvailability()
        var report = FailoverReport()
        for number in 1...count {
            try await link.losePrimary(&report)
            Progress.show(number, of: count, "losses of the primary, \(report.answered) answers")
        }
        for number in 1...count {
            try await link.loseSwitch(number % 2, &report)
            Progress.show(number, of: count, "losses of a switch, \(report.answered) answers")
        }
        Progress.clear()
        try await link.end(&report)
        #expect(report.answered > 2 * count)
        print(report)
    }
}

/// What came of the losses.
struct FailoverReport: CustomStringConvertible {
    /// From the loss until a payment that was begun after it was answered.
    var flowsAgain: (primary: [Duration], node: [Duration]) = ([], [])
    /// From the loss of a switch until the last payment that was under way had its answer.
    var takenOver: [Duration] = []
    var answered = 0
    var cleanBooks = 0
    /// What payers' banks were told instead of an answer, after all their repeats.
    var refusals: [String: Int] = [:]

    var description: String {
        """
        \(flowsAgain.primary.count) primaries and \(flowsAgain.node.count) switches killed: \(answered) answered \
        payments there, none doubled; books clean \(cleanBooks) times
        payments flow again after the loss of a primary in \(Self.spread(flowsAgain.primary)), of a switch in \
        \(Self.spread(flowsAgain.node)); what was under way at a switch had its answer in \(Self.spread(takenOver))
        told to banks after all repeats: \(refusals.isEmpty ? "nothing but answers" : "\(refusals)")
        """
    }

    private static func spread(_ durations: [Duration]) -> String {
        let sorted = durations.sorted().map {
            $0.formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1)))
        }
        guard let worst = sorted.last else { return "–" }
        return "\(sorted[sorted.count / 2]) (median), \(worst) (worst)"
    }
}
