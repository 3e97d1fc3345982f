package import KizunaLedger
package import KizunaSwitch
package import KizunaWeb

/// The pages for people in front of the API for programs: whatever is no page's address goes to the API.
package struct Site: HTTPHandler {
    /// What the pages need from outside.
    package struct Tools: Sendable {
        package let clock: any Clock
        package let digester: any Digester
        package let authenticator: any MessageAuthenticator
        /// Makes numbers for visitors, and the key of the forms' tokens.
        package let newID: @Sendable () -> UniqueID
        /// Whether browsers come over TLS, so that cookies are never sent without.
        package let isSecure: Bool

        package init(
            clock: any Clock,
            digester: any Digester,
            authenticator: any MessageAuthenticator,
            isSecure: Bool,
            newID: @escaping @Sendable () -> UniqueID
        ) {
            self.clock = clock
            self.digester = digester
            self.authenticator = authenticator
            self.isSecure = isSecure
            self.newID = newID
        }
    }

    private let routes: [PageRoute]
    private let map: SiteMap
    private let api: any HTTPHandler
    private let tools: Tools
    private let assets: Assets
    private let guardian: FormGuard
    private let live = LiveSeats()

    package init(_ sections: [any PageSection], before api: any HTTPHandler, tools: Tools) {
        routes = sections.flatMap(\.routes)
        let places = routes.map { "\($0.method.rawValue) \($0.path)" }
        precondition(Set(places).count == places.count, "Two pages are in one place: \(places)")
        map = SiteMap(
            areas: sections.compactMap(\.entry),
            foot: sections.flatMap(\.footEntries),
            hasFront: sections.contains { $0.entry != nil }
        )
        self.api = api
        self.tools = tools
        assets = Assets(digester: tools.digester)
        let key = Array("\(tools.newID().compact)\(tools.newID().compact)".utf8)
        guardian = FormGuard(authenticator: tools.authenticator, key: key, newID: tools.newID)
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        if let asset = assets.response(to: request.path) { return asset.forBrowsers(request) }
        guard let (route, parameters) = find(request) else { return await api.respond(to: request) }
        let visitor = guardian.visitor(of: request)
        let longest = route.takesFile ? Form.longestPastedFile : Form.longestText
        let form = route.method == .post ? Form(request, longestText: longest) : Form()
        let visit = visit(request, parameters, visitor, form ?? Form())
        var response: HTTPResponse
        do throws(PageRefusal) {
            guard let form else { throw .badForm }
            if route.method == .post {
                guard guardian.admits(request, form, of: visitor) else { throw .staleForm }
            }
            response = try await route.handler(visit)
        } catch {
            response = visit.page(refusing: error)
        }
        if let cookie = visitor.cookie(isSecure: tools.isSecure) { response.headers.add("Set-Cookie", cookie) }
        if let language = visit.query["lang"], language == visit.language.rawValue {
            let kept = "lang=\(language); Path=/; Max-Age=31536000; SameSite=Lax"
            response.headers.add("Set-Cookie", kept)
        }
        return response.forBrowsers(request)
    }

    package func takesLargeBody(_ head: HTTPRequest) -> Bool {
        guard let (route, _) = find(head) else { return api.takesLargeBody(head) }
        return route.takesFile && !guardian.visitor(of: head).isNew
    }

    package func response(to refusal: ServerRefusal) -> HTTPResponse { api.response(to: refusal) }

    private func find(_ request: HTTPRequest) -> (PageRoute, PathParameters)? {
        guard let segments = try? Router.segments(of: request.path) else { return nil }
        let method = request.method == "HEAD" ? "GET" : request.method
        for route in routes where route.method.rawValue == method {
            if let parameters = route.path.match(segments) { return (route, parameters) }
        }
        return nil
    }

    private func visit(
        _ request: HTTPRequest,
        _ parameters: PathParameters,
        _ visitor: FormGuard.Visitor,
        _ form: Form
    ) -> Visit {
        let query = (try? Query(request.query)) ?? Query()
        let language = Language(
            chosen: query["lang"],
            kept: Cookies(request)["lang"],
            accepted: request.headers["Accept-Language"]
        )
        return Visit(
            request: request,
            parameters: parameters,
            query: query,
            form: form,
            words: Words[language],
            now: tools.clock.now(),
            formToken: guardian.token(for: visitor),
            live: live,
            site: map,
            assets: assets
        )
    }
}

/// What leads around a site.
struct SiteMap: Sendable {
    let areas: [NavigationEntry]
    let foot: [NavigationEntry]
    /// Whether there is a front page: where there are several areas, one leads to them.
    let hasFront: Bool
}

extension Visit {
    /// The page that says why there is no other.
    func page(refusing refusal: PageRefusal) -> HTTPResponse {
        let frame = words.frame
        let (title, sentence) =
            switch refusal {
            case .notFound: (frame.notFoundTitle, frame.notFound)
            case .badForm: (frame.badRequestTitle, frame.badRequest)
            case .staleForm: (frame.staleFormTitle, frame.staleForm)
            case .unavailable: (frame.unavailableTitle, frame.unavailable)
            case .tooMany: (frame.tooManyTitle, frame.tooMany)
            }
        return page(
            title,
            status: refusal.status,
            options: .init(isNarrow: true),
            """
            <h1>\(title)</h1>
            <p>\(sentence)</p>
            \(site.hasFront ? "<p><a class=\"button\" href=\"/\">\(frame.home)</a></p>" : Markup.none)
            """
        )
    }
}

extension HTTPResponse {
    /// The same with what browsers must know of every page of ours.
    fileprivate func forBrowsers(_ request: HTTPRequest) -> HTTPResponse {
        var response = self
        response.headers.add("Content-Security-Policy", HTTPResponse.policy)
        response.headers.add("X-Content-Type-Options", "nosniff")
        response.headers.add("Referrer-Policy", "same-origin")
        response.headers.add("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        if headers["Cache-Control"] == nil { response.headers.add("Cache-Control", "no-store") }
        if request.method == "HEAD" { response.body = [] }
        return response
    }

    /// Style and script come from our own addresses, and nothing at all from elsewhere.
    private static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
