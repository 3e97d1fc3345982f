import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Synchronization

@testable import KizunaPages

/// A site on a switch with nothing in it, visited without a socket.
final class SiteWorld: Sendable {
    let engine: Switch
    let site: Site
    let clock = StandingClock()
    private let visitor = Mutex<String?>(nil)

    /// - Parameter sections: what there is besides the public pages.
    init(_ sections: [any PageSection] = [], of kind: PublicPages.Kind = .live, isSecure: Bool = false) throws {
        engine = try Switch(
            store: MemoryStore(digester: OpenSSLDigester()),
            links: NoLinks(),
            clock: clock,
            digester: OpenSSLDigester(),
            random: SystemRandom()
        )
        let tools = Site.Tools(
            clock: clock,
            digester: OpenSSLDigester(),
            authenticator: TestAuthenticator(),
            isSecure: isSecure
        ) {
            var random = SystemRandom()
            return .version4(using: &random)
        }
        site = Site([PublicPages(engine, of: kind)] + sections, before: EchoAPI(), tools: tools)
    }

    /// Loads a page as a browser does that keeps its visitor's cookie.
    func get(_ target: String, _ headers: HTTPHeaders = [:]) async -> HTTPResponse {
        let response = await site.respond(to: request("GET", target, headers))
        for (name, value) in response.headers.fields where name == "Set-Cookie" && value.hasPrefix("kizuna_visitor") {
            visitor.withLock { $0 = value.prefix { $0 != ";" }.description }
        }
        return response
    }

    /// Sends a form, with the token of a page that was loaded before unless told otherwise.
    func post(_ target: String, _ fields: [String: String], _ headers: HTTPHeaders = [:]) async -> HTTPResponse {
        var request = request("POST", target, headers)
        request.headers.add("Content-Type", "application/x-www-form-urlencoded")
        let pairs = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(PercentEncoding.encode($0.value))" }
        request.body = Array(pairs.joined(separator: "&").utf8)
        return await site.respond(to: request)
    }

    func request(_ method: String, _ target: String, _ headers: HTTPHeaders = [:]) -> HTTPRequest {
        let parts = target.split(separator: "?", maxSplits: 1)
        var headers = headers
        if headers["Cookie"] == nil, let cookie = visitor.withLock({ $0 }) { headers.add("Cookie", cookie) }
        return HTTPRequest(
            method: method,
            path: String(parts[0]),
            query: parts.count == 2 ? String(parts[1]) : "",
            headers: headers
        )
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The token that a page's first form bears.
    var formToken: String {
        guard let start = text.firstRange(of: "name=\"token\" value=\"") else { return "" }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
}

/// What stands behind the site: says what it was asked for.
struct EchoAPI: HTTPHandler {
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        HTTPResponse(status: 299, body: Array(request.path.utf8))
    }
}

struct NoLinks: Links {
    func deliver(_ delivery: Delivery, timeout: Duration, answer: @escaping @Sendable (DeliveryOutcome) -> Void) {
        answer(.pending)
    }

    func announce(_ announcement: Announcement, timeout: Duration, answer: @escaping @Sendable (Int?) -> Void) {
        answer(nil)
    }
}

/// A clock that stands at 2026-11-29T17:25:08Z.
struct StandingClock: Clock {
    func now() -> Timestamp { Timestamp(milliseconds: 1_795_973_108_000) }
}

struct TestAuthenticator: MessageAuthenticator {
    func code(of message: [UInt8], key: [UInt8]) -> [UInt8] { HMAC.sha256(key: key, message: message) }
    func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool { ConstantTime.equal(left, right) }
}
