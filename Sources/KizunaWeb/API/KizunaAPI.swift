import KizunaLedger
package import KizunaSwitch

/// The native API: requests in, answers out, no socket.
package struct KizunaAPI: HTTPHandler {
    /// The day whose behaviour this is; answers bear it as `Kizuna-Version`.
    package static let version = "2026-11-23"

    private let router: Router
    private let gate: Gate
    private let meters: RequestMeters
    private let log: any EventLog
    private let newTraceID: @Sendable () -> TraceID

    /// - Parameters:
    ///   - lock: knows the callers.
    ///   - signer: makes the secrets of webhooks.
    ///   - reach: where webhooks may be.
    ///   - sandbox: who plays the other side, where this is a sandbox.
    ///   - meters: counts the calls.
    ///   - log: is told of each call.
    ///   - newTraceID: names a request that brings no trace of its own.
    package init(
        _ engine: Switch,
        lock: Lock,
        signer: any MessageSigner,
        reach: Reach,
        sandbox: (any SandboxPlayers)? = nil,
        meters: RequestMeters = RequestMeters(),
        log: any EventLog = NoLog(),
        newTraceID: @escaping @Sendable () -> TraceID = KizunaAPI.randomTraceID
    ) {
        let desk = Desk(engine, signer: signer, reach: reach, environment: sandbox == nil ? .live : .sandbox) {
            newTraceID().value
        }
        router = Router(desk.routes + (sandbox.map { SandboxDesk(desk, players: $0).routes } ?? []))
        gate = Gate(lock: lock, digester: engine.digester)
        self.meters = meters
        self.log = log
        self.newTraceID = newTraceID
    }

    /// Every operation with its place, its name and what it asks of a call.
    package var routes: [Route] { router.routes }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        let began = ContinuousClock.now
        let trace = request.headers["traceparent"].flatMap { TraceID(traceparent: $0) } ?? newTraceID()
        var (operation, caller, problem): (String, APIKey.Owner?, ProblemCode?) = ("", nil, nil)
        var response: HTTPResponse
        do throws(Problem) {
            let (route, parameters) = try router.find(request.method, request.path)
            operation = route.name
            response = try await answer(request, route, parameters, &caller)
        } catch {
            problem = error.code
            response = error.response(traceID: trace.description)
        }
        response.addCommonHeaders(traceID: trace)
        if request.method == "HEAD" { response.body = [] }
        let took = began.duration(to: .now)
        meters.note(operation, response.status, problem: problem, took: took)
        log.note(
            .request(operation, by: caller, of: request, answered: response, problem: problem, trace: trace, took: took)
        )
        return response
    }

    /// A file, where the operation takes one and the caller's key is known.
    package func takesLargeBody(_ head: HTTPRequest) -> Bool {
        guard let (route, _) = try? router.find(head.method, head.path), route.takesFile else { return false }
        return gate.lock.knows(callerOf: head)
    }

    package func response(to refusal: ServerRefusal) -> HTTPResponse {
        let trace = newTraceID()
        var response = Problem(refusal).response(traceID: trace.description)
        response.addCommonHeaders(traceID: trace)
        return response
    }

    private func answer(
        _ request: HTTPRequest,
        _ route: Route,
        _ parameters: PathParameters,
        _ caller: inout APIKey.Owner?
    ) async throws(Problem) -> HTTPResponse {
        switch route.handler {
        case .open(let handle):
            if !route.isForMonitors { try gate.lock.countStranger(request) }
            return try await handle(try gate.admitAnybody(request, to: route, parameters, among: router.routes))
        case .participant(let handle):
            let call = try gate.admit(request, to: route, parameters)
            caller = .participant(call.participant)
            return try await handle(call)
        case .person(let handle):
            let call = try gate.admitPerson(request, to: route, parameters)
            caller = .person(call.person)
            return try await handle(call)
        }
    }

    package static let randomTraceID: @Sendable () -> TraceID = {
        var random = SystemRandomNumberGenerator()
        return TraceID(.version4(using: &random))
    }
}

extension HTTPResponse {
    /// What every answer bears, unless it has its own.
    fileprivate mutating func addCommonHeaders(traceID: TraceID) {
        headers.add("Kizuna-Version", KizunaAPI.version)
        headers.add("X-Request-Id", traceID.description)
        headers.add("X-Content-Type-Options", "nosniff")
        headers.add("Referrer-Policy", "no-referrer")
        if headers["Cache-Control"] == nil { headers.add("Cache-Control", "no-store") }
        if headers["Content-Security-Policy"] == nil {
            headers.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        }
    }
}
