import KizunaCrypto
import Testing

@testable import KizunaSimulation

@Suite struct SimulationTests {
    private let simulation = Simulation(digester: OpenSSLDigester())

    /// Blocks of seeds, so that they run beside each other.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func keepsEveryPromise(block: UInt64) {
        for seed in block * 25 + 1...block * 25 + 25 {
            let report = simulation.run(seed: seed, payments: 50)
            #expect(report.violations.isEmpty, "kizuna simulate --first-seed \(seed) --seeds 1")
            #expect(report.payments >= 50)
            #expect(report.faultCount >= Simulation.fewestFaults)
        }
    }

    /// A world in which nobody can pay for want of rates sees enough all the same: there is another act.
    @Test func goesOnUntilEnoughHasHappened() throws {
        let seeds: ClosedRange<UInt64> = 1...200
        let seed = try #require(seeds.first { simulation.run(Plan(seed: $0, payments: 60)).payments < 50 })
        let report = simulation.run(seed: seed, payments: 50)
        #expect(report.payments >= 50)
        #expect(report.plan.acts > 1)
        #expect(simulation.run(report.plan).trace == report.trace)
    }

    /// Worlds are many in one process: what one leaves behind, twenty thousand leave together.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func leavesNothingBehind(seed: UInt64) {
        weak var remains: World?
        do {
            let world = World(Plan(seed: seed, payments: 30), digester: OpenSSLDigester())
            world.live()
            remains = world
        }
        #expect(remains == nil)
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func isTheSameAtEveryRun(seed: UInt64) {
        let (first, second) = (simulation.run(seed: seed, payments: 50), simulation.run(seed: seed, payments: 50))
        #expect(first.trace == second.trace)
        #expect(first.faults == second.faults)
    }

    @Test func isAnotherWorldWithAnotherSeed() {
        #expect(simulation.run(seed: 1, payments: 50).trace != simulation.run(seed: 2, payments: 50).trace)
    }
}
