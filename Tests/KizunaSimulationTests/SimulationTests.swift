import KizunaCrypto
import Testing

@testable import KizunaSimulation

@Suite struct SimulationTests {
    private let simulation = Simulation(digester: OpenSSLDigester())

    /// Blocks of seeds, so that they run beside each other.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func keepsEveryPromise(block: UInt64) {
        var payments = 0
        for seed in block * 25 + 1...block * 25 + 25 {
            let report = simulation.run(seed: seed, payments: 60)
            #expect(report.violations.isEmpty, "kizuna simulate --first-seed \(seed) --seeds 1 --payments 60")
            payments += report.payments
        }
        // A world whose clock jumps before everybody comes at once has no fresh rates, and may see nobody pay.
        #expect(payments > 25 * 20)
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func isTheSameAtEveryRun(seed: UInt64) {
        let (first, second) = (simulation.run(seed: seed, payments: 60), simulation.run(seed: seed, payments: 60))
        #expect(first.trace == second.trace)
        #expect(first.faults == second.faults)
    }

    @Test func isAnotherWorldWithAnotherSeed() {
        #expect(simulation.run(seed: 1, payments: 60).trace != simulation.run(seed: 2, payments: 60).trace)
    }
}
