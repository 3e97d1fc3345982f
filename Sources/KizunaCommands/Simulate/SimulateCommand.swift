import KizunaCrypto
import KizunaSimulation
import KizunaWeb

/// `kizuna simulate`: runs worlds from seeds and says which promises broke.
struct SimulateCommand {
    let console: Console

    private enum Flags {
        static let seeds = Flag("--seeds", "N", help: "how many worlds; standard 200")
        static let firstSeed = Flag("--first-seed", "N", help: "the first world's seed; the others follow; standard 1")
        static let payments = Flag("--payments", "N", help: "payments in each world, at least; standard 50")
        static let json = Flag("--json", help: "answer with one JSON object")
    }

    private static let verb = Verb(
        "simulate",
        summary: "Runs the switch in simulated worlds full of trouble, and audits every event.",
        flags: [Flags.seeds, Flags.firstSeed, Flags.payments, Flags.json],
        examples: [
            "kizuna simulate", "kizuna simulate --seeds 20000",
            "kizuna simulate --first-seed 4711 --seeds 1 --payments 50",
        ]
    )
    private static let standardPayments: Int64 = 50

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(SimulateCommand.verb, arguments) { arguments in
            let count = try arguments.integer(Flags.seeds, in: 1...100_000_000) ?? 200
            let first = try arguments.integer(Flags.firstSeed, in: 0...Int64.max - 100_000_000) ?? 1
            let payments =
                try arguments.integer(Flags.payments, in: 1...10_000) ?? SimulateCommand.standardPayments
            let simulation = Simulation(digester: OpenSSLDigester())
            let seeds = UInt64(first)..<UInt64(first) + UInt64(count)
            let run = SimulationRun(simulation, seeds: seeds, payments: Int(payments))
            let tally = await run.finish { ProgressLine.show($0, of: Int(count), "seeds") }
            report(tally, payments: payments, asJSON: arguments.has(Flags.json))
            if !arguments.has(Flags.json), let failure = tally.failures.first {
                explain(failure, simulation, payments: payments)
            }
            return tally.failures.isEmpty ? ExitStatus.done : ExitStatus.no
        }
    }

    private func report(_ tally: SimulationRun.Tally, payments: Int64, asJSON: Bool) {
        let faults = tally.faults.sorted { $0.key < $1.key }
        guard !asJSON else {
            let violations = tally.failures.flatMap(\.violations).map { violation -> JSON in
                [
                    "seed": JSON(violation.seed), "invariant": .string(violation.invariant),
                    "detail": .string(violation.description),
                    "replay": .string(SimulateCommand.replay(violation.seed, payments)),
                ]
            }
            console.writeLine([
                "seeds": JSON(tally.seeds), "payments": JSON(tally.payments),
                "faults": .object(faults.map(SimulateCommand.member)),
                "incidents": .object(tally.incidents.sorted { $0.key < $1.key }.map(SimulateCommand.member)),
                "violations": .array(violations), "seconds": .number("\(rounded(tally.seconds, 2))"),
                "seedsPerSecond": .number("\(rounded(tally.seedsPerSecond))"),
                "fewestPayments": JSON(tally.fewestPayments), "fewestFaults": JSON(tally.fewestFaults),
                "trace": .string(tally.traceText),
            ])
            return
        }
        console.write("\(tally.seeds) seeds, \(tally.payments) payments, \(rounded(tally.seconds, 2)) s, ")
        console.write("\(rounded(tally.seedsPerSecond)) seeds/s, trace \(tally.traceText)\n")
        console.write("at least \(tally.fewestPayments) payments and \(tally.fewestFaults) faults in each\n")
        for (kind, count) in faults { console.write("  \(kind.padded(to: 24))\(count)\n") }
        for (kind, count) in tally.incidents.sorted(by: { $0.key < $1.key }) {
            console.write("→ \(kind.padded(to: 24))\(count)\n")
        }
        for violation in tally.failures.flatMap(\.violations) {
            console.write("✘ seed \(violation.seed): \(violation)\n")
        }
        if tally.failures.isEmpty { console.write("✔ no promise was broken\n") }
    }

    private static func member(_ kind: String, _ count: Int) -> JSON.Member {
        JSON.Member(name: kind, value: JSON(count))
    }

    /// The line that replays a failing seed, and the shortest plan found that fails in the same way.
    private func explain(_ failure: Simulation.Report, _ simulation: Simulation, payments: Int64) {
        guard let violation = failure.violations.first else { return }
        console.complain("replay: \(SimulateCommand.replay(violation.seed, payments))")
        let short = simulation.shrink(failure)
        console.complain("shortest plan found that breaks \(violation.invariant):")
        for step in short.plan.steps { console.complain("  \(step)") }
        for violation in short.violations { console.complain("  ✘ \(violation)") }
    }

    private static func replay(_ seed: UInt64, _ payments: Int64) -> String {
        "kizuna simulate --first-seed \(seed) --seeds 1 --payments \(payments)"
    }
}
