import KizunaMoney
package import KizunaWeb

/// Calls the sandbox's own banks inside the process, and everybody else over the network.
///
/// Where the amount is magic, what goes outside goes twice: a receiver learns whether it can bear a repeat.
package struct SandboxClient: HTTPClient {
    private let banks: [String: any HTTPHandler]
    private let network: any HTTPClient

    /// - Parameters:
    ///   - banks: by their host names; nobody else has these (RFC 2606).
    ///   - network: for everything else.
    package init(banks: [String: any HTTPHandler], network: any HTTPClient) {
        self.banks = banks
        self.network = network
    }

    package func send(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration
    ) async throws(HTTPClientError) -> HTTPResponse {
        if let (bank, path) = bank(at: url) {
            return await bank.respond(to: HTTPRequest(method: method, path: path, headers: headers, body: body))
        }
        if isSentTwice(body) {
            _ = try? await network.send(method, url, headers: headers, body: body, timeout: timeout)
        }
        return try await network.send(method, url, headers: headers, body: body, timeout: timeout)
    }

    private func bank(at url: String) -> (any HTTPHandler, path: String)? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let rest = url[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }
        return banks[String(host)].map { ($0, String(rest.dropFirst(host.count))) }
    }

    private func isSentTwice(_ body: [UInt8]) -> Bool {
        guard let json = try? JSON.parse(body) else { return false }
        let amount = json["merchantAmount"] ?? json["data"]?["merchantAmount"] ?? json["data"]?["amount"]
        return Money(json: amount).map { MagicAmount($0) == .deliveredTwice } ?? false
    }
}
