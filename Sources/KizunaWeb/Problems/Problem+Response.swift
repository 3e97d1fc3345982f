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

    private func document(traceID: String) -> JSON {
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
