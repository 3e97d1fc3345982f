import KizunaPayments
import KizunaSwitch

/// What a participant's answer means. Where it does not say clearly, it means nothing: silence is asked about, never
/// guessed at (`flows.md` 3).
enum DeliveryAnswer {
    static func outcome(of response: HTTPResponse, to kind: OutboxMessage.Kind) -> DeliveryOutcome {
        switch kind {
        case .creditRequest, .statusQuery: answer(response, to: kind)
        case .creditDecision, .paymentUpdate, .refundNotice:
            200..<300 ~= response.status ? .acknowledged : .noAnswer
        }
    }

    private static func answer(_ response: HTTPResponse, to kind: OutboxMessage.Kind) -> DeliveryOutcome {
        switch response.status {
        case 202:
            return .pending
        case 200..<300:
            return word(in: response.body, to: kind)
        case 400..<500:
            // Some say no with a status as well as in the body. Only a no agrees with such a status.
            let word = word(in: response.body, to: kind)
            guard case .refused = word else { return .noAnswer }
            return word
        default:
            return .noAnswer
        }
    }

    /// Longer answers are not read: ours fit into a hundredth.
    private static let largestBodyBytes = 16 * 1024

    private static func word(in body: [UInt8], to kind: OutboxMessage.Kind) -> DeliveryOutcome {
        guard body.count <= largestBodyBytes, let answer = try? JSON.parse(body) else { return .noAnswer }
        switch answer["status"]?.text {
        case "ACCEPTED": return .accepted
        case "REJECTED": return .refused(answer["reason"]?.text.flatMap(DestinationReason.code) ?? .technical)
        case "PENDING": return .pending
        // Only to a question about the past: it never had the payment, so it has not credited it.
        case "NOT_FOUND" where kind == .statusQuery: return .refused(.technical)
        default: return .noAnswer
        }
    }
}
