import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// What operators see of recalls and disputes, and how they decide.
@Suite struct OperatorClaimTests {
    private static let root = "/v1/operations"
    private let receipt = Array("Two bowls of noodles, never served.\n".utf8)

    private func world() async throws -> APIWorld {
        let world = try await APIWorld()
        try await world.addPersons()
        return world
    }

    private func ask(
        _ world: APIWorld,
        _ method: String,
        _ path: String,
        _ body: JSON? = nil,
        as name: String = "sokha"
    ) async -> HTTPResponse {
        await world.ask(method, Self.root + path, as: name, body)
    }

    /// A dispute at the operator's desk, with a file.
    private func escalated(_ world: APIWorld) async throws -> (path: String, file: String) {
        let payment = try await world.paid()
        let dispute = await world.post(world.path(payment, "/disputes"), ["reason": "fraud"], as: .mekong)
        let path = "/disputes/\(dispute.json.text(at: "id") ?? "")"
        var upload = world.request("POST", "/v1\(path)/evidence", as: .mekong, headers: ["Content-Type": "text/plain"])
        upload.body = receipt
        let file = await world.api.respond(to: upload)
        for (action, bank) in [("REJECT", Bank.naniwa), ("ESCALATE", .mekong)] {
            let answer = await world.post("/v1\(path)/actions", ["action": .string(action)], as: bank)
            try #require(answer.status == 201, "\(answer.text)")
        }
        return (path, file.json.text(at: "id") ?? "")
    }

    @Test(arguments: [("UPHOLD", "ACCEPTED"), ("DISMISS", "CLOSED")])
    func twoPersonsDecideByName(decision: String, state: String) async throws {
        let world = try await world()
        let (path, file) = try await escalated(world)
        #expect(await ask(world, "GET", "\(path)/evidence/\(file)").body == receipt)
        let words: JSON = ["decision": .string(decision), "note": "Both were heard."]
        let proposed = await ask(world, "POST", "\(path)/proposals", words)
        #expect(proposed.status == 200, "\(proposed.text)")
        #expect(proposed.json.text(at: "proposal", "proposer") == "sokha")
        #expect(await ask(world, "GET", "/disputes?state=ESCALATED").json["items"] == [proposed.json])
        let banks = await world.get("/v1\(path)", as: .mekong).text
        #expect(!banks.contains("sokha") && !banks.contains("heard"), "The banks read nothing of a proposal")

        let approval: JSON = ["proposalId": proposed.json["proposal"]?["id"] ?? nil]
        let alone = await ask(world, "POST", "\(path)/approvals", approval)
        #expect((alone.status, alone.code) == (403, "forbidden"))
        let decided = await ask(world, "POST", "\(path)/approvals", approval, as: "yuki")
        #expect(decided.status == 200, "\(decided.text)")
        #expect((decided.json.text(at: "approver"), decided.json.text(at: "state")) == ("yuki", state))
        #expect(await ask(world, "POST", "\(path)/approvals", approval, as: "yuki").body == decided.body)
        #expect(await ask(world, "POST", "\(path)/withdrawals", [:]).code == "decision_not_possible")

        let shown = await ask(world, "GET", path).json
        #expect(shown.text(at: "approver") == "yuki")
        guard case .array(let events)? = await world.get("/v1\(path)", as: .naniwa).json["events"] else {
            return #expect(Bool(false), "No history")
        }
        #expect(shown["events"] == .array(events))
        #expect(events.last?.text(at: "by") == "operations/yuki")
        #expect(events.last?.text(at: "note") == "Both were heard.")
        #expect(await ask(world, "GET", "/disputes?state=ESCALATED").json["items"] == [])
    }

    @Test(
        arguments: [
            ("proposals", ["decision": "uphold", "note": "x"], "field_invalid"), ("proposals", [:], "missing_data"),
            ("proposals", ["decision": "UPHOLD"], "missing_data"),
            (
                "proposals", ["decision": "UPHOLD", "note": .string(String(repeating: "x", count: 1_001))],
                "field_invalid"
            ),
            ("proposals", ["decision": "UPHOLD", "note": "x", "by": "yuki"], "unknown_field"),
            ("approvals", ["proposalId": "x"], "field_invalid"),
            ("approvals", ["proposalId": "8a562c67-ca16-48ba-b074-65581be6f011"], "decision_not_possible"),
            ("withdrawals", ["why": "x"], "unknown_field"),
        ] as [(String, JSON, String)]
    )
    func refusesDecisionsByName(operation: String, body: JSON, code: String) async throws {
        let world = try await world()
        let (path, _) = try await escalated(world)
        #expect(await ask(world, "POST", "\(path)/\(operation)", body).code == code)
        #expect(await ask(world, "GET", path).json.text(at: "state") == "ESCALATED")
    }

    @Test func onlyPersonsDecide() async throws {
        let world = try await world()
        let (path, file) = try await escalated(world)
        for bank in [Bank.mekong, .naniwa, .tonle] {
            let decision = await world.post(
                "\(Self.root)\(path)/proposals",
                ["decision": "UPHOLD", "note": "x"],
                as: bank
            )
            #expect(decision.status == 403)
            #expect(await world.get("\(Self.root)\(path)/evidence/\(file)", as: bank).status == 403)
        }
        let unknown = "/disputes/8a562c67-ca16-48ba-b074-65581be6f011"
        #expect(await ask(world, "GET", unknown).status == 404)
        #expect(await ask(world, "POST", "\(unknown)/withdrawals", [:]).status == 404)
        #expect(await ask(world, "GET", "\(unknown)/evidence/\(file)").status == 404)
    }

    @Test func recallsAreSeenByEverybodysOperator() async throws {
        let world = try await world()
        let payment = try await world.paid()
        let recall = await world.post(world.path(payment, "/recalls"), ["reason": "DUPL"], as: .mekong)
        #expect(await ask(world, "GET", "/recalls?state=REQUESTED").json["items"] == [recall.json])
        #expect(await ask(world, "GET", "/recalls?state=LAPSED").json["items"] == [])
    }
}
