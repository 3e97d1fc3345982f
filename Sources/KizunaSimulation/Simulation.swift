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
        package let violations: [Violation]
        package let trace: Trace
    }

    private let digester: any Digester

    package init(digester: any Digester) { self.digester = digester }

    /// Draws a seed's plan and runs it.
    package func run(seed: UInt64, payments: Int) -> Report { run(Plan(seed: seed, payments: payments)) }

    package func run(_ plan: Plan) -> Report {
        let world = World(plan, digester: digester)
        world.live()
        return Report(
            plan: plan,
            payments: world.numbers.count,
            faults: world.faults,
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
