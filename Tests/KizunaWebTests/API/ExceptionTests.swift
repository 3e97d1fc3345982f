import KizunaCrypto
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Decisions of two persons over the API.
@Suite struct ExceptionTests {
    private static let root = "/v1/operations/exceptions"

    /// A world with two persons, and a payment whose bank has gone back on its word.
    private static func world() async throws -> (APIWorld, payment: String) {
        let world = try await APIWorld()
        try await world.addPersons()
        let payment = try await world.paid()
        let refusal = await world.post(world.path(payment, "/answer"), ["status": "REJECTED"], as: .naniwa)
        try #require(refusal.json.text(at: "state") == "COMPLETED")
        return (world, payment.text(at: "id") ?? "")
    }

    @Test func twoPersonsDecide() async throws {
        let (world, payment) = try await Self.world()
        let list = await world.ask("GET", Self.root, as: "sokha")
        guard case .array(let items)? = list.json["items"] else { throw StepsMissing() }
        #expect(items.map { $0.text(at: "paymentId") } == [payment])
        #expect(items[0].text(at: "cause") == "CONTRADICTED")
        #expect(items[0].text(at: "lastWord") == "REJECTED")
        #expect(items[0]["payer"] == nil && items[0]["parties"] == nil)

        let path = "\(Self.root)/\(payment)"
        let proposal: JSON = ["decision": "HONOUR", "note": "Their own books show it"]
        let proposed = await world.ask("POST", "\(path)/proposals", as: "sokha", proposal)
        #expect(proposed.status == 200)
        #expect(proposed.json.text(at: "proposal", "proposer") == "sokha")
        let approval: JSON = ["proposalId": proposed.json["proposal"]?["id"] ?? nil]
        let alone = await world.ask("POST", "\(path)/approvals", as: "sokha", approval)
        #expect((alone.status, alone.code) == (403, "forbidden"))
        let approved = await world.ask("POST", "\(path)/approvals", as: "yuki", approval)
        #expect((approved.status, approved.json.text(at: "approver")) == (200, "yuki"))
        let late = await world.ask("POST", "\(path)/withdrawals", as: "sokha", [:])
        #expect((late.status, late.code) == (409, "decision_not_possible"))
        #expect(await world.ask("GET", Self.root, as: "yuki").json["items"] == [])
        #expect(await world.ask("GET", path, as: "yuki").json.text(at: "closedAt") != nil)
    }

    private struct StepsMissing: Error {}

    @Test(
        arguments: [
            ("proposals", ["decision": "honour", "note": "x"], "field_invalid"),
            ("proposals", ["decision": "HONOUR"], "missing_data"),
            (
                "proposals", ["decision": "HONOUR", "note": .string(String(repeating: "x", count: 141))],
                "field_invalid"
            ),
            ("proposals", ["decision": "HONOUR", "note": "x", "by": "yuki"], "unknown_field"),
            ("proposals", ["decision": "REVERSE", "note": "x"], "decision_not_possible"),
            ("approvals", ["proposalId": "x"], "field_invalid"),
            ("approvals", ["proposalId": "8a562c67-ca16-48ba-b074-65581be6f011"], "decision_not_possible"),
            ("withdrawals", ["why": "x"], "unknown_field"),
        ] as [(String, JSON, String)]
    )
    func refusesWhatMakesNoSense(rest: String, body: JSON, code: String) async throws {
        let (world, payment) = try await Self.world()
        let response = await world.ask("POST", "\(Self.root)/\(payment)/\(rest)", as: "sokha", body)
        #expect(response.code == code, "\(response.text)")
    }

    @Test func keysOpenTheirOwnDoorsOnly() async throws {
        let (world, payment) = try await Self.world()
        let bank = await world.get(Self.root, as: .naniwa)
        #expect((bank.status, bank.code) == (403, "forbidden"))
        let person = await world.ask("GET", "/v1/payments/\(payment)", as: "sokha")
        #expect((person.status, person.code) == (403, "forbidden"))
        #expect(await world.ask("GET", Self.root, as: "nobody").status == 401)
        let unknown = await world.ask("GET", "\(Self.root)/8a562c67-ca16-48ba-b074-65581be6f011", as: "sokha")
        #expect(unknown.status == 404)
    }
}
