import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaWeb

/// What strangers and impostors try on the API, beside what has a suite of its own.
@Suite struct AttackTests {
    /// Members that a caller would like to decide.
    private static let foreignMembers = [
        "id", "state", "issuer", "participant", "createdAt", "grants", "isAdmin", "__proto__",
    ]

    @Test func noMemberIsTakenThatIsNotAskedFor() async throws {
        let world = try await APIWorld()
        let person = try #require(OperatorID("sokha"))
        let digest = OpenSSLDigester().sha256(Array("kz_person".utf8))
        try await world.operate(.addAPIKey(AddAPIKey(person: person, digest: digest)))
        var tried = 0
        for route in world.api.routes {
            guard case .json(let schema) = route.body, case .object(let members) = schema.example else { continue }
            for name in Self.foreignMembers where !members.contains(where: { $0.name == name }) {
                let body = schema.example.adding([JSON.Member(name: name, value: "COMPLETED")])
                let answers = await answers(to: route, body, world)
                #expect(answers.allSatisfy { $0.status >= 400 }, "\(route.name) \(name)")
                #expect(answers.contains { $0.code == "unknown_field" }, "\(route.name) \(name)")
                tried += 1
            }
        }
        #expect(tried > 100)
    }

    private func answers(to route: Route, _ body: JSON, _ world: APIWorld) async -> [HTTPResponse] {
        let segments = route.path.description.split(separator: "/").map { segment in
            segment.hasPrefix("{")
                ? (segment == "{participantId}" ? "mekong-bank" : ExampleID.payment) : String(segment)
        }
        let path = "/" + segments.joined(separator: "/")
        if case .person = route.handler {
            let headers: HTTPHeaders = ["Authorization": "Bearer kz_person"]
            return [await world.api.respond(to: world.request("POST", path, as: nil, body: body, headers: headers))]
        }
        var answers: [HTTPResponse] = []
        for bank in Bank.allCases { answers.append(await world.post(path, body, as: bank)) }
        return answers
    }

    @Test func noCallerWritesALineOfTheLogAndNoSecretIsInIt() async throws {
        let log = CollectingLog()
        let world = try await APIWorld(log: log)
        let line = "\n{\"level\":\"error\",\"event\":\"forged\"}"
        let payment = try await world.pay()
        var request = world.request("GET", "/v1/payments\(line)", as: .mekong)
        request.query = "limit=\(line)"
        for name in ["traceparent", "Idempotency-Key", "User-Agent", "X-Request-Id"] { request.headers.add(name, line) }
        request.remoteAddress = "192.0.2.1"
        _ = await world.api.respond(to: request)
        let shop = Code.jpqrShop.replacing("name", with: .string("Shop\(line)"))
        _ = await world.post("/v1/merchants", shop, as: .naniwa)
        _ = await world.get("/v1/participants/me", as: nil, headers: ["Authorization": "Bearer \(line)"])

        let lines = log.lines
        #expect(lines.contains { $0.contains(payment.text(at: "id") ?? "-") })
        #expect(lines.count > 8)
        for text in lines {
            #expect(!text.contains("\n") && !text.contains("forged"), "\(text)")
            for secret in ["kz_", "Sokha", "001-234-567", "KIZUNA SHOTEN", "00020101"] {
                #expect(!text.contains(secret), "\(text)")
            }
        }
    }

    @Test func theLogTellsOfARequestWhatIsNeededToFollowIt() async throws {
        let log = CollectingLog()
        let world = try await APIWorld(log: log)
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let parent: HTTPHeaders = ["traceparent": "00-\(trace)-00f067aa0ba902b7-01"]
        _ = await world.get("/v1/participants/me", as: .mekong, headers: parent)
        _ = await world.get("/v1/participants/me", as: nil)
        let lines = try log.lines.suffix(2).map { try JSON.parse(Array($0.utf8)) }
        #expect(lines[0].text(at: "trace") == trace)
        #expect(lines[0].text(at: "caller") == "participant:mekong-bank")
        #expect(lines[0]["status"] == 200 && lines[0].text(at: "level") == "info")
        #expect(lines[1].text(at: "code") == "unauthorized" && lines[1].text(at: "level") == "warning")
        #expect(lines[1]["caller"] == .null && lines[1]["address"] == "")
    }
}

/// Keeps the lines, as they would be written.
final class CollectingLog: EventLog {
    private let kept = Mutex<[String]>([])

    func note(_ line: LogLine) {
        let text = String(decoding: line.json(at: Timestamp(milliseconds: 1_760_000_000_000)).encoded, as: UTF8.self)
        kept.withLock { $0.append(text) }
    }

    var lines: [String] { kept.withLock { $0 } }
}
