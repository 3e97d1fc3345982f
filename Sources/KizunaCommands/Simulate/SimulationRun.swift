import Foundation
import KizunaMoney
import KizunaSimulation
import Synchronization

/// Many worlds at once: one on each processor, for worlds know nothing of each other.
final class SimulationRun: Sendable {
    /// The most failing seeds before a run gives up: more say nothing new.
    private static let mostFailures = 5

    /// What all worlds came to.
    struct Tally: Sendable {
        var seeds = 0
        var payments = 0
        var faults = Dictionary(uniqueKeysWithValues: Simulation.faultKinds.map { ($0, 0) })
        var incidents: [String: Int] = [:]
        var failures: [Simulation.Report] = []
        var fewestPayments = Int.max
        var fewestFaults = Int.max
        var seconds = 0.0
        /// The sum of the traces, in which the order of the worlds plays no part.
        var trace: UInt64 = 0

        var seedsPerSecond: Double { seconds > 0 ? Double(seeds) / seconds : 0 }
        var traceText: String { String(trace, radix: 16) }

        mutating func add(_ report: Simulation.Report) {
            seeds += 1
            payments += report.payments
            faults.merge(report.faults, uniquingKeysWith: +)
            incidents.merge(report.incidents, uniquingKeysWith: +)
            fewestPayments = min(fewestPayments, report.payments)
            fewestFaults = min(fewestFaults, report.faultCount)
            trace &+= report.trace.value
            if !report.violations.isEmpty { failures.append(report) }
        }
    }

    private let simulation: Simulation
    private let seeds: Range<UInt64>
    private let payments: Int
    private let next: Atomic<UInt64>
    private let tally = Mutex(Tally())

    init(_ simulation: Simulation, seeds: Range<UInt64>, payments: Int) {
        self.simulation = simulation
        self.seeds = seeds
        self.payments = payments
        next = Atomic(seeds.lowerBound)
    }

    /// Runs every world and sums up.
    ///
    /// - Parameter progress: told how many are done, now and then.
    func finish(progress: @escaping @Sendable (Int) -> Void) async -> Tally {
        let start = ContinuousClock.now
        await withDiscardingTaskGroup { group in
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { group.addTask { self.work(progress) } }
        }
        var all = tally.withLock { $0 }
        all.failures.sort { $0.plan.seed < $1.plan.seed }
        all.seconds = Double(start.duration(to: .now).wholeMilliseconds) / 1_000
        return all
    }

    private func work(_ progress: (Int) -> Void) {
        while true {
            let seed = next.add(1, ordering: .relaxed).oldValue
            guard seed < seeds.upperBound else { return }
            let report = simulation.run(seed: seed, payments: payments)
            let (count, hasFailed) = tally.withLock { tally in
                tally.add(report)
                return (tally.seeds, tally.failures.count >= SimulationRun.mostFailures)
            }
            progress(count)
            if hasFailed { return }
        }
    }
}
