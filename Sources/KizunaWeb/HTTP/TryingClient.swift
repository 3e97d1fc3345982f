/// What trials of other people's servers need besides ordinary requests.
package protocol TryingClient: HTTPClient {
    /// Sends a request on a connection of its own, whose body leaves a few bytes at a time.
    ///
    /// - Parameter bytesPerSecond: how fast the body leaves; above zero.
    /// - Throws: ``HTTPClientError`` when no answer arrived. Cancelling the task breaks the request off.
    func sendSlowly(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration,
        bytesPerSecond: Int
    ) async throws(HTTPClientError) -> HTTPResponse

    /// The certificate that a server of TLS shows of itself, in PEM, where it is one that is trusted.
    ///
    /// - Returns: `nil` for a server without TLS.
    func certificate(of url: String, timeout: Duration) async throws(HTTPClientError) -> [UInt8]?
}
