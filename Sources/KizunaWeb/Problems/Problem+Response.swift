import KizunaPayments

extension Problem {
    package static let mediaType = "application/problem+json"

    /// The answer.
    ///
    /// - Parameter traceID: names this request to those who look for it in a log.
    package func response(traceID: String) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": Problem.mediaType]
        if let seconds = code.retryAfterSeconds { headers.add("Retry-After", String(seconds)) }
        if code == .request(.unauthorized) { headers.add("WWW-Authenticate", "Bearer realm=\"kizuna\"") }
        if !allowedMethods.isEmpty { headers.add("Allow", allowedMethods.joined(separator: ", ")) }
        if isReplay { headers.add("Idempotent-Replayed", "true") }
        return HTTPResponse(status: code.status, headers: headers, body: document(traceID: traceID).encoded)
    }

    func document(traceID: String) -> JSON {
        let document: JSON = [
            "type": .string("/docs/problems#\(code.name)"),
            "title": .string(code.title),
            "status": JSON(code.status),
            "detail": .string(detail),
            "code": .string(code.name),
            "isoReason": JSON(isoReason),
            "retry": .string(code.retry.rawValue),
            "outcome": .string(code.outcome.rawValue),
            "traceId": .string(traceID),
        ]
        return switch place {
        case .pointer(let pointer): document.adding([JSON.Member(name: "pointer", value: .string(pointer))])
        case .parameter(let name): document.adding([JSON.Member(name: "parameter", value: .string(name))])
        case nil: document
        }
    }
}

extension Schema {
    static let isoReason = text(matching: "^[A-Z]{2}[A-Z0-9]{2}$", "AM09")

    static let problem = answer([
        "type": .text(matching: "^/docs/problems#[a-z_]+$", "/docs/problems#amount_mismatch"),
        "title": .text(1...80, RefusalCode.amountMismatch.title),
        "status": .integer(400...599, 422),
        "detail": .text(1...2_000, "The code asks for 1980 JPY; leave the amount out or repeat it.")
            .saying("What is wrong and what would be right."),
        "code": .words(ProblemCode.all.map(\.name), RefusalCode.amountMismatch.rawValue),
        "isoReason": .isoReason.nullable.saying("A reason of ISO 20022, where one fits."),
        "retry": .words(RefusalCode.Retry.allCases).saying("What to do then."),
        "outcome": .words(ProblemCode.Outcome.allCases)
            .saying("unknown where it may have been done: ask, or send the same again under the same key."),
        "traceId": .id(ExampleID.trace),
        "pointer": .anyText(most: 400, "/amount").omitted.saying("Where in the body the fault is (RFC 6901)."),
        "parameter": .anyText(most: 200, "limit").omitted.saying("Which parameter of the query is at fault."),
    ])
    .named("Problem", "Why a request was not carried out (RFC 9457).")
}
