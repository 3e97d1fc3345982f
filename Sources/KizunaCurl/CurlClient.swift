package import KizunaWeb
import Synchronization

/// Sends requests through libcurl, with one thread for all of them, and keeps connections for the next ones.
///
/// It follows no redirect, asks no proxy, stores no cookie, decodes no compression, and speaks nothing but HTTP. It
/// connects to addresses within its reach only: each is looked at when its socket is made, whatever the name stood for
/// before.
///
/// A request on a kept connection that the peer closes without a byte of answer is sent once more on a new one, as
/// RFC 9112, section 9.3.1, describes; so the other side may see a request twice, and requests carry stable ids.
package final class CurlClient: TryingClient {
    private let loop: TransferLoop

    package convenience init(
        limits: ClientLimits = ClientLimits(),
        reach: Reach = .internet,
        tls: ClientTLS = ClientTLS()
    ) {
        self.init(limits: limits, reach: reach, tls: tls) { [] }
    }

    /// - Parameter pins: asked before each request; what stands for a name, as `host:port:address`, in place of what a
    ///   server of names would say.
    init(
        limits: ClientLimits,
        reach: Reach,
        tls: ClientTLS = ClientTLS(),
        pins: @escaping @Sendable () -> [String]
    ) {
        self.loop = TransferLoop(limits: limits, reach: reach, tls: tls, pins: pins)
        loop.start()
    }

    deinit { loop.close() }

    /// Cancelling the task ends the exchange: as ``HTTPClientError/Code/neverSent`` if nothing has left yet, and as
    /// ``HTTPClientError/Code/connectionLost`` otherwise.
    package func send(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration
    ) async throws(HTTPClientError) -> HTTPResponse {
        try await send(request(method, url, headers, body, timeout)).get()
    }

    package func sendSlowly(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration,
        bytesPerSecond: Int
    ) async throws(HTTPClientError) -> HTTPResponse {
        precondition(bytesPerSecond > 0, "What never leaves is no request")
        var request = try request(method, url, headers, body, timeout)
        request.bytesPerSecond = bytesPerSecond
        return try await send(request).get()
    }

    package func certificate(of url: String, timeout: Duration) async throws(HTTPClientError) -> [UInt8]? {
        var request = try request("HEAD", url, [:], [], timeout)
        request.keepsCertificate = true
        let transfer = Transfer(request, limits: loop.limits, reach: loop.reach)
        _ = try await send(transfer).get()
        return transfer.certificate.withLock { $0 }
    }

    private func request(
        _ method: String,
        _ url: String,
        _ headers: HTTPHeaders,
        _ body: [UInt8],
        _ timeout: Duration
    ) throws(HTTPClientError) -> OutgoingRequest {
        try OutgoingRequest(
            method: method,
            url: url,
            headers: headers,
            body: body,
            timeout: timeout,
            limits: loop.limits,
            reach: loop.reach
        )
    }

    private func send(_ request: OutgoingRequest) async -> TransferResult {
        await send(Transfer(request, limits: loop.limits, reach: loop.reach))
    }

    private func send(_ transfer: Transfer) async -> TransferResult {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.answer(to: continuation)
                loop.add(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
    }

    /// Ends what is under way or waiting, as cancelling does, and refuses what comes later as never sent.
    package func shutdown() { loop.close() }
}
