import Foundation
import KizunaWeb
import Testing

/// `kizuna simulate` as scripts use it.
@Suite struct SimulateTests {
    /// Dictionaries are shuffled anew in every process: a trace that is the same in two depends on none.
    @Test func leavesTheSameTraceInTwoProcesses() throws {
        let arguments = ["simulate", "--seeds", "3", "--first-seed", "11", "--json"]
        let runs = try (1...2).map { _ in try JSON.parse(Array(Executable.run(arguments).output.utf8)) }
        #expect(runs[0]["trace"] == runs[1]["trace"])
        #expect(runs[0]["faults"] == runs[1]["faults"])
        #expect(runs[0]["seeds"] == 3)
        #expect(runs[0]["violations"] == [])
    }

    @Test func hasNoTraceOfPlantedBugs() throws {
        let program = try Data(contentsOf: Executable.url)
        #expect(program.range(of: Data("KIZUNA_MUTANT".utf8)) == nil)
    }
}
