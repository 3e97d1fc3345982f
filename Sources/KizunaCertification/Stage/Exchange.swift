import KizunaMoney
package import KizunaWeb

/// What went to a participant and what came back, as it is shown in a report.
package struct Exchange: Sendable {
    /// `POST /credit-requests`.
    package let line: String
    /// The fields that a receiver checks.
    package let fields: [(name: String, value: String)]
    package let sent: String
    /// `nil` when nothing came.
    package let status: Int?
    package let came: String
    package let milliseconds: Int64

    /// More of a body says no more.
    private static let longestBody = 2_000

    init(_ envelope: Envelope, _ answer: Answer) {
        line = "\(envelope.method) \(envelope.path.isEmpty ? "/" : envelope.path)"
        fields = envelope.headers.fields.filter { $0.name.hasPrefix("webhook-") }
        sent = Exchange.text(envelope.body)
        status = answer.status
        came = answer.response.map { Exchange.text($0.body) } ?? answer.error?.description ?? ""
        milliseconds = answer.duration.wholeMilliseconds
    }

    /// A call by which a bank answers after it has said `PENDING`.
    init(_ call: AnswerDesk.Call, after duration: Duration) {
        line = "(called) POST /v1/payments/\(call.payment)/answer"
        fields = []
        sent = ""
        status = 200
        came = Exchange.text(call.body)
        milliseconds = duration.wholeMilliseconds
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(longestBody), as: UTF8.self)
        return bytes.count > longestBody ? "\(text)… (\(bytes.count) bytes)" : text
    }

    package var json: JSON {
        [
            "request": .string(line),
            "headers": .object(fields.map { JSON.Member(name: $0.name, value: .string($0.value)) }),
            "body": .string(sent),
            "answer": ["status": status.map { JSON($0) } ?? .null, "body": .string(came)],
            "milliseconds": JSON(milliseconds),
        ]
    }
}
