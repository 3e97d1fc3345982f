import KizunaCrypto
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
        let sokha = try #require(OperatorID("sokha"))
        try await world.operate(
            .addAPIKey(AddAPIKey(person: sokha, digest: Digest.sha256(Array("kz_key-of-sokha".utf8))))
        )
        return world
    }

    private func ask(_ world: APIWorld, _ method: String, _ path: String, _ body: JSON? = nil) async -> HTTPResponse {
        let headers: HTTPHeaders = ["Authorization": "Bearer kz_key-of-sokha"]
        return await world.api.respond(
            to: world.request(method, Self.root + path, as: nil, body: body, headers: headers)
        )
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
    func aPersonDecidesByName(decision: String, state: String) async throws {
        let world = try await world()
        let (path, file) = try await escalated(world)
        guard case .array(let waiting) = await ask(world, "GET", "/disputes?state=ESCALATED").json["items"] else {
            return #expect(Bool(false), "No list")
        }
        #expect(waiting.map { "/disputes/\($0.text(at: "id") ?? "")" } == [path])
        #expect(await ask(world, "GET", "\(path)/evidence/\(file)").body == receipt)

        let words: JSON = ["decision": .string(decision), "note": "Both were heard."]
        let decided = await ask(world, "POST", "\(path)/decision", words)
        #expect(decided.status == 200, "\(decided.text)")
        #expect(decided.json.text(at: "by") == "operations/sokha")
        #expect(decided.json.text(at: "state") == state)
        #expect(await ask(world, "POST", "\(path)/decision", words).body == decided.body)
        let shown = await ask(world, "GET", path).json
        #expect(shown.text(at: "state") == state)
        guard case .array(let events) = shown["events"] else { return #expect(Bool(false), "No history") }
        #expect(events.last == decided.json)
        #expect(await world.get("/v1\(path)", as: .mekong).json == shown)
        #expect(await ask(world, "GET", "/disputes?state=ESCALATED").json["items"] == [])
    }

    @Test(
        arguments: [
            (["decision": "ACCEPT"], "field_invalid"), ([:], "missing_data"),
            (["decision": "UPHOLD", "x": 1], "unknown_field"),
        ] as [(JSON, String)]
    )
    func refusesDecisionsByName(body: JSON, code: String) async throws {
        let world = try await world()
        let (path, _) = try await escalated(world)
        #expect(await ask(world, "POST", "\(path)/decision", body).code == code)
        #expect(await ask(world, "GET", path).json.text(at: "state") == "ESCALATED")
    }

    @Test func onlyAPersonDecides() async throws {
        let world = try await world()
        let (path, file) = try await escalated(world)
        for bank in [Bank.mekong, .naniwa, .tonle] {
            let decision = await world.post("\(Self.root)\(path)/decision", ["decision": "UPHOLD"], as: bank)
            #expect(decision.status == 403)
            #expect(await world.get("\(Self.root)\(path)/evidence/\(file)", as: bank).status == 403)
        }
        let unknown = "/disputes/8a562c67-ca16-48ba-b074-65581be6f011"
        #expect(await ask(world, "GET", unknown).status == 404)
        #expect(await ask(world, "POST", "\(unknown)/decision", ["decision": "UPHOLD"]).status == 404)
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
