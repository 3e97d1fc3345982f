package import KizunaSwitch

/// Runs worlds from seeds: the same seed is the same world, on every machine.
package struct Simulation: Sendable {
    /// What came of one world.
    package struct Report: Sendable {
        package let plan: Plan
        /// How many payments the switch took in.
        package let payments: Int
        /// How often each kind of trouble happened.
        package let faults: [String: Int]
        /// How often each kind of thing happened that comes of trouble.
        package let incidents: [String: Int]
        package fileprivate(set) var violations: [Violation]
        package let trace: Trace

        package var faultCount: Int { faults.values.reduce(0, +) }
    }

    /// The fewest troubles that a seed's world sees.
    package static let fewestFaults = 10
    /// What has not come to pass in so many acts will not.
    private static let mostActs = 8
    /// The name of every kind of trouble there is.
    package static let faultKinds = Fault.allNames

    private let digester: any Digester

    package init(digester: any Digester) { self.digester = digester }

    /// Draws a seed's plan and runs it; a world that has not seen enough is run again with one act more.
    ///
    /// - Parameter payments: how many the switch takes in, at least; more are attempted, since some come to nothing.
    package func run(seed: UInt64, payments: Int) -> Report {
        var report = run(Plan(seed: seed, payments: payments + payments / 5))
        while report.violations.isEmpty, let shortage = Simulation.shortage(of: report, payments: payments) {
            guard report.plan.acts < Simulation.mostActs else {
                let detail = "\(report.payments) payments and \(report.faultCount) faults"
                report.violations = [Violation(seed: seed, invariant: "enough-happens", detail: detail, at: 0)]
                break
            }
            report = run(report.plan.continued(payments: shortage))
        }
        return report
    }

    /// How many payments more are to be attempted in a world; nothing when it has seen enough.
    private static func shortage(of report: Report, payments: Int) -> Int? {
        let missing = max(0, payments - report.payments)
        guard missing > 0 || report.faultCount < fewestFaults else { return nil }
        return missing + missing / 2 + 5
    }

    package func run(_ plan: Plan) -> Report {
        let world = World(plan, digester: digester)
        world.live()
        return Report(
            plan: plan,
            payments: world.numbers.count,
            faults: world.faults,
            incidents: world.incidents,
            violations: world.violations,
            trace: world.trace
        )
    }

    /// The shortest plan that was found to break the same promise: steps are left out as long as it still does.
    ///
    /// - Parameter mostRuns: bounds the time this takes.
    package func shrink(_ report: Report, mostRuns: Int = 500) -> Report {
        guard let violation = report.violations.first else { return report }
        var best = report
        var runs = 0
        var size = best.plan.steps.count / 2
        while size >= 1 {
            var start = 0
            var hasShrunk = false
            while start < best.plan.steps.count, runs < mostRuns {
                var plan = best.plan
                plan.steps.removeSubrange(start..<min(start + size, plan.steps.count))
                runs += 1
                let attempt = run(plan)
                if attempt.violations.first?.invariant == violation.invariant {
                    best = attempt
                    hasShrunk = true
                } else {
                    start += size
                }
            }
            if !hasShrunk || size > 1 { size /= 2 }
        }
        return best
    }
}
