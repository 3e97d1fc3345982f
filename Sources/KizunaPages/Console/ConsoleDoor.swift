import KizunaPayments
import KizunaSwitch
package import KizunaWeb

/// Lets people into the console, and makes sure that every page but the first is theirs to see.
package struct ConsoleDoor: Sendable {
    /// Bound to the sign-in and not to anything that the browser brought; see ``SignInDesk``.
    static let sessionCookie = "kizuna_session"
    /// Shows that this browser was here before.
    static let deviceCookie = "kizuna_device"
    static let path = "/console/sign-in"
    private static let deviceDays = 180

    let desk: SignInDesk
    /// Whether browsers come over TLS, so that no cookie is ever sent without.
    let isSecure: Bool
    /// What a demonstration shows beside the form.
    let hints: (@Sendable () -> [SignInHint])?

    package init(desk: SignInDesk, isSecure: Bool, hints: (@Sendable () -> [SignInHint])? = nil) {
        self.desk = desk
        self.isSecure = isSecure
        self.hints = hints
    }

    /// Where one may go.
    private var places: [ConsolePlace] { ConsolePlace.allCases.filter { $0 != .chaos || hints != nil } }

    /// What happens on a page, once it is known who looks.
    typealias Handler = @Sendable (ConsoleVisit) async throws(PageRefusal) -> HTTPResponse

    /// A page for everybody who is signed in.
    func page(_ path: PathPattern, _ handler: @escaping Handler) -> PageRoute {
        .page(path) { visit throws(PageRefusal) in try await admit(visit, handler) }
    }

    /// What a page asks for by itself; an open page is no sign that somebody is there.
    func events(_ path: PathPattern, _ handler: @escaping Handler) -> PageRoute {
        .page(path) { visit throws(PageRefusal) in try await admit(visit, isUse: false, handler) }
    }

    /// A form's action, for those whose roles include one of several.
    func action(
        _ path: PathPattern,
        needing roles: Grants = .ofPersons,
        takesFile: Bool = false,
        _ handler: @escaping Handler
    ) -> PageRoute {
        .action(path, takesFile: takesFile) { visit throws(PageRefusal) in
            try await admit(visit) { visit throws(PageRefusal) in
                guard !visit.person.roles.isDisjoint(with: roles) else {
                    return visit.refusal(visit.words.desk.notYourRole, status: 403)
                }
                return try await handler(visit)
            }
        }
    }

    /// Signing in and out.
    var routes: [PageRoute] {
        [
            .page("/console/sign-in") { visit throws(PageRefusal) in
                SignInPage(visit: visit, hints: hints?() ?? []).response()
            },
            .action("/console/sign-in") { visit throws(PageRefusal) in await signIn(visit) },
            .action("/console/sign-out") { visit throws(PageRefusal) in try await signOut(visit) },
        ]
    }

    private func admit(
        _ visit: Visit,
        isUse: Bool = true,
        _ handler: Handler
    ) async throws(PageRefusal) -> HTTPResponse {
        let person: Person?
        do throws(StoreError) {
            person = try Cookies(visit.request)[ConsoleDoor.sessionCookie].flatMap { text throws(StoreError) in
                try desk.person(ofSession: text, isUse: isUse)
            }
        } catch {
            throw .unavailable
        }
        guard let person else { return visit.lead(to: ConsoleDoor.path) }
        return try await handler(ConsoleVisit(visit: visit, person: person, places: places))
    }

    private func signIn(_ visit: Visit) async -> HTTPResponse {
        let attempt = SignInDesk.Attempt(
            name: visit.form["person"] ?? "",
            password: String((visit.form.exactly("password") ?? "").prefix(SignInDesk.longestPassword)),
            code: (visit.form["code"] ?? "").filter { $0 != " " },
            address: visit.request.remoteAddress,
            device: Cookies(visit.request)[ConsoleDoor.deviceCookie]
        )
        do throws(SignInDesk.Failure) {
            let welcome = try await desk.signIn(attempt)
            // What was signed in before in this browser is not left open.
            await endSession(of: visit)
            var response = visit.lead(to: "/console")
            response.headers.add("Set-Cookie", cookie(ConsoleDoor.sessionCookie, welcome.session))
            let age = ConsoleDoor.deviceDays * 86_400
            response.headers.add("Set-Cookie", cookie(ConsoleDoor.deviceCookie, welcome.device, maxAge: age))
            return response
        } catch {
            return SignInPage(visit: visit, hints: hints?() ?? [], failure: error).response()
        }
    }

    private func signOut(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        guard await endSession(of: visit) else { throw .unavailable }
        var response = visit.lead(to: ConsoleDoor.path)
        response.headers.add("Set-Cookie", cookie(ConsoleDoor.sessionCookie, "", maxAge: 0))
        return response
    }

    /// - Returns: whether it is certain that the browser's session has ended.
    @discardableResult
    private func endSession(of visit: Visit) async -> Bool {
        guard let text = Cookies(visit.request)[ConsoleDoor.sessionCookie] else { return true }
        do throws(SubmissionError) {
            try await desk.signOut(session: text)
            return true
        } catch {
            return false
        }
    }

    private func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> String {
        let life = maxAge.map { "; Max-Age=\($0)" } ?? ""
        return "\(name)=\(value); Path=/; HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")\(life)"
    }
}

/// A request for a page of the console, with the person who asks.
package struct ConsoleVisit: Sendable {
    let visit: Visit
    let person: Person
    let places: [ConsolePlace]

    /// The words of the whole site.
    var site: Words { visit.words }
    /// The console's own.
    var words: ConsoleWords { visit.words.console }

    func may(_ role: Grants) -> Bool { !person.roles.isDisjoint(with: role) }

    /// A page of the console: the way around, and what it shows.
    ///
    /// - Parameters:
    ///   - place: which of the places it is, or belongs to.
    ///   - title: `nil` for the place's own name.
    func page(_ place: ConsolePlace, titled title: String? = nil, status: Int = 200, _ content: Markup) -> HTTPResponse
    {
        let heading = title ?? place.name(words)
        return visit.page(
            heading,
            status: status,
            options: .init(isWide: true),
            """
            \(around(place))
            <h1>\(heading)</h1>
            \(content)
            """
        )
    }

    /// The page that says why something was not done.
    func refusal(_ sentence: String, status: Int) -> HTTPResponse {
        page(.overview, titled: words.desk.notDone, status: status, Part.notice(.bad, "<p>\(sentence)</p>"))
    }

    private func around(_ here: ConsolePlace) -> Markup {
        let links = places.map { place -> Markup in
            let mark: Markup? = place == here ? " aria-current=\"page\"" : nil
            return "<a href=\"\(place.path)\"\(mark)>\(place.name(words))</a>"
        }
        return """
            <div class="desk"><nav class="tabs" aria-label="\(words.title)">
            \(links)
            </nav>
            <div class="who"><span>\(person.name) <span class="soft">\(roles)</span></span>
            \(Part.button(visit, to: "/console/sign-out", words.signIn.leave, look: "quiet"))</div></div>
            """
    }

    private var roles: String { words.desk.roles(person.roles) }
}

/// The places of the console, in the order of the way around.
enum ConsolePlace: CaseIterable {
    case overview, payments, exceptions, disputes, participants, access, merchants, rates, health, log
    /// In the demonstration only.
    case chaos

    var path: String {
        switch self {
        case .overview: "/console"
        case .payments: "/console/payments"
        case .exceptions: "/console/exceptions"
        case .disputes: "/console/disputes"
        case .participants: "/console/participants"
        case .access: AccessPages.path
        case .merchants: "/console/merchants"
        case .rates: "/console/rates"
        case .health: "/console/health"
        case .log: "/console/log"
        case .chaos: "/console/chaos"
        }
    }

    func name(_ words: ConsoleWords) -> String {
        switch self {
        case .overview: words.places.overview
        case .payments: words.places.payments
        case .exceptions: words.places.exceptions
        case .disputes: words.places.disputes
        case .participants: words.places.participants
        case .access: words.places.access
        case .merchants: words.places.merchants
        case .rates: words.places.rates
        case .health: words.places.health
        case .log: words.audit.title
        case .chaos: words.places.chaos
        }
    }
}
