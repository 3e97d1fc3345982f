import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Recalls through the API: asked for, answered, listed, and shown to the two banks only.
@Suite struct RecallTests {
    private let half: JSON = ["value": "990", "currency": "JPY"]

    /// A payment that the payer's bank has asked to have back.
    private func recalled(_ body: JSON, in world: APIWorld) async throws -> (payment: JSON, recall: JSON) {
        let payment = try await world.paid()
        let response = await world.post(world.path(payment, "/recalls"), body, as: .mekong)
        try #require(response.status == 201, "\(response.text)")
        return (payment, response.json)
    }

    private func path(_ recall: JSON, _ rest: String = "") -> String {
        "/v1/recalls/\(recall.text(at: "id") ?? "")\(rest)"
    }

    @Test func goesBackWithTheAcquirersConsent() async throws {
        let world = try await APIWorld()
        let (payment, recall) = try await recalled(["reason": "FRAD", "amount": half], in: world)
        #expect(recall.text(at: "state") == "REQUESTED")
        #expect(recall["paymentId"] == payment["id"])
        #expect(recall.money("amount") == "990 JPY")
        #expect(recall.text(at: "answerDueAt") == "2025-10-23T15:00:00.000Z")
        #expect(recall.text(at: "freeze", "dueAt") == "2025-10-10T08:53:20.000Z")

        let frozen = await world.post(path(recall, "/freeze"), ["status": "FROZEN", "amount": half], as: .naniwa)
        #expect(frozen.json.text(at: "freeze", "state") == "FROZEN")
        #expect(frozen.json["freeze"]?.money("amount") == "990 JPY")

        let uetr = newUETR()
        let granted = await world.post(
            path(recall, "/answer"),
            ["status": "ACCEPTED", "uetr": .string(uetr)],
            as: .naniwa
        )
        #expect(granted.status == 200)
        #expect(granted.json.text(at: "state") == "ACCEPTED")
        let refunds = await world.get(world.path(payment, "/refunds"), as: .mekong).json
        guard case .array(let items) = refunds["items"] else { return #expect(Bool(false), "No list") }
        #expect(items.map { $0["id"] } == [granted.json["refundId"]])
        #expect(items.first?.text(at: "uetr") == uetr)
        #expect(items.first?.text(at: "reason") == "FR01")
        #expect(items.first?.money("payerAmount") == "26687 KHR")
    }

    @Test func isRefusedWithAReason() async throws {
        let world = try await APIWorld()
        let (payment, recall) = try await recalled(["reason": "DUPL"], in: world)
        #expect(recall["freeze"] == .null)
        let pending = await world.post(path(recall, "/answer"), ["status": "PENDING"], as: .naniwa)
        #expect(pending.json.text(at: "state") == "PENDING")
        let refused = await world.post(path(recall, "/answer"), ["status": "REFUSED", "reason": "CUST"], as: .naniwa)
        #expect(refused.json.text(at: "refusalReason") == "CUST")
        let late = await world.post(path(recall, "/answer"), ["status": "ACCEPTED"], as: .naniwa)
        #expect(late.status == 422)
        #expect(late.code == "recall_not_possible")
        let list = await world.get(world.path(payment, "/recalls"), as: .naniwa).json
        #expect(list["items"] == [refused.json])
    }

    @Test(
        arguments: [
            (["reason": "MD06"], "field_invalid"), ([:], "missing_data"),
            (["reason": "DUPL", "why": "x"], "unknown_field"),
            (["reason": "DUPL", "amount": ["value": "1981", "currency": "JPY"]], "amount_mismatch"),
            (["reason": "DUPL", "amount": ["value": "1", "currency": "KHR"]], "currency_not_supported"),
            (["reason": "DUPL", "amount": ["value": "0", "currency": "JPY"]], "amount_invalid"),
        ] as [(JSON, String)]
    )
    func refusesRequestsByName(body: JSON, code: String) async throws {
        let world = try await APIWorld()
        let payment = try await world.paid()
        #expect(await world.post(world.path(payment, "/recalls"), body, as: .mekong).code == code)
        #expect(await world.post(world.path(payment, "/recalls"), ["reason": "DUPL"], as: .mekong).status == 201)
    }

    @Test(
        arguments: [
            ("answer", ["status": "YES"], "field_invalid"), ("answer", [:], "missing_data"),
            ("answer", ["status": "REFUSED"], "missing_data"),
            ("answer", ["status": "REFUSED", "reason": "XXXX"], "field_invalid"),
            ("answer", ["status": "PENDING", "reason": "CUST"], "field_invalid"),
            (
                "answer", ["status": "REFUSED", "reason": "CUST", "amount": ["value": "1", "currency": "JPY"]],
                "field_invalid"
            ),
            ("answer", ["status": "PENDING", "uetr": "8a562c67-ca16-48ba-b074-65581be6f011"], "field_invalid"),
            ("answer", ["status": "ACCEPTED", "uetr": "x"], "field_invalid"),
            ("answer", ["status": "ACCEPTED", "amount": ["value": "1981", "currency": "JPY"]], "amount_mismatch"),
            ("freeze", ["status": "FROZEN"], "missing_data"), ("freeze", ["status": "MELTED"], "field_invalid"),
            ("freeze", ["status": "GONE", "amount": ["value": "1", "currency": "JPY"]], "field_invalid"),
            ("freeze", ["status": "GONE"], "recall_not_possible"),
        ] as [(String, JSON, String)]
    )
    func refusesAnswersByName(verb: String, body: JSON, code: String) async throws {
        let world = try await APIWorld()
        let (_, recall) = try await recalled(["reason": "DUPL"], in: world)
        #expect(await world.post(path(recall, "/\(verb)"), body, as: .naniwa).code == code)
        #expect(await world.get(path(recall), as: .naniwa).json == recall)
    }

    @Test func isTheTwoBanksBusiness() async throws {
        let world = try await APIWorld()
        let (payment, recall) = try await recalled(["reason": "DUPL"], in: world)
        for bank in [Bank.mekong, .naniwa] {
            #expect(await world.get(path(recall), as: bank).json == recall)
            #expect(await world.get("/v1/recalls", as: bank).json["items"] == [recall])
        }
        for bank in [Bank.tonle, .angkor, .sakura] {
            #expect(await world.get(path(recall), as: bank).status == 404)
            #expect(await world.get(world.path(payment, "/recalls"), as: bank).status == 404)
            #expect(await world.get("/v1/recalls", as: bank).json["items"] == [])
            #expect(await world.post(path(recall, "/answer"), ["status": "ACCEPTED"], as: bank).status == 404)
        }
        #expect(await world.post(path(recall, "/answer"), ["status": "ACCEPTED"], as: .mekong).status == 404)
        #expect(await world.post(world.path(payment, "/recalls"), ["reason": "DUPL"], as: .naniwa).status == 403)
    }

    @Test func isListedAPageAtATimeAndByState() async throws {
        let world = try await APIWorld()
        var ids: [JSON?] = []
        for _ in 0..<3 {
            world.clock.advance(by: .milliseconds(1))
            ids.append(try await recalled(["reason": "DUPL"], in: world).recall["id"])
        }
        let first = await world.get("/v1/recalls?limit=2", as: .mekong).json
        guard case .array(let items) = first["items"] else { return #expect(Bool(false), "No list") }
        #expect(items.map { $0["id"] } == Array(ids.prefix(2)))
        let cursor = first.text(at: "nextCursor") ?? ""
        let second = await world.get("/v1/recalls?cursor=\(cursor)", as: .mekong).json
        #expect(second["nextCursor"] == .null)
        #expect(await world.get("/v1/recalls?state=LAPSED", as: .mekong).json["items"] == [])
        #expect(await world.get("/v1/recalls?state=OPEN", as: .mekong).code == "field_invalid")
        #expect(await world.get("/v1/recalls?cursor=x", as: .mekong).code == "field_invalid")
    }

    @Test func givesTheFirstAnswerAgain() async throws {
        let world = try await APIWorld()
        let payment = try await world.paid()
        let ask = { await world.post(world.path(payment, "/recalls"), ["reason": "DUPL"], as: .mekong, key: "once") }
        let first = await ask()
        _ = await world.post(path(first.json, "/answer"), ["status": "ACCEPTED"], as: .naniwa)
        let again = await ask()
        #expect(again.headers["Idempotent-Replayed"] == "true")
        #expect(again.body == first.body)
    }
}
