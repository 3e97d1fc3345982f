import KizunaSwitch
import Testing

@testable import KizunaWeb

/// What every answer bears, and who is let in with what.
@Suite struct AdmissionTests {
    private static let paths: [(method: String, path: String)] = [
        ("POST", "/v1/resolutions"), ("POST", "/v1/quotes"), ("POST", "/v1/payments"), ("GET", "/v1/payments"),
        ("GET", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011"),
        ("GET", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/entries"),
        ("POST", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/answer"),
        ("POST", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/reversal-answer"),
        ("POST", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/refunds"),
        ("GET", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/refunds"), ("POST", "/v1/merchants"),
        ("GET", "/v1/merchants"), ("GET", "/v1/merchants/8a562c67-ca16-48ba-b074-65581be6f011"), ("POST", "/v1/rates"),
        ("POST", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/recalls"),
        ("GET", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/recalls"),
        ("GET", "/v1/recalls"),
        ("GET", "/v1/recalls/8a562c67-ca16-48ba-b074-65581be6f011"),
        ("POST", "/v1/recalls/8a562c67-ca16-48ba-b074-65581be6f011/answer"),
        ("POST", "/v1/recalls/8a562c67-ca16-48ba-b074-65581be6f011/freeze"),
        ("POST", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/disputes"),
        ("GET", "/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/disputes"),
        ("GET", "/v1/disputes"),
        ("GET", "/v1/disputes/8a562c67-ca16-48ba-b074-65581be6f011"),
        ("POST", "/v1/disputes/8a562c67-ca16-48ba-b074-65581be6f011/actions"),
        ("POST", "/v1/disputes/8a562c67-ca16-48ba-b074-65581be6f011/evidence"),
        ("GET", "/v1/disputes/8a562c67-ca16-48ba-b074-65581be6f011/evidence/8a562c67-ca16-48ba-b074-65581be6f011"),
        ("GET", "/v1/rates"), ("GET", "/v1/fees"), ("GET", "/v1/participants/me"),
        ("GET", "/v1/participants/mekong-bank"),
        ("GET", "/v1/messages"), ("POST", "/v1/messages/replay"),
        ("POST", "/v1/messages/8a562c67-ca16-48ba-b074-65581be6f011/replay"), ("GET", "/v1/inbox"),
        ("POST", "/v1/inbox/acknowledgements"), ("POST", "/v1/webhooks"), ("GET", "/v1/webhooks"),
        ("GET", "/v1/webhooks/8a562c67-ca16-48ba-b074-65581be6f011"),
        ("POST", "/v1/webhooks/8a562c67-ca16-48ba-b074-65581be6f011/rotate"),
        ("POST", "/v1/webhooks/8a562c67-ca16-48ba-b074-65581be6f011/ping"),
        ("POST", "/v1/webhooks/8a562c67-ca16-48ba-b074-65581be6f011/remove"),
        ("GET", "/v1/operations/recalls"),
        ("GET", "/v1/operations/disputes"),
        ("GET", "/v1/operations/disputes/8a562c67-ca16-48ba-b074-65581be6f011"),
        (
            "GET",
            "/v1/operations/disputes/8a562c67-ca16-48ba-b074-65581be6f011/evidence/8a562c67-ca16-48ba-b074-65581be6f011"
        ),
        ("POST", "/v1/operations/disputes/8a562c67-ca16-48ba-b074-65581be6f011/proposals"),
        ("POST", "/v1/operations/disputes/8a562c67-ca16-48ba-b074-65581be6f011/withdrawals"),
        ("POST", "/v1/operations/disputes/8a562c67-ca16-48ba-b074-65581be6f011/approvals"),
        ("GET", "/v1/operations/exceptions"),
        ("GET", "/v1/operations/exceptions/8a562c67-ca16-48ba-b074-65581be6f011"),
        ("POST", "/v1/operations/exceptions/8a562c67-ca16-48ba-b074-65581be6f011/proposals"),
        ("POST", "/v1/operations/exceptions/8a562c67-ca16-48ba-b074-65581be6f011/withdrawals"),
        ("POST", "/v1/operations/exceptions/8a562c67-ca16-48ba-b074-65581be6f011/approvals"),
    ]

    @Test func nothingOfAParticipantsIsOpen() async throws {
        let world = try await APIWorld()
        for (method, path) in Self.paths {
            let response = await world.api.respond(to: world.request(method, path, as: nil, body: [:]))
            #expect(response.status == 401, "\(method) \(path)")
            #expect(response.code == "unauthorized")
            #expect(response.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
        }
        #expect(world.api.routes.filter(\.needsKey).count == Self.paths.count)
    }

    @Test func everyRefusedKeyIsAnsweredAlike() async throws {
        let world = try await APIWorld()
        guard
            case .apiKey(let old) = try await world.operate(
                .addAPIKey(AddAPIKey(participant: Bank.mekong.id, digest: OpenSSLDigester().sha256(Array("old".utf8))))
            )
        else { throw Surprise() }
        let withOld: HTTPHeaders = ["Authorization": "Bearer old"]
        #expect(await world.get("/v1/participants/me", headers: withOld).status == 200)
        try await world.operate(.revokeAPIKey(old))

        var answers: Set<[UInt8]> = []
        for header in [
            "Bearer old", "Bearer wrong", "Bearer", "Bearer ", "Basic \(Bank.mekong.key)", Bank.mekong.key, "",
            "Bearer \(Bank.mekong.key) ", "Bearer \(String(repeating: "k", count: 300))",
        ] {
            let headers: HTTPHeaders = ["Authorization": header, "traceparent": Self.traceparent]
            let response = await world.get("/v1/participants/me", headers: headers)
            #expect(response.status == 401)
            answers.insert(response.body)
        }
        answers.insert(await world.get("/v1/participants/me", headers: ["traceparent": Self.traceparent]).body)
        #expect(answers.count == 1)
    }

    @Test(
        arguments: [
            (.malformed(.host), "malformed_request", 400), (.bodyTooLarge, "payload_too_large", 413),
            (.targetTooLong, "target_too_long", 414), (.headTooLarge, "head_too_large", 431),
            (.overloaded, "overloaded", 503), (.crowded, "overloaded", 503), (.stopping, "interrupted", 503),
            (.unusableAnswer, "technical", 500),
        ] as [(ServerRefusal, String, Int)]
    )
    func theServersOwnRefusalsAreProblemsToo(refusal: ServerRefusal, code: String, status: Int) async throws {
        let response = try await APIWorld().api.response(to: refusal)
        #expect(response.status == status)
        #expect(response.status == refusal.status)
        #expect(response.code == code)
        #expect(response.json.text(at: "detail") == refusal.detail)
        #expect(response.headers["X-Request-Id"] == response.json.text(at: "traceId"))
    }

    @Test func theSchemesNameHasNoCase() async throws {
        let world = try await APIWorld()
        let headers: HTTPHeaders = ["authorization": "bEARER  \(Bank.mekong.key)"]
        #expect(await world.get("/v1/participants/me", headers: headers).status == 200)
    }

    @Test(arguments: [nil, "", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"])
    func bodiesAreJSONInUTF8(type: String?) async throws {
        let world = try await APIWorld()
        var request = world.request("POST", "/v1/quotes", as: .mekong)
        if let type { request.headers.add("Content-Type", type) }
        request.body = Array("{}".utf8)
        let response = await world.api.respond(to: request)
        #expect(response.status == 415)
        #expect(response.code == "unsupported_media_type")
    }

    @Test(arguments: ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""])
    func otherSpellingsOfTheTypeAreTaken(type: String) async throws {
        let world = try await APIWorld()
        let headers: HTTPHeaders = ["Content-Type": type]
        let request = world.request("POST", "/v1/quotes", as: .mekong, body: [:], headers: headers)
        #expect(await world.api.respond(to: request).status == 422)
    }

    @Test func compressedBodiesAreRefused() async throws {
        let world = try await APIWorld()
        let headers: HTTPHeaders = ["Content-Encoding": "gzip"]
        let request = world.request("POST", "/v1/quotes", as: .mekong, body: [:], headers: headers)
        #expect(await world.api.respond(to: request).status == 415)
    }

    @Test(arguments: [
        ("", "empty"), ("{", "byte 1"), (#"{"payload":"a",}"#, "byte 15"), (#"{"payload":1,"payload":2}"#, "payload"),
        (String(repeating: "[", count: 100), "deeper than 16"), ("\u{FEFF}{}", "byte 0"),
    ])
    func brokenJSONSaysWhere(body: String, words: String) async throws {
        let world = try await APIWorld()
        var request = world.request("POST", "/v1/resolutions", as: .mekong, body: [:])
        request.body = Array(body.utf8)
        let response = await world.api.respond(to: request)
        #expect(response.status == 400)
        #expect(response.code == "malformed_json")
        #expect(response.json.text(at: "detail")?.contains(words) == true)
    }

    @Test func bytesThatAreNotUTF8AreRefused() async throws {
        let world = try await APIWorld()
        var request = world.request("POST", "/v1/resolutions", as: .mekong, body: [:])
        request.body = Array(#"{"payload":""#.utf8) + [0xFF] + Array("\"}".utf8)
        let response = await world.api.respond(to: request)
        #expect(response.code == "malformed_json")
        #expect(response.json.text(at: "detail") == "The body is not valid UTF-8 at byte 12.")
    }

    @Test func aBodyHasSixtyFourKibibytesAndNoMore() async throws {
        let world = try await APIWorld()
        var request = world.request("POST", "/v1/resolutions", as: .mekong, body: [:])
        request.body = Array("{}".utf8) + Array(repeating: UInt8(ascii: " "), count: 65_536 - 2)
        #expect(await world.api.respond(to: request).code == "missing_data")
        request.body.append(UInt8(ascii: " "))
        let response = await world.api.respond(to: request)
        #expect(response.status == 413)
        #expect(response.code == "payload_too_large")
    }

    @Test func everyPostNeedsAKeyOfItsOwn() async throws {
        let world = try await APIWorld()
        for (method, path) in Self.paths where method == "POST" && !path.hasPrefix("/v1/operations") {
            var request = world.request("GET", path, as: .mekong, body: [:])
            request.method = method
            #expect(await world.api.respond(to: request).code == "idempotency_key_missing", "\(path)")
            for key in ["", "with blank", "é", String(repeating: "k", count: 65)] {
                request.headers = ["Authorization": "Bearer \(Bank.mekong.key)", "Idempotency-Key": key]
                let response = await world.api.respond(to: request)
                #expect(response.status == 400)
                #expect(response.code == "idempotency_key_invalid", "\(path) \(key)")
            }
        }
        let longest = String(repeating: "~", count: 64)
        #expect(await world.post("/v1/quotes", [:], as: .mekong, key: longest).status == 422)
    }

    private static let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test func everyAnswerBearsTheCommonHeaders() async throws {
        let world = try await APIWorld()
        for request in [
            world.request("GET", "/v1/participants/me", as: .mekong), world.request("GET", "/nothing", as: nil),
            world.request("POST", "/v1/quotes", as: .mekong, body: [:]),
            world.request("GET", "/v1/status", as: nil),
            world.request("DELETE", "/v1/status", as: nil), world.request("GET", "/healthz", as: nil),
        ] {
            let headers = await world.api.respond(to: request).headers
            #expect(headers["Kizuna-Version"] == KizunaAPI.version)
            #expect(headers["X-Request-Id"]?.utf8.count == 36)
            #expect(headers["X-Content-Type-Options"] == "nosniff")
            #expect(headers["Cache-Control"] == "no-store")
            #expect(headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
            #expect(headers["Content-Type"] != nil)
        }
    }

    @Test func theTraceIsTheCallersWhereItHasOne() async throws {
        let world = try await APIWorld()
        let response = await world.get("/nothing", headers: ["traceparent": Self.traceparent])
        #expect(response.headers["X-Request-Id"] == "4bf92f35-77b3-4da6-a3ce-929d0e0e4736")
        #expect(response.json.text(at: "traceId") == "4bf92f35-77b3-4da6-a3ce-929d0e0e4736")
        let others = [await world.get("/nothing"), await world.get("/nothing", headers: ["traceparent": "x"])]
        #expect(Set(others.map { $0.json.text(at: "traceId") ?? "" }).count == 2)
    }

    @Test func headIsAnsweredAsGetWithoutTheBody() async throws {
        let world = try await APIWorld()
        for path in ["/v1/openapi.json", "/v1/status", "/healthz"] {
            let response = await world.api.respond(to: world.request("HEAD", path, as: nil))
            #expect(response.status == 200)
            #expect(response.body.isEmpty)
        }
        #expect(await world.api.respond(to: world.request("HEAD", "/v1/rates", as: nil)).status == 401)
    }

    @Test func aFailingStoreIsNoFailureOfThePayment() async throws {
        let world = try await APIWorld()
        world.store.feel(.unwritable)
        let written = await world.post("/v1/merchants", Code.jpqrShop.renamed("New"), as: .naniwa)
        #expect(written.status == 503)
        #expect(written.code == "store_unavailable")
        #expect(written.json.text(at: "outcome") == "unknown")
        #expect(written.headers["Retry-After"] == "1")
        #expect(!written.text.contains("secret"))
        world.store.feel(.unreadable)
        let read = await world.get("/v1/participants/me", as: .mekong)
        #expect(read.code == "store_unavailable")
        #expect(!read.text.contains("secret"))
    }
}

/// Something that a test did not expect and cannot go on after.
struct Surprise: Error {}

extension JSON {
    /// A shop with another name.
    func renamed(_ name: String) -> JSON { replacing("name", with: .string(name)) }

    /// The object with another value for a member, or one member more.
    func replacing(_ name: String, with value: JSON) -> JSON {
        guard case .object(var members) = self else { return self }
        members.removeAll { $0.name == name }
        return .object(members + [Member(name: name, value: value)])
    }

    /// The object without a member.
    func without(_ name: String) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.name != name })
    }
}
