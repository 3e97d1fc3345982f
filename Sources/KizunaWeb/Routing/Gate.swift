import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Lets participants in: checks the key, the idempotency key and the body, in this order.
struct Gate: Sendable {
    /// The most that a body may have; the server's adapter stops reading there.
    static let largestBodyBytes = 64 * 1024
    /// The most that a file may have.
    static let largestFileBytes = Evidence.largestBytes

    let lock: Lock
    let digester: any Digester

    /// Turns a request into a call, or says what it lacks.
    func admit(_ request: HTTPRequest, to route: Route, _ parameters: PathParameters) throws(Problem) -> ParticipantCall
    {
        guard case .participant(let participant) = try lock.open(for: request, needing: route.grant) else {
            throw Problem(.refusal(.forbidden), "This is a person's key; only a participant does this.")
        }
        let (query, key, body) = try read(request, for: route)
        if route.takesFile { try checkFile(in: request) }
        return ParticipantCall(
            participant: participant,
            request: request,
            parameters: parameters,
            query: query,
            body: body,
            idempotency: key.flatMap { token($0, of: participant, for: route, request, body) }
        )
    }

    /// The same for a person who works for the switch.
    func admitPerson(_ request: HTTPRequest, to route: Route, _ parameters: PathParameters) throws(Problem)
        -> PersonCall
    {
        guard case .person(let person) = try lock.open(for: request, needing: route.grant) else {
            throw Problem(.refusal(.forbidden), "This is a participant's key; only a person of the switch does this.")
        }
        let (query, _, body) = try read(request, for: route)
        return PersonCall(person: person, parameters: parameters, query: query, body: body)
    }

    /// The same for anybody.
    func admitAnybody(
        _ request: HTTPRequest,
        to route: Route,
        _ parameters: PathParameters,
        among routes: [Route]
    ) throws(Problem) -> Call {
        let body = route.takesJSON ? try body(of: request) : .null
        return Call(request: request, parameters: parameters, body: body, routes: routes)
    }

    private func read(
        _ request: HTTPRequest,
        for route: Route
    ) throws(Problem) -> (query: Query, key: String?, body: JSON) {
        let query = try Query(request.query)
        try query.check(against: route.query)
        let key = route.idempotency == .notNeeded ? nil : try idempotencyKey(of: request)
        return (query, key, route.takesJSON ? try body(of: request) : .null)
    }

    // MARK: What

    private static let mediaType = "application/json"

    private func body(of request: HTTPRequest) throws(Problem) -> JSON {
        guard isJSON(request.headers["Content-Type"]), isPlain(request.headers["Content-Encoding"]) else {
            throw Problem(.unsupportedMediaType, "Send the body as \"Content-Type: \(Gate.mediaType)\", in UTF-8.")
        }
        guard request.body.count <= Gate.largestBodyBytes else {
            throw Problem(.payloadTooLarge, "A body has at most \(Gate.largestBodyBytes) bytes.")
        }
        do throws(JSONFault) {
            return try JSON.parse(request.body)
        } catch {
            throw Problem(error)
        }
    }

    private func checkFile(in request: HTTPRequest) throws(Problem) {
        guard isPlain(request.headers["Content-Encoding"]) else {
            throw Problem(.unsupportedMediaType, "Send the file as it is, without a Content-Encoding.")
        }
        guard request.body.count <= Gate.largestFileBytes else {
            throw Problem(.payloadTooLarge, "A file has at most \(Gate.largestFileBytes) bytes.")
        }
    }

    private func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        if contentType == Gate.mediaType { return true }
        let parts = contentType.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        return parts.first == Gate.mediaType
            && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
    }

    private func isPlain(_ encoding: String?) -> Bool { encoding.map { $0.lowercased() == "identity" } ?? true }
}
