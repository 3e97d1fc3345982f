import KizunaSwitch
package import KizunaWeb
import Synchronization

/// Where a shop's bank calls that has answered a credit request with `PENDING`: stands in the place of the switch's
/// `POST /v1/payments/{id}/answer`, and takes what the switch would take.
package final class AnswerDesk: HTTPHandler {
    /// A bank's answer, with the payment that it is about.
    struct Call: Sendable {
        let payment: String
        let body: [UInt8]
    }

    private let calls = Mutex<[String: [Call]]>([:])
    private let watch = Watch<String>()

    package init() {}

    /// How often a bank has called about a payment.
    func count(about payment: String) -> Int { calls.withLock { $0[payment]?.count ?? 0 } }

    /// The first call about a payment behind so many others, as soon as it comes; `nil` when the wait is over.
    func call(about payment: String, behind count: Int, within limit: Duration) async -> Call? {
        let end = ContinuousClock.now + limit
        while true {
            let call = calls.withLock { $0[payment].flatMap { $0.count > count ? $0[count] : nil } }
            guard call == nil, ContinuousClock.now < end else { return call }
            await watch.wait(for: payment, atMost: end - .now) { self.count(about: payment) > count }
        }
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1...2] == ["v1", "payments"], parts[4] == "answer" else {
            return .refusing(404, "Here is POST /v1/payments/{id}/answer, and nothing else.")
        }
        guard request.method == "POST" else { return .refusing(405, "An answer is given with POST.") }
        guard request.headers["Authorization"]?.hasPrefix("Bearer ") == true else {
            return .refusing(401, "Send the bank's key as Authorization: Bearer.")
        }
        guard request.headers["Idempotency-Key"] != nil else { return .refusing(400, "Send an Idempotency-Key.") }
        guard let json = try? JSON.parse(request.body) else { return .refusing(400, "The body is not JSON.") }
        guard AnswerDesk.isAnswer(json) else {
            return .refusing(422, "status must be ACCEPTED, or REJECTED with a reason of the contract.")
        }
        let payment = String(parts[3])
        calls.withLock { $0[payment, default: []].append(Call(payment: payment, body: request.body)) }
        watch.wake(payment)
        // The decision comes as a message of its own, as every other check expects it.
        let answer: JSON = ["id": .string(payment), "state": "ACCEPTED", "outcome": "pending"]
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: answer.encoded)
    }

    private static func isAnswer(_ json: JSON) -> Bool {
        let reason = json.text(at: "reason")
        return switch json.text(at: "status") {
        case "ACCEPTED": reason == nil
        case "REJECTED": reason.map { DestinationReason.code(for: $0) != nil } ?? true
        default: false
        }
    }
}

extension HTTPResponse {
    fileprivate static func refusing(_ status: Int, _ detail: String) -> HTTPResponse {
        let problem: JSON = ["status": JSON(status), "detail": .string(detail)]
        let headers: HTTPHeaders = ["Content-Type": "application/problem+json"]
        return HTTPResponse(status: status, headers: headers, body: problem.encoded)
    }
}
