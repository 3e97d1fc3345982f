import KizunaCertification
import KizunaCrypto
import KizunaMicrohttpd
import KizunaMoney
import KizunaWeb

@testable import KizunaCommands

/// What can be wrong with the way, with HTTP, and with signatures.
extension Defect {
    static let reach: [Defect] = [
        Defect("reach.answers") { _ in .status(503) },
        Defect("reach.https", terms: Terms(allowsPlainHTTP: false)) {
            { request, bank in await bank.signed.respond(to: request) }
        },
        Defect("reach.no-redirect") { _ in
            HTTPResponse(status: 307, headers: ["Location": "https://elsewhere.example/"])
        },
        changing("reach.small-answers") { $0.body += [UInt8](repeating: UInt8(ascii: " "), count: 20_000) },
        changing("reach.plain-encoding") { $0.headers.add("Content-Encoding", "gzip") },
        changing("reach.content-type") { $0.headers = ["Content-Type": "text/html"] },
        Defect("reach.prompt", terms: hurried) {
            { request, bank in
                try? await Task.sleep(for: .milliseconds(80))
                return await bank.signed.respond(to: request)
            }
        },
        Defect("reach.one-after-another") {
            let memory = Memory()
            return { request, bank in
                memory.count("message") % 20 == 19 ? .status(503) : await bank.signed.respond(to: request)
            }
        },
        alone("reach.all-at-once"),
        // Has no patience for what does not come at once.
        Defect("reach.in-pieces", limits: limited { $0.receiveTime = .milliseconds(500) }) {
            { request, bank in await bank.signed.respond(to: request) }
        },
        // Serves one line at a time.
        Defect("reach.slow-sender", limits: limited { $0.connections = 1 }) {
            { request, bank in await bank.signed.respond(to: request) }
        },
    ]

    static let http: [Defect] = [
        Defect("http.get") { $0.request.method == "GET" ? .status(200) : nil },
        Defect("http.unknown-path") { $0.path.hasPrefix("/no-such") ? .status(200) : nil },
        Defect("http.not-json") { $0.body == nil ? .status(204) : nil },
        Defect("http.empty-body", .issuer) { $0.request.body.isEmpty ? .status(204) : nil },
        Defect("http.not-utf8") { $0.request.body.contains(0xFF) ? .status(200) : nil },
        Defect("http.not-an-object", .webhook) { $0.request.body.first == UInt8(ascii: "[") ? .status(204) : nil },
        Defect("http.deep-nesting") { $0.request.body.starts(with: Array("[[[[".utf8)) ? .status(500) : nil },
        Defect("http.huge-body", limits: roomy) { { request, bank in await bank.signed.respond(to: request) } },
        Defect("http.missing-member", .issuer) { $0.body?["id"] == nil ? .status(204) : nil },
        Defect("http.unknown-member") { $0.body?["certificationOfTomorrow"] == nil ? nil : .status(400) },
        Defect("http.unknown-header") { $0.request.headers["X-Certification"] == nil ? nil : .status(400) },
        Defect("http.other-spelling") { message in
            message.body.map { $0.encoded == message.request.body } == false ? .status(400) : nil
        },
    ]

    static let signatures: [Defect] = [
        believing("signature.unsigned") { request, _ in request.headers["webhook-signature"] == nil },
        believing("signature.empty") { request, _ in request.headers["webhook-signature"] == "" },
        believing("signature.no-id") { request, _ in
            request.headers["webhook-id"] == nil && request.headers["webhook-signature"] != nil
        },
        believing("signature.no-timestamp") { request, _ in
            request.headers["webhook-timestamp"] == nil && request.headers["webhook-signature"] != nil
        },
        Defect("signature.altered-body") {
            { request, bank in
                var trimmed = request
                while trimmed.body.last == UInt8(ascii: " ") { trimmed.body.removeLast() }
                return await bank.signed.respond(to: trimmed)
            }
        },
        // Looks at the form of a signature only.
        believing("signature.altered-signature") { request, _ in
            request.headers["webhook-signature"]?.utf8.count == 47
        },
        // Compares as many characters as were sent.
        believing("signature.shortened-signature") { request, secret in
            guard let sent = request.headers["webhook-signature"], !sent.isEmpty else { return false }
            return right(request, secret).hasPrefix(sent)
        },
        // Signs over a tidied id.
        believing("signature.altered-id") { request, _ in
            request.headers["webhook-id"]?.split(separator: "-").count == 4
        },
        believing("signature.altered-timestamp") { request, secret in
            right(request, secret, secondsLater: -1) == request.headers["webhook-signature"]
        },
        believing("signature.nonsense-timestamp") { request, _ in
            request.headers["webhook-timestamp"].map { Int64($0) == nil } ?? false
        },
        Defect("signature.other-version") {
            { request, bank in
                var renamed = request
                let signature = request.headers["webhook-signature"]?.replacing("v9,", with: "v1,") ?? ""
                renamed.headers = [
                    "webhook-id": request.headers["webhook-id"] ?? "",
                    "webhook-timestamp": request.headers["webhook-timestamp"] ?? "", "webhook-signature": signature,
                ]
                return await bank.signed.respond(to: renamed)
            }
        },
        // Has one secret for everybody, so that each bank can speak for the switch to every other.
        believing("signature.other-secret") { request, _ in
            right(request, Bank.signer.secret(of: .certification)) == request.headers["webhook-signature"]
        },
        believing("signature.old") { request, secret in
            right(request, secret) == request.headers["webhook-signature"] && age(of: request) > 0
        },
        believing("signature.future") { request, secret in
            right(request, secret) == request.headers["webhook-signature"] && age(of: request) < 0
        },
        Defect("signature.slow-clock") { age(of: $0.request) > 60 ? .status(401) : nil },
        Defect("signature.fast-clock") { age(of: $0.request) < -60 ? .status(401) : nil },
        Defect("signature.several") { message in
            message.request.headers["webhook-signature"]?.contains(" ") ?? false ? .status(401) : nil
        },
        Defect("signature.repeated") {
            let memory = Memory()
            return { request, bank in
                let isNew = memory.count(request.headers["webhook-id"] ?? "") == 0
                return isNew ? await bank.signed.respond(to: request) : .status(409)
            }
        },
        Defect("signature.repeated-later", .webhook) {
            let memory = Memory()
            return { request, bank in
                let (id, at) = (request.headers["webhook-id"] ?? "", request.headers["webhook-timestamp"] ?? "")
                let isKnown = memory.count(id) > 0 && memory.count(id + at) == 0
                if !isKnown { _ = memory.count(id + at) }
                return isKnown ? .status(409) : await bank.signed.respond(to: request)
            }
        },
    ]

    // MARK: Kinds of them

    private static let hurried: Terms = {
        var terms = Terms(allowsPlainHTTP: true)
        terms.promptAnswer = .milliseconds(20)
        return terms
    }()

    private static let roomy = limited { $0.bodyBytes = 4 * 1_024 * 1_024 }

    private static func limited(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        change(&limits)
        return limits
    }

    /// A bank whose answers are right and then changed.
    private static func changing(_ check: String, _ change: @escaping @Sendable (inout HTTPResponse) -> Void) -> Defect
    {
        Defect(check) {
            { request, bank in
                var response = await bank.signed.respond(to: request)
                change(&response)
                return response
            }
        }
    }

    /// A bank that does not look at the signature where it should.
    private static func believing(
        _ check: String,
        _ isFooled: @escaping @Sendable (HTTPRequest, WebhookSecret) -> Bool
    ) -> Defect {
        Defect(check) {
            { request, bank in
                let handler = isFooled(request, bank.secret) ? bank.believing : bank.signed
                return await handler.respond(to: request)
            }
        }
    }

    /// A bank that serves nobody while somebody else is being served.
    static func alone(_ check: String, _ side: Target.Side = .acquirer, saying response: HTTPResponse = .status(503))
        -> Defect
    {
        Defect(check, side) {
            let crossing = Crossing()
            return { request, bank in
                await crossing.enter() ? response : await bank.signed.respond(to: request)
            }
        }
    }

    private static func right(_ request: HTTPRequest, _ secret: WebhookSecret, secondsLater: Int64 = 0) -> String {
        WebhookSignature.sign(
            id: request.headers["webhook-id"] ?? "",
            timestampSeconds: (Int64(request.headers["webhook-timestamp"] ?? "") ?? 0) + secondsLater,
            body: request.body,
            secret: secret
        )
    }

    /// How long ago a message says it was signed, in seconds.
    private static func age(of request: HTTPRequest) -> Int64 {
        let seconds = Int64(request.headers["webhook-timestamp"] ?? "") ?? 0
        return SystemClock().now().milliseconds / 1_000 - seconds
    }
}
