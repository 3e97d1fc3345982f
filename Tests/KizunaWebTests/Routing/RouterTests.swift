import KizunaLedger
import KizunaPayments
import Testing

@testable import KizunaWeb

@Suite struct RouterTests {
    private static func route(_ method: Route.Method, _ path: PathPattern, _ name: String) -> Route {
        Route(
            method,
            path,
            name: name,
            chapter: .status,
            summary: name,
            answers: .ok(.empty),
            handler: .open { _ in HTTPResponse(status: 200) }
        )
    }

    private let router = Router([
        route(.get, "/", "root"), route(.get, "/v1/things", "list"), route(.post, "/v1/things", "create"),
        route(.get, "/v1/things/{thingId:id}", "get"), route(.post, "/v1/things/{thingId:id}/parts", "part"),
        route(.get, "/v1/people/me", "me"), route(.get, "/v1/people/{who:participant}", "person"),
    ])

    @Test(arguments: [
        ("GET", "/", "root"), ("HEAD", "/", "root"), ("GET", "/v1/things", "list"), ("POST", "/v1/things", "create"),
        ("GET", "/v1/things/8a562c67-ca16-48ba-b074-65581be6f011", "get"),
        ("GET", "/v1/things/8A562C67CA1648BAB07465581BE6F011", "get"),
        ("POST", "/v1/things/8a562c67-ca16-48ba-b074-65581be6f011/parts", "part"), ("GET", "/v1/people/me", "me"),
        ("GET", "/v1/people/mekong-bank", "person"), ("GET", "/v1/%74hings", "list"),
    ])
    func finds(method: String, path: String, name: String) throws {
        #expect(try router.find(method, path).route.name == name)
    }

    @Test(arguments: [
        ("GET", "/v1"), ("GET", "/v1/things/"), ("GET", "//v1/things"), ("GET", "/v1//things"), ("GET", ""),
        ("GET", "/V1/things"), ("GET", "/v1/things/x"), ("GET", "/v1/people/No!"), ("GET", "/v1/things/../things"),
        ("POST", "/v1/nothing"), ("GET", "v1/things"),
    ])
    func saysWhenThereIsNothing(method: String, path: String) {
        #expect(problem { () throws(Problem) in _ = try router.find(method, path) }?.code == .refusal(.notFound))
    }

    @Test(arguments: [
        ("DELETE", "/v1/things", ["GET", "HEAD", "POST"]), ("POST", "/", ["GET", "HEAD"]),
        ("get", "/", ["GET", "HEAD"]),
        ("GET", "/v1/things/8a562c67-ca16-48ba-b074-65581be6f011/parts", ["POST"]), ("OPTIONS", "/", ["GET", "HEAD"]),
    ])
    func saysWhichMethodsThereAre(method: String, path: String, allowed: [String]) {
        let problem = problem { () throws(Problem) in _ = try router.find(method, path) }
        #expect(problem?.code == .request(.methodNotAllowed))
        #expect(problem?.allowedMethods == allowed)
        #expect(problem?.response(traceID: "t").headers["Allow"] == allowed.joined(separator: ", "))
    }

    @Test(arguments: ["/v1/%zz", "/v1/%2", "/v1/%", "/v1/%ff", "/v1/a%2Fb", "/v1/%00", "/v1/%0A"])
    func refusesBadEncoding(path: String) {
        #expect(problem { () throws(Problem) in _ = try router.find("GET", path) }?.code == .request(.malformedRequest))
    }

    @Test func readsTheVariableParts() throws {
        let id = try router.find("GET", "/v1/things/8a562c67-ca16-48ba-b074-65581be6f011").parameters.id("thingId")
        #expect(id.description == "8a562c67-ca16-48ba-b074-65581be6f011")
        let who = try router.find("GET", "/v1/people/tonle-fx").parameters.participant("who")
        #expect(who.description == "tonle-fx")
    }

    @Test func writesThePatternAsOpenAPIDoes() {
        let pattern: PathPattern = "/v1/payments/{paymentId:id}/refunds"
        #expect(pattern.description == "/v1/payments/{paymentId}/refunds")
        #expect(("/" as PathPattern).description == "/")
    }
}

@Suite struct QueryTests {
    private let declared = [
        QueryParameter(name: "limit", summary: "", schema: .count(1)),
        QueryParameter(name: "cursor", summary: "", schema: .cursor),
    ]

    @Test func reads() throws {
        let query = try Query("limit=20&cursor=a%20b&")
        #expect(query["cursor"] == "a b")
        #expect(try query.integer("limit", in: 1...20) == 20)
        #expect(try query.integer("other", in: 1...20) == nil)
        try query.check(against: declared)
    }

    @Test(
        arguments: [
            ("limit=%zz", "malformed_request", nil), ("limit=1&limit=2", "field_invalid", "?limit"),
            ("limit=0", "field_invalid", "?limit"), ("limit=201", "field_invalid", "?limit"),
            ("limit=+5", "field_invalid", "?limit"), ("limit=", "field_invalid", "?limit"),
            ("limit", "field_invalid", "?limit"), ("limit=ten", "field_invalid", "?limit"),
            ("limt=5", "unknown_field", "?limt"), ("Sok%20Dara=5", "unknown_field", nil),
            ((0...16).map { "p\($0)=0" }.joined(separator: "&"), "malformed_request", nil),
        ] as [(String, String, String?)]
    )
    func refuses(text: String, code: String, place: String?) {
        let problem = problem { () throws(Problem) in
            let query = try Query(text)
            try query.check(against: declared)
            _ = try query.integer("limit", in: 1...200)
        }
        #expect(problem?.code.name == code)
        #expect(problem?.placeText == place)
    }
}

@Suite struct TraceIDTests {
    @Test func takesTheTraceOfAContext() {
        let trace = TraceID(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        #expect(trace?.description == "4bf92f35-77b3-4da6-a3ce-929d0e0e4736")
        #expect(TraceID(traceparent: "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-new") != nil)
    }

    @Test(arguments: [
        "", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", "4bf92f3577b34da6a3ce929d0e0e4736",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-new", "00-4bf92f35-00f067aa0ba902b7-01",
    ])
    func leavesOthersAlone(text: String) { #expect(TraceID(traceparent: text) == nil) }
}
