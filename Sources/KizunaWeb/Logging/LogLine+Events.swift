import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension LogLine {
    /// A request that was answered.
    ///
    /// - Parameters:
    ///   - operation: its name; empty where there is none at the address.
    ///   - caller: whose key it bore, where it bore one in force.
    static func request(
        _ operation: String,
        by caller: APIKey.Owner?,
        of request: HTTPRequest,
        answered response: HTTPResponse,
        problem: ProblemCode?,
        trace: TraceID,
        took: Duration
    ) -> LogLine {
        var members: [JSON.Member] = [
            JSON.Member(name: "trace", value: .string(trace.value.compact)),
            JSON.Member(name: "operation", value: operation.isEmpty ? .null : .string(operation)),
            JSON.Member(name: "caller", value: JSON(caller?.text)),
            JSON.Member(name: "status", value: JSON(response.status)),
            JSON.Member(name: "code", value: JSON(problem?.name)),
            JSON.Member(name: "milliseconds", value: JSON(took.wholeMilliseconds)),
        ]
        if let made = response.headers["Location"] { members.append(JSON.Member(name: "made", value: .string(made))) }
        if caller == nil, level(of: response.status) == .warning {
            // Who is turned away is told by address: whoever keeps others out needs it.
            members.append(JSON.Member(name: "address", value: .string(request.remoteAddress)))
        }
        return LogLine(level(of: response.status), "request", members)
    }

    private static func level(of status: Int) -> Level {
        switch status {
        case 503, 401, 403, 429: .warning
        case 500...: .error
        default: .info
        }
    }

    /// A message to a participant, and what came of it.
    static func delivery(_ delivery: Delivery, _ outcome: DeliveryOutcome, took: Duration) -> LogLine {
        let isHeard = outcome != .noAnswer
        return LogLine(
            isHeard ? .info : .warning,
            "delivery",
            [
                JSON.Member(name: "trace", value: .string(delivery.payment.id.value.compact)),
                JSON.Member(name: "message", value: .string(delivery.message.id.description)),
                JSON.Member(name: "kind", value: JSON(delivery.message.kind.path)),
                JSON.Member(name: "participant", value: .string(delivery.destination.id.description)),
                JSON.Member(name: "isAnswered", value: .bool(isHeard)),
                JSON.Member(name: "milliseconds", value: JSON(took.wholeMilliseconds)),
            ]
        )
    }
}

extension APIKey.Owner {
    fileprivate var text: String {
        switch self {
        case .participant(let id): "participant:\(id)"
        case .person(let id): "person:\(id)"
        }
    }
}
