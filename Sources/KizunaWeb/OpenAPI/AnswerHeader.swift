/// The header fields of answers that callers read.
enum AnswerHeader: String, CaseIterable {
    case version = "Kizuna-Version"
    case requestID = "X-Request-Id"
    case environment = "Kizuna-Environment"
    case location = "Location"
    case replayed = "Idempotent-Replayed"
    case preference = "Preference-Applied"
    case tag = "ETag"
    case retryAfter = "Retry-After"
    case challenge = "WWW-Authenticate"

    /// What every answer bears.
    static let common: [AnswerHeader] = [.version, .requestID, .environment]

    var json: JSON {
        ["description": .string(summary), "required": .bool(isAlways), "schema": schema.json]
    }

    /// Whether each answer that names it has it.
    private var isAlways: Bool {
        switch self {
        case .version, .requestID, .location, .tag, .challenge: true
        case .environment, .replayed, .preference, .retryAfter: false
        }
    }

    private var summary: String {
        switch self {
        case .version: "The day whose behaviour this is."
        case .requestID: "Names the request in logs."
        case .environment: "Where the switch is a sandbox."
        case .location: "Where what was made can be read."
        case .replayed: "true where this was answered before, to the same Idempotency-Key or UETR."
        case .preference: "The preference of RFC 7240 that was honoured."
        case .tag: "Names this version of the answer, for If-None-Match."
        case .retryAfter: "Seconds after which to come back."
        case .challenge: "How to show who is calling."
        }
    }

    private var schema: Schema {
        switch self {
        case .version: .text(matching: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", KizunaAPI.version)
        case .requestID: .id(ExampleID.trace)
        case .environment: .words(["sandbox"])
        case .location: .text(matching: "^/v1/", "/v1/payments/\(ExampleID.payment)")
        case .replayed: .words(["true"])
        case .preference: .text(matching: "^wait=[0-9]+$", "wait=25")
        case .tag: .text(matching: #"^"[0-9a-f]+"$"#, #""9f86d081884c7d65""#)
        case .retryAfter: .integer(1...60, 1)
        case .challenge: .text(1...80, "Bearer realm=\"kizuna\"")
        }
    }

    static func json(_ headers: [AnswerHeader]) -> JSON {
        .object(
            headers.map { header in
                JSON.Member(
                    name: header.rawValue,
                    value: ["$ref": .string("#/components/headers/\(header.rawValue)")]
                )
            }
        )
    }
}
