import Foundation
import KizunaCommands
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSQLite
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Testing

/// What people who work for the switch do on the command line.
@Suite struct OperatingTests {
    /// Two persons, each with a key file, and a payment that its bank does not undo; then everything is run once more.
    @Test func twoPersonsDecideAndTheReplayAgrees() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.database, digester: KizunaCrypto.OpenSSLDigester())
        let link = try await LocalLink(store: store, listen: .anyFree)
        let story = try await link.pay("9010", .khr, from: .yuki)
        let paid = try await link.pay("1980", .jpy, from: .sokhaRiel)
        let (id, other) = (story.submitted.text(at: "id") ?? "", paid.submitted.text(at: "id") ?? "")
        _ = try await link.refund(other, "500")
        let payment = try #require(PaymentID(id))
        try await eventually {
            try link.store.read { reader throws(StoreError) in try reader.payment(payment) }?.state == .exception
        }
        for name in ["sokha", "yuki"] { try await link.addKey(of: name, in: folder) }
        let ask = { (name: String, arguments: [String]) in
            let key = folder.url.appendingPathComponent("\(name).key").path
            return try Executable.run(
                ["exception"] + arguments + ["--server", "http://\(link.server.address)", "--key-file", key, "--json"]
            )
        }

        let listed = try JSON.parse(Array(try ask("sokha", ["list"]).output.utf8))
        #expect(listed.text(at: "paymentId") == id)
        let note = ["--decision", "reverse", "--note", "Their books show no such credit"]
        let proposed = try JSON.parse(Array(try ask("sokha", ["propose", id] + note).output.utf8))
        let proposal = ["--proposal", proposed.text(at: "proposal", "id") ?? ""]
        let alone = try ask("sokha", ["approve", id] + proposal)
        #expect(alone.status == 1 && alone.complaint.contains("another person"))
        let approved = try ask("yuki", ["approve", id] + proposal)
        #expect(approved.status == 0 && approved.output.contains("REVERSED"))
        #expect(try ask("yuki", ["list"]).output.isEmpty)
        await link.stop()

        for id in [id, other] {
            let replay = try Executable.json("replay", id, "--database", "sqlite:\(folder.database)", "--json")
            #expect(replay["ok"] == .bool(true), "\(replay.text(at: "difference") ?? "")")
        }
        let unknown = try Executable.run(["replay", UUID().uuidString, "--database", "sqlite:\(folder.database)"])
        #expect(unknown.status == 1)
    }
}
