import Foundation
import KizunaWeb
import Testing

/// Who works for the switch, on the command line.
@Suite struct PeopleTests {
    @Test func aPersonIsAddedChangedAndSuspended() throws {
        let folder = try TemporaryFolder()
        let database = ["--database", "sqlite:\(folder.database)"]
        let add = ["person", "add", "sokha", "--name", "Chan Sokha", "--roles", "operator"]
        let added = try Executable.run(add + database)
        #expect(added.status == 0 && added.output.contains("otpauth://totp/Kizuna:sokha?secret="), "\(added.complaint)")
        let password = try #require(added.output.firstMatch(of: /"password":"([a-z2-7-]{24})"/)).1
        #expect(try Executable.run(add + database).status == 1, "A name is taken once")

        let roles = ["person", "roles", "sokha", "--roles", "operator,approver"]
        #expect(try Executable.run(roles + database).status == 0)
        let renewed = try Executable.run(["person", "password", "sokha"] + database).output
        #expect(renewed.contains("\"password\"") && !renewed.contains(password))
        let key = ["key", "create", "--operator", "sokha", "--roles", "operator"]
        #expect(try Executable.run(key + database).status == 0)
        #expect(try Executable.run(["person", "suspend", "sokha"] + database).status == 0)
        let listed = try JSON.parse(Array(try Executable.run(["person", "list"] + database).output.utf8))
        #expect(listed.text(at: "standing") == "suspended" && listed.text(at: "name") == "Chan Sokha")
        #expect(listed["roles"] == ["operator", "approver"])
        let keys = try JSON.parse(Array(try Executable.run(["key", "list"] + database).output.utf8))
        #expect(keys.text(at: "revokedAt") != nil, "Who is suspended has no key either")
        for words in ["password", "otpauth", "scrypt"] {
            #expect(!(try Executable.run(["person", "list"] + database).output.contains(words)))
        }
    }

    @Test func passwordsDoNotGoInTheClear() throws {
        let folder = try TemporaryFolder()
        let refused = try Executable.run([
            "serve", "--listen", "127.0.0.1:0", "--console-listen", "0.0.0.0:0", "--database",
            "sqlite:\(folder.database)",
        ])
        #expect(refused.status == 2 && refused.complaint.contains("--console-tls-cert"), "\(refused.complaint)")
    }
}
