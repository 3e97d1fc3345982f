import Foundation
import KizunaWeb
import Testing

/// The demo's panel in a real browser: its switch is killed in the middle of payments, and its clock is put forward and
/// back.
@Suite struct ChaosPagesTests {
    @Test func killingTheSwitchAndTurningTheClockBreakNothing() throws {
        let folder = try TemporaryFolder()
        let database = "sqlite:\(folder.database)"
        let demo = try DemoProcess(database: database)
        let seen = try PythonScript.run("chaos_pages", [demo.baseURL, demo.passwords])
        #expect(demo.terminate() == 0)
        #expect(seen["faults"] == .array([]), "\(seen)")
        #expect(seen["starts"] == .number("4"), "\(seen)")
        // What the pages say, the books say.
        #expect(try Executable.run(["books", "verify", "--database", database]).status == 0)
    }
}
