import KizunaPayments
import KizunaSwitch

/// What a participant's answer means. Where it does not say clearly, it means nothing: silence is asked about, never
/// guessed at (`flows.md` 3).
enum DeliveryAnswer {
    static func outcome(of response: HTTPResponse, to kind: OutboxMessage.Kind) -> DeliveryOutcome {
        switch kind {
        case .creditRequest, .statusQuery, .reversalRequest: answer(response, to: kind)
        case .recallRequest where 200..<300 ~= response.status && response.body.isEmpty:
            // Taken; the answer will come by a call.
            .acknowledged
        case .recallRequest: answer(response, to: kind)
        case .creditDecision, .paymentUpdate, .refundNotice, .recallUpdate, .disputeUpdate, .event:
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
            switch word {
            case .refused, .cancellationRefused: return word
            case .cancelled where response.status == 404: return word
            case .accepted, .cancelled, .granted, .acknowledged, .pending, .noAnswer, .notCallable: return .noAnswer
            }
        default:
            return .noAnswer
        }
    }

    /// Longer answers are not read: ours fit into a hundredth.
    private static let largestBodyBytes = 16 * 1024

    private static func word(in body: [UInt8], to kind: OutboxMessage.Kind) -> DeliveryOutcome {
        guard body.count <= largestBodyBytes, let answer = try? JSON.parse(body) else { return .noAnswer }
        return switch kind {
        case .reversalRequest: reversal(answer)
        case .recallRequest: recall(answer)
        case .creditRequest, .statusQuery, .creditDecision, .paymentUpdate, .refundNotice, .recallUpdate, .event,
            .disputeUpdate:
            credit(answer, to: kind)
        }
    }

    private static func credit(_ answer: JSON, to kind: OutboxMessage.Kind) -> DeliveryOutcome {
        switch answer["status"]?.text {
        case "ACCEPTED": .accepted
        case "REJECTED": .refused(answer["reason"]?.text.flatMap(DestinationReason.code) ?? .technical)
        case "PENDING": .pending
        // Only to a question about the past: it never had the payment, so it has not credited it.
        case "NOT_FOUND" where kind == .statusQuery: .refused(.technical)
        default: .noAnswer
        }
    }

    /// What a shop's bank says to a recall. An amount that makes no sense is not taken for all of it.
    private static func recall(_ answer: JSON) -> DeliveryOutcome {
        switch answer["status"]?.text {
        case "ACCEPTED":
            do throws(Problem) {
                var fields = try JSONFields(answer)
                return .granted(try fields.optionalMoney("amount"))
            } catch { return .noAnswer }
        case "REFUSED": return .cancellationRefused(ReversalRefusal(answer["reason"]?.text))
        case "PENDING": return .pending
        default: return .noAnswer
        }
    }

    /// The meaning of a camt.029: CNCL, PDCR or RJCR.
    private static func reversal(_ answer: JSON) -> DeliveryOutcome {
        switch answer["status"]?.text {
        // One that never had the payment has nothing to undo.
        case "CANCELLED", "NOT_FOUND": .cancelled
        case "REFUSED": .cancellationRefused(ReversalRefusal(answer["reason"]?.text))
        case "PENDING": .pending
        default: .noAnswer
        }
    }
}

extension ReversalRefusal {
    /// What a text says; a reason that we do not know, or none, is one that has to be asked about.
    init(_ text: String?) { self = text.flatMap { ReversalRefusal(rawValue: $0) } ?? .narrative }
}
