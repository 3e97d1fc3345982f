extension HTTPResponse {
    /// An answer in JSON.
    ///
    /// - Parameters:
    ///   - location: where what was made can be read, if it can.
    ///   - isReplay: whether this was answered before, to the same idempotency key.
    static func json(_ json: JSON, status: Int = 200, location: String? = nil, isReplay: Bool = false) -> HTTPResponse {
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        if let location { headers.add("Location", location) }
        if isReplay { headers.add("Idempotent-Replayed", "true") }
        return HTTPResponse(status: status, headers: headers, body: json.encoded)
    }
}
