import KizunaMoney
package import KizunaSwitch

/// The Bakong Open API in front of the switch, so that shops' software which asks Bakong whether a code has been paid
/// sees what was paid from Japan, unchanged. It stands at the root of a listener or host name of its own.
package struct BakongFacade: HTTPHandler {
    private let operations: [String: BakongOperation]
    private let tokens: BakongTokens
    private let limiter: RateLimiter
    private let clock: any Clock

    private static let prefix = "/v1/"
    /// The most that a body may have.
    private static let largestBodyBytes = 64 * 1024

    package init(_ engine: Switch, settings: BakongSettings, tools: BakongTools) {
        let desk = BakongDesk(engine, settings: settings)
        let tokens = BakongTokens(engine.bakongKeeper, authenticator: tools.authenticator)
        let access = BakongAccess(desk: desk, tokens: tokens, mailer: tools.mailer, settings: settings)
        let links = DeepLinkDesk(desk: desk, settings: settings)
        let all = desk.operations + access.operations + links.operations
        operations = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
        self.tokens = tokens
        limiter = RateLimiter(settings.rate)
        clock = engine.clock
    }

    /// Where everything is: paths of operations, in the order of their names.
    package var paths: [String] { operations.keys.sorted().map { BakongFacade.prefix + $0 } }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        let path = BakongFacade.plain(request.path)
        guard path.hasPrefix(BakongFacade.prefix),
            let operation = operations[String(path.dropFirst(BakongFacade.prefix.count))]
        else { return .bakong(refusing: 404, "Not found.") }
        guard request.method == "POST" else {
            var response = HTTPResponse.bakong(refusing: 405, "Method not allowed.")
            response.headers.add("Allow", "POST")
            return response
        }
        do throws(BakongError) {
            guard admits(try caller(of: request, to: operation)) else { return tooMany }
            guard request.body.count <= BakongFacade.largestBodyBytes else { return response(to: .bodyTooLarge) }
            guard let body = try? JSON.parse(request.body) else { return .bakong(.missingFields, status: 400) }
            return try await operation.handle(body).response
        } catch {
            if error == .unauthorized, !admits(.address(request.remoteAddress)) { return tooMany }
            var response = HTTPResponse.bakong(error)
            if error == .unauthorized { response.headers.add("WWW-Authenticate", "Bearer realm=\"bakong\"") }
            return response
        }
    }

    package func response(to refusal: ServerRefusal) -> HTTPResponse {
        .bakong(refusing: refusal.status, refusal.detail)
    }

    /// Whose calls are counted together.
    private func caller(of request: HTTPRequest, to operation: BakongOperation) throws(BakongError) -> RateLimiter.Key {
        let token = BakongFacade.token(of: request)
        switch operation.access {
        case .open: break
        case .optionalToken where token == nil: break
        case .optionalToken, .token:
            guard let token, let project = try tokens.project(of: token) else { throw .unauthorized }
            return .project(project.id)
        }
        return .address(request.remoteAddress)
    }

    /// In the header as documents have it, or in the query as some clients do.
    private static func token(of request: HTTPRequest) -> String? {
        if let header = request.headers["Authorization"] {
            let parts = header.split(separator: " ", omittingEmptySubsequences: true)
            return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : ""
        }
        return (try? Query(request.query))?["token"]
    }

    /// A path without the doubled slashes that come of a base address with one at its end.
    private static func plain(_ path: String) -> String {
        "/" + path.split(separator: "/").joined(separator: "/")
    }

    private func admits(_ key: RateLimiter.Key) -> Bool { limiter.admits(key, at: clock.now()) }

    private var tooMany: HTTPResponse {
        var response = HTTPResponse.bakong(refusing: 429, "Too many requests. Please try again later.")
        response.headers.add("Retry-After", "1")
        return response
    }
}
