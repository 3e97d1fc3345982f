package import KizunaCrypto
import KizunaMoney
package import KizunaSwitch
package import KizunaWeb

/// The door of a bank's own server: lets in what the switch has signed in the last five minutes, byte for byte, and
/// answers 401 to all else (Standard Webhooks).
package struct SignedMessages: HTTPHandler {
    private let secret: WebhookSecret
    private let handler: any HTTPHandler
    private let clock: any KizunaSwitch.Clock

    /// - Parameters:
    ///   - secret: what `kizuna participant secret` prints for the bank.
    ///   - clock: the machine's, unless told otherwise.
    package init(secret: WebhookSecret, clock: (any KizunaSwitch.Clock)? = nil, to handler: any HTTPHandler) {
        self.secret = secret
        self.clock = clock ?? SystemClock()
        self.handler = handler
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        isBelieved(request) ? await handler.respond(to: request) : HTTPResponse(status: 401)
    }

    private func isBelieved(_ request: HTTPRequest) -> Bool {
        guard let id = request.headers["webhook-id"], let signature = request.headers["webhook-signature"],
            let seconds = request.headers["webhook-timestamp"].flatMap({ Int64($0) })
        else { return false }
        do throws(WebhookSignature.Refusal) {
            try WebhookSignature.verify(
                signature,
                id: id,
                timestampSeconds: seconds,
                body: request.body,
                secret: secret,
                nowSeconds: clock.now().milliseconds / 1_000
            )
            return true
        } catch { return false }
    }
}
