package import KizunaCrypto
import KizunaMoney
package import KizunaWeb

/// The door of a bank's own server: lets in what the switch has signed in the last five minutes, byte for byte, and
/// answers 401 to all else (Standard Webhooks).
package struct SignedMessages: HTTPHandler {
    private let secret: WebhookSecret
    private let handler: any HTTPHandler

    /// - Parameter secret: what `kizuna participant secret` prints for the bank.
    package init(secret: WebhookSecret, to handler: any HTTPHandler) {
        self.secret = secret
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
                nowSeconds: SystemClock().now().milliseconds / 1_000
            )
            return true
        } catch { return false }
    }
}
