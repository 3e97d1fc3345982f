import Foundation
import KizunaCommands
import KizunaCrypto
import KizunaCurl
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSQLite
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Testing

/// Recalls and disputes between real servers on a real database, and what two persons decide from the command line.
@Suite struct ClaimTests {
    @Test func aRecallBringsTheMoneyBack() async throws {
        try await withLink { link in
            let story = try await link.pay("1980", .jpy, from: .sokhaRiel)
            // The shop's bank gives back what it has credited, so it has to know of the commit.
            try await eventually { link.banks.yenAcquirer.credited.payments == 1 }
            let path = "/v1/payments/\(story.paymentID)"
            let recall = try await link.banks.rielBank.ask("\(path)/recalls", ["reason": "DUPL"])
            let id = try #require(recall.text(at: "id"))
            try await eventually {
                try await link.banks.rielBank.look("/v1/recalls/\(id)").text(at: "state") == "ACCEPTED"
            }
            #expect(try await link.banks.rielBank.look(path).text(at: "state") == "REFUNDED")
            #expect(try link.store.position("mekong-bank", .khr) == "0")
            #expect(try link.store.position("naniwa-acquiring", .jpy) == "0")
        }
    }

    @Test func twoPersonsDecideWhatTheBanksDoNot() async throws {
        let folder = try TemporaryFolder()
        let database = ["--database", "sqlite:\(folder.database)"]
        try await withLink(in: folder) { link in
            let dispute = try await argue(over: link)
            for name in ["sokha", "yuki"] { try await link.addKey(of: name, in: folder) }
            let ask = { (name: String, arguments: [String]) in
                let key = folder.url.appendingPathComponent("\(name).key").path
                return try Executable.run(
                    ["claim"] + arguments + ["--server", "http://\(link.server.address)", "--key-file", key, "--json"]
                )
            }
            let list = try Executable.run(["claim", "list", "--json"] + database)
            #expect(list.status == 0, "\(list.complaint)")
            #expect(try JSON.parse(Array(list.output.utf8)).text(at: "dispute", "id") == dispute)

            let why = ["--decision", "uphold", "--note", "No proof of delivery."]
            let proposed = try ask("sokha", ["propose", dispute] + why)
            #expect(proposed.status == 0, "\(proposed.complaint)")
            let proposal = try #require(JSON.parse(Array(proposed.output.utf8)).text(at: "proposal", "id"))
            let open = try Executable.run(["claim", "list"] + database).output
            #expect(open.contains("1 disputes to decide") && open.contains("UPHOLD by sokha, proposal \(proposal)"))
            let alone = try ask("sokha", ["approve", dispute, "--proposal", proposal])
            #expect(alone.status == 1 && alone.complaint.contains("another person"))
            let approved = try ask("yuki", ["approve", dispute, "--proposal", proposal])
            #expect(approved.status == 0 && approved.output.contains("ACCEPTED"), "\(approved.complaint)")

            let shown = try JSON.parse(Array(try Executable.run(["claim", "show", dispute] + database).output.utf8))
            guard case .array(let events) = shown["events"] else { return #expect(Bool(false), "No history") }
            #expect(events.last?.text(at: "by") == "operations/yuki")
            #expect(events.last?.text(at: "note") == "No proof of delivery.")
        }
        #expect(try Executable.run(["claim", "show", "x"] + database).status == 2)
        #expect(
            try Executable.json("books", "verify", "--json", "--database", "sqlite:\(folder.database)")["ok"] == true
        )
    }

    /// Has a payment made and disputed up to the operators' desk, with a file of nearly 2 MiB.
    private func argue(over link: LocalLink) async throws -> String {
        let issuer = try await Caller("mekong-bank", of: link)
        let acquirer = try await Caller("naniwa-acquiring", of: link)
        let story = try await link.pay("1980", .jpy, from: .sokhaRiel)
        let dispute = try await issuer.post("/v1/payments/\(story.paymentID)/disputes", ["reason": "not_received"])
        let path = "/v1/disputes/\(dispute.json.text(at: "id") ?? "")"

        let photograph: [UInt8] = [0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0x5A, count: Evidence.largestBytes - 3)
        let file = try await issuer.send("\(path)/evidence", photograph, "image/jpeg")
        #expect(file.status == 201)
        let copy = try await acquirer.get("\(path)/evidence/\(file.json.text(at: "id") ?? "")")
        #expect(copy.body == photograph)
        #expect(try await issuer.send("\(path)/evidence", photograph + [0], "image/jpeg").status == 413)

        #expect(try await acquirer.post("\(path)/actions", ["action": "REJECT"]).status == 201)
        #expect(try await issuer.post("\(path)/actions", ["action": "ESCALATE"]).status == 201)
        return try #require(dispute.json.text(at: "id"))
    }

    /// A bank's system with a key of its own.
    private struct Caller {
        private let http: CurlClient
        private let base: String
        private let key: String

        init(_ name: String, of link: LocalLink) async throws {
            var random = SystemRandom()
            let key = KizunaCrypto.APIKey.generate(using: &random)
            let participant = try #require(ParticipantID(name))
            let command = Command.addAPIKey(AddAPIKey(participant: participant, digest: key.sha256))
            _ = try await link.server.engine.submit(Submission(caller: .operations, command: command)).result.get()
            self.key = key.text
            base = "http://\(link.server.address)"
            var limits = ClientLimits()
            limits.answerBytes = 2 * Evidence.largestBytes
            http = CurlClient(limits: limits, reach: .loopback)
        }

        func post(_ path: String, _ body: JSON) async throws -> HTTPResponse {
            try await send(path, body.encoded, "application/json")
        }

        func send(_ path: String, _ body: [UInt8], _ contentType: String) async throws -> HTTPResponse {
            try await http.send(
                "POST",
                base + path,
                headers: [
                    "Authorization": "Bearer \(key)", "Content-Type": contentType, "Idempotency-Key": Identities.next(),
                ],
                body: body,
                timeout: .seconds(30)
            )
        }

        func get(_ path: String) async throws -> HTTPResponse {
            try await http.send(
                "GET",
                base + path,
                headers: ["Authorization": "Bearer \(key)"],
                body: [],
                timeout: .seconds(30)
            )
        }
    }
}

extension HTTPResponse {
    fileprivate var json: JSON { (try? JSON.parse(body)) ?? .null }
}
