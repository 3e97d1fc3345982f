import Foundation
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// A sandbox's API is the switch's with a few operations more, which only its own document tells.
@Suite struct SandboxDocumentTests {
    private static let own: Set = ["getSandbox", "createSandboxParticipant", "createSandboxPayment"]

    @Test func onlyASandboxHasAndTellsItsOperations() async throws {
        let sandbox = try SandboxWorld()
        let live = try await APIWorld()
        let names = { (routes: [Route]) in Set(routes.map(\.name)) }
        #expect(names(sandbox.api.routes).subtracting(names(live.api.routes)) == Self.own)
        let document = sandbox.document
        #expect(document["paths"]?["/v1/sandbox"] != nil)
        #expect(live.api.document["paths"]?["/v1/sandbox"] == nil)
        for path in ["/v1/sandbox", "/v1/sandbox/participants", "/v1/sandbox/payments"] {
            #expect(await live.get(path).status == 404, "\(path)")
        }
    }

    @Test func itsExamplesSatisfyTheirSchemas() throws {
        let sandbox = try SandboxWorld()
        let validator = SchemaValidator(document: sandbox.document)
        for route in sandbox.api.routes where Self.own.contains(route.name) {
            for schema in route.schemas {
                #expect(validator.faults(of: schema.example, by: schema.json, isClosed: true).isEmpty, "\(route.name)")
            }
        }
    }

    @Test func aNewcomerIsToldWhatTheDocumentSays() async throws {
        let sandbox = try SandboxWorld()
        let answer = await sandbox.join(["name": "Sokha Bank", "country": "KH"])
        #expect(answer.status == 201)
        let faults = SchemaValidator(document: sandbox.document)
            .faults(of: answer.json, by: Schema.newcomer.json, isClosed: true)
        #expect(faults.isEmpty)
        #expect(answer.headers["Kizuna-Environment"] == "sandbox")
        let guide = await sandbox.api.respond(to: HTTPRequest(method: "GET", path: "/v1/sandbox"))
        let guideFaults = SchemaValidator(document: sandbox.document)
            .faults(of: guide.json, by: Schema.sandboxGuide.json, isClosed: true)
        #expect(guideFaults.isEmpty)
    }

    @Test(
        arguments: [
            (["country": "KH"], "missing_data"), (["name": "A", "country": "TH"], "field_invalid"),
            (["name": "A", "country": "JP", "roles": ["fx-provider"]], "field_invalid"),
            (["name": "A", "country": "JP", "roles": ["issuer", "issuer", "issuer"]], "field_invalid"),
            (["name": "A", "country": "JP", "link": "none"], "field_invalid"),
            (["name": "A", "country": "JP", "endpoint": "http://10.0.0.1/"], "field_invalid"),
            (["name": "A", "country": "JP", "endpoint": "https://127.0.0.1/"], "field_invalid"),
            (["name": "A", "country": "JP", "signingKey": "AAAA"], "field_invalid"),
            (["name": "A", "country": "JP", "certificate": "none"], "field_invalid"),
            (["name": "A", "country": "JP", "certificate": "1"], "field_invalid"),
            (["name": "A", "country": "JP", "caps": [:]], "unknown_field"), ([], "field_invalid"),
        ] as [(JSON, String)]
    )
    func badNewcomersAreRefused(body: JSON, code: String) async throws {
        let answer = try await SandboxWorld().join(body)
        #expect(answer.code == code)
    }

    @Test func aNewcomerWithACertificateShowsIt() async throws {
        let sandbox = try SandboxWorld()
        let joined = await sandbox.join(["name": "A", "country": "KH", "certificate": "9000000000000"])
        let key = try #require(joined.json.text(at: "key"))
        var request = HTTPRequest(
            method: "GET",
            path: "/v1/participants/me",
            headers: ["Authorization": "Bearer \(key)"]
        )
        let without = await sandbox.api.respond(to: request)
        #expect(without.status == 401 && without.json.text(at: "detail")?.contains("client certificate") == true)
        request.clientCertificate = ClientCertificate(fingerprint: Array(repeating: 7, count: 32), isTrusted: true)
        #expect(await sandbox.api.respond(to: request).status == 200)
    }

    @Test func newcomersFromOneAddressAreRateLimited() async throws {
        let sandbox = try SandboxWorld()
        let body: JSON = ["name": "Sokha Bank", "country": "KH"]
        for _ in 0..<20 { #expect(await sandbox.join(body, from: "192.0.2.1").status == 201) }
        let refused = await sandbox.join(body, from: "192.0.2.1")
        #expect(refused.status == 429 && refused.code == "rate_limited")
        #expect(refused.headers["Retry-After"] == "1")
        #expect(await sandbox.join(body, from: "192.0.2.2").status == 201)
        sandbox.clock.advance(by: .seconds(1))
        #expect(await sandbox.join(body, from: "192.0.2.1").status == 201)
    }

    @Test func keysOfTheOneAreOfNoUseInTheOther() async throws {
        let sandbox = try SandboxWorld()
        let joined = await sandbox.join(["name": "Sokha Bank", "country": "KH"]).json
        let key = try #require(joined.text(at: "key"))
        let ask = { (key: String) in
            HTTPRequest(method: "GET", path: "/v1/participants/me", headers: ["Authorization": "Bearer \(key)"])
        }
        #expect(await sandbox.api.respond(to: ask(key)).status == 200)
        let inSandbox = await sandbox.api.respond(to: ask(Bank.mekong.key))
        #expect(inSandbox.status == 401 && inSandbox.json.text(at: "detail")?.contains("kz_test_") == true)
        let live = try await APIWorld()
        // Even where somebody has put it among the live ones.
        let digest = Digest.sha256(Array(key.utf8))
        try await live.operate(.addAPIKey(AddAPIKey(participant: Bank.mekong.id, digest: digest)))
        let inLive = await live.get("/v1/participants/me", headers: ["Authorization": "Bearer \(key)"])
        #expect(inLive.status == 401 && inLive.json.text(at: "detail")?.contains("sandbox") == true)
    }

    @Test func aRepeatedOrderIsTheSameAndAnothersIsNot() async throws {
        let sandbox = try SandboxWorld()
        var ids: [UniqueID] = []
        for (name, key) in [("A", "one"), ("A", "one"), ("A", "two"), ("B", "one")] {
            let bank = try await sandbox.bank(name)
            let request = HTTPRequest(
                method: "POST",
                path: "/v1/sandbox/payments",
                headers: [
                    "Authorization": "Bearer \(bank)", "Content-Type": "application/json", "Idempotency-Key": key,
                ],
                body: JSON(dictionaryLiteral: ("payload", "code")).encoded
            )
            #expect(await sandbox.api.respond(to: request).status == 201)
            ids.append(try #require(sandbox.players.lastOrder?.id))
        }
        #expect(ids[0] == ids[1])
        #expect(Set(ids).count == 3)
    }

    /// The table of docs/api.md says of each amount what the code says of it.
    @Test func theDocumentedAmountsAreThoseOfTheCode() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/api.md")
        let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
        let rows = lines.drop { !$0.hasPrefix("| Amount ends in |") }.dropFirst(2).prefix { $0.hasPrefix("|") }
        var documented: [Int] = []
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            for digits in cells[0].split(separator: ",").compactMap({ Int($0.trimmingCharacters(in: .whitespaces)) }) {
                documented.append(digits)
                let ends = try #require(MagicAmount(rawValue: digits)).sandboxAmount.ends
                #expect(cells[2].hasPrefix("`\(ends.twoPhase.name)`"), "\(digits)")
                #expect(cells[3].hasPrefix("`\(ends.singlePhase.name)`"), "\(digits)")
            }
        }
        #expect(documented == MagicAmount.allCases.map(\.rawValue))
    }

    @Test func theStatusSaysThatItIsASandbox() async throws {
        let sandbox = try SandboxWorld()
        let status = await sandbox.api.respond(to: HTTPRequest(method: "GET", path: "/v1/status")).json
        #expect(status.text(at: "environment") == "sandbox")
        let live = try await APIWorld()
        #expect(await live.get("/v1/status").json.text(at: "environment") == "live")
    }
}
