import KizunaCrypto
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Disputes through the API: opened, argued with files, decided, and shown to the two banks only.
@Suite struct DisputeTests {
    private let receipt = Array("Two bowls of noodles, never served.\n".utf8)

    private func disputed(_ world: APIWorld, _ body: JSON = ["reason": "not_received"]) async throws -> JSON {
        let payment = try await world.paid()
        let response = await world.post(world.path(payment, "/disputes"), body, as: .mekong)
        try #require(response.status == 201, "\(response.text)")
        return response.json
    }

    private func path(_ dispute: JSON, _ rest: String = "") -> String {
        "/v1/disputes/\(dispute.text(at: "id") ?? "")\(rest)"
    }

    private func upload(
        _ bytes: [UInt8],
        _ contentType: String?,
        to dispute: JSON,
        as bank: Bank,
        _ world: APIWorld,
        key: String? = nil
    ) async -> HTTPResponse {
        var headers: HTTPHeaders = [:]
        if let contentType { headers.add("Content-Type", contentType) }
        var request = world.request("POST", path(dispute, "/evidence"), as: bank, key: key, headers: headers)
        request.body = bytes
        return await world.api.respond(to: request)
    }

    @Test func isArguedAndAccepted() async throws {
        let world = try await APIWorld()
        let dispute = try await disputed(
            world,
            ["reason": "not_received", "amount": ["value": "990", "currency": "JPY"], "note": "No noodles."]
        )
        #expect(dispute.text(at: "state") == "OPENED")
        #expect(dispute.text(at: "turn") == "naniwa-acquiring")
        #expect(dispute.text(at: "dueAt") == "2025-10-23T15:00:00.000Z")
        let act = { (action: JSON, bank: Bank) in await world.post(path(dispute, "/actions"), action, as: bank) }
        let asked = await act(["action": "ASK_FOR_EVIDENCE", "note": "A receipt?"], .naniwa)
        #expect(asked.status == 201)
        #expect(asked.json.text(at: "action") == "EVIDENCE_ASKED")
        #expect(asked.json.text(at: "by") == "naniwa-acquiring")
        #expect(asked.json["number"] == 2)
        let file = await upload(receipt, "text/plain; charset=UTF-8", to: dispute, as: .mekong, world)
        #expect(file.status == 201, "\(file.text)")
        #expect(await act(["action": "COMPLETE_EVIDENCE"], .mekong).json.text(at: "state") == "OPENED")
        #expect(await act(["action": "ACCEPT"], .naniwa).json.text(at: "state") == "ACCEPTED")

        let shown = await world.get(path(dispute), as: .mekong).json
        #expect(shown.text(at: "state") == "ACCEPTED")
        #expect(shown["turn"] == .null)
        guard case .array(let events) = shown["events"] else { return #expect(Bool(false), "No history") }
        #expect(
            events.map { $0.text(at: "action") } == [
                "OPENED", "EVIDENCE_ASKED", "EVIDENCE_ADDED", "EVIDENCE_COMPLETE", "ACCEPTED",
            ]
        )
        #expect(events[0].text(at: "note") == "No noodles.")
        #expect(events[2]["evidenceId"] == file.json["id"])
        #expect(shown["evidence"] == [file.json])
        #expect(shown["refundId"] != .null)
    }

    @Test func handsFilesOutForSavingOnly() async throws {
        let world = try await APIWorld()
        let dispute = try await disputed(world)
        let file = await upload(receipt, "text/plain", to: dispute, as: .mekong, world)
        let id = file.json.text(at: "id") ?? ""
        #expect(file.json.text(at: "mediaType") == "text/plain")
        #expect(file.json.text(at: "side") == "issuer")
        #expect(file.json["bytes"] == JSON(receipt.count))
        #expect(file.json.text(at: "sha256") == Hex.encode(Digest.sha256(receipt)))
        #expect(file.headers["Location"] == path(dispute, "/evidence/\(id)"))
        for bank in [Bank.mekong, .naniwa] {
            let response = await world.get(path(dispute, "/evidence/\(id)"), as: bank)
            #expect(response.status == 200)
            #expect(response.body == receipt)
            #expect(response.headers["Content-Type"] == "text/plain; charset=utf-8")
            #expect(response.headers["Content-Disposition"] == "attachment; filename=\"evidence-\(id).txt\"")
            #expect(response.headers["X-Content-Type-Options"] == "nosniff")
            #expect(response.headers["Content-Security-Policy"]?.contains("sandbox") == true)
            #expect(response.headers["Cache-Control"] == "no-store")
        }
        let other = try await disputed(world)
        #expect(await world.get(path(other, "/evidence/\(id)"), as: .mekong).status == 404)
        for bank in [Bank.tonle, .angkor, .sakura] {
            #expect(await world.get(path(dispute, "/evidence/\(id)"), as: bank).status == 404)
        }
    }

    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]

    static let uploads: [(bytes: [UInt8], contentType: String?, status: Int, code: String?)] = [
        (png, "image/png", 201, nil), (png, "IMAGE/PNG", 201, nil),
        (Array("%PDF-1.7".utf8), "application/pdf", 201, nil), ([0xFF, 0xD8, 0xFF], "image/jpeg", 201, nil),
        (Array("x".utf8), "text/plain;charset=\"utf-8\"", 201, nil),
        (png, "application/pdf", 415, "unsupported_media_type"), (png, nil, 415, "unsupported_media_type"),
        (png, "image/png; charset=utf-8", 415, "unsupported_media_type"),
        (Array("<html>".utf8), "text/html", 415, "unsupported_media_type"),
        (Array("x".utf8), "text/plain; charset=shift_jis", 415, "unsupported_media_type"),
        ([], "text/plain", 415, "unsupported_media_type"), ([0, 1, 2], "image/png", 415, "unsupported_media_type"),
        (Array("PK\u{3}\u{4}".utf8), "application/zip", 415, "unsupported_media_type"),
        ([UInt8](repeating: 0x41, count: Evidence.largestBytes), "text/plain", 201, nil),
        ([UInt8](repeating: 0x41, count: Evidence.largestBytes + 1), "text/plain", 413, "payload_too_large"),
    ]

    @Test(arguments: uploads.indices) func knowsFilesByWhatIsInThem(index: Int) async throws {
        let (bytes, contentType, status, code) = Self.uploads[index]
        let world = try await APIWorld()
        let dispute = try await disputed(world)
        let response = await upload(bytes, contentType, to: dispute, as: .mekong, world)
        #expect(response.status == status, "\(response.text.prefix(400))")
        #expect(response.json.text(at: "code") == code)
        let shown = await world.get(path(dispute), as: .mekong).json
        #expect((shown["evidence"] == []) == (status != 201))
    }

    /// Memory for a file is given to those whose key is known, and to nobody else.
    @Test func takesLargeBodiesOfKnownCallersOnly() async throws {
        let world = try await APIWorld()
        let path = "/v1/disputes/8a562c67-ca16-48ba-b074-65581be6f011/evidence"
        #expect(world.api.takesLargeBody(world.request("POST", path, as: .mekong)))
        #expect(!world.api.takesLargeBody(world.request("POST", path, as: nil)))
        #expect(!world.api.takesLargeBody(world.request("GET", path, as: .mekong)))
        #expect(!world.api.takesLargeBody(world.request("POST", "/v1/quotes", as: .mekong)))
        #expect(!world.api.takesLargeBody(world.request("POST", "/nowhere", as: .mekong)))
    }

    @Test func takesAFileOnceUnderOneKey() async throws {
        let world = try await APIWorld()
        let dispute = try await disputed(world)
        let first = await upload(receipt, "text/plain", to: dispute, as: .mekong, world, key: "file")
        let again = await upload(receipt, "text/plain", to: dispute, as: .mekong, world, key: "file")
        #expect(again.headers["Idempotent-Replayed"] == "true")
        #expect(again.body == first.body)
        let other = await upload(receipt + [0x41], "text/plain", to: dispute, as: .mekong, world, key: "file")
        #expect(other.code == "idempotency_conflict")
    }

    @Test(
        arguments: [
            (["reason": "DUPL"], "field_invalid"), ([:], "missing_data"),
            (["reason": "fraud", "x": 1], "unknown_field"),
            (["reason": "fraud", "note": .string(String(repeating: "n", count: 1_001))], "field_invalid"),
            (["reason": "fraud", "amount": ["value": "1981", "currency": "JPY"]], "amount_mismatch"),
        ] as [(JSON, String)]
    )
    func refusesCasesByName(body: JSON, code: String) async throws {
        let world = try await APIWorld()
        let payment = try await world.paid()
        #expect(await world.post(world.path(payment, "/disputes"), body, as: .naniwa).code == code)
        let longest: JSON = ["reason": "fraud", "note": .string(String(repeating: "n", count: 1_000))]
        #expect(await world.post(world.path(payment, "/disputes"), longest, as: .naniwa).status == 201)
    }

    @Test(
        arguments: [
            (["action": "WIN"], Bank.naniwa, "field_invalid"), (["action": "UPHELD"], .naniwa, "field_invalid"),
            ([:], .naniwa, "missing_data"), (["action": "ACCEPT"], .mekong, "dispute_not_possible"),
            (["action": "ESCALATE"], .mekong, "dispute_not_possible"), (["action": "ACCEPT"], .angkor, "not_found"),
        ] as [(JSON, Bank, String)]
    )
    func refusesActionsByName(body: JSON, bank: Bank, code: String) async throws {
        let world = try await APIWorld()
        let dispute = try await disputed(world)
        #expect(await world.post(path(dispute, "/actions"), body, as: bank).code == code)
        #expect(await world.get(path(dispute), as: .mekong).json.text(at: "state") == "OPENED")
    }

    @Test func isListedForItsTwoSides() async throws {
        let world = try await APIWorld()
        let dispute = try await disputed(world)
        for bank in [Bank.mekong, .naniwa] {
            #expect(await world.get("/v1/disputes?state=OPENED", as: bank).json["items"] == [dispute])
            #expect(await world.get("/v1/disputes?state=CLOSED", as: bank).json["items"] == [])
        }
        let payment = dispute.text(at: "paymentId") ?? ""
        #expect(await world.get("/v1/payments/\(payment)/disputes", as: .naniwa).json["items"] == [dispute])
        for bank in [Bank.tonle, .angkor, .sakura] {
            #expect(await world.get("/v1/disputes", as: bank).json["items"] == [])
            #expect(await world.get(path(dispute), as: bank).status == 404)
            #expect(await world.get("/v1/payments/\(payment)/disputes", as: bank).status == 404)
        }
    }
}
