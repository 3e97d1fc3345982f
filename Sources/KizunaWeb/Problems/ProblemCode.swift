package import KizunaPayments

/// Every code that an error of the API may bear, with what a program needs to know of it (`flows.md` 10).
package enum ProblemCode: Sendable, Hashable {
    /// The switch said no.
    case refusal(RefusalCode)
    /// The request never reached it.
    case request(RequestFault)

    package static let all: [ProblemCode] = RefusalCode.allCases.map(refusal) + RequestFault.allCases.map(request)

    /// What may have become of the request.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// Nothing happened, and nothing will.
        case failure
        /// It may have happened: ask, or send the same again under the same key.
        case unknown
    }

    /// The code as answers carry it, such as `quote_expired`.
    package var name: String {
        switch self {
        case .refusal(let code): code.rawValue
        case .request(let fault): fault.rawValue
        }
    }

    package var status: Int {
        switch self {
        case .refusal(let code): code.status
        case .request(let fault): fault.status
        }
    }

    /// A few words that are the same at every occurrence.
    package var title: String {
        switch self {
        case .refusal(let code): code.title
        case .request(let fault): fault.title
        }
    }

    package var isoReason: String? {
        switch self {
        case .refusal(let code): code.isoReason
        case .request: nil
        }
    }

    package var retry: RefusalCode.Retry {
        switch self {
        case .refusal(let code): code.retry
        case .request(let fault): fault.retry
        }
    }

    package var outcome: Outcome {
        switch self {
        case .refusal(.technical), .refusal(.idempotencyInProgress), .request(.storeUnavailable),
            .request(.interrupted):
            .unknown
        case .refusal, .request: .failure
        }
    }

    /// When to come back, where the answer says it in a header.
    package var retryAfterSeconds: Int? {
        switch self {
        case .refusal(.idempotencyInProgress), .request(.rateLimited), .request(.overloaded),
            .request(.storeUnavailable), .request(.interrupted):
            1
        case .refusal(.liquidity), .refusal(.noRate), .refusal(.participantOffline): 5
        case .refusal, .request: nil
        }
    }
}

extension RequestFault {
    var status: Int {
        switch self {
        case .malformedRequest, .malformedJSON, .idempotencyKeyMissing, .idempotencyKeyInvalid: 400
        case .unauthorized: 401
        case .methodNotAllowed: 405
        case .payloadTooLarge: 413
        case .targetTooLong: 414
        case .unsupportedMediaType: 415
        case .unknownField, .fieldInvalid: 422
        case .rateLimited: 429
        case .headTooLarge: 431
        case .overloaded, .interrupted, .storeUnavailable: 503
        }
    }

    var title: String {
        switch self {
        case .malformedRequest: "The request is malformed"
        case .malformedJSON: "The body is not usable JSON"
        case .idempotencyKeyMissing: "The Idempotency-Key is missing"
        case .idempotencyKeyInvalid: "The Idempotency-Key is malformed"
        case .unauthorized: "A valid key is needed"
        case .methodNotAllowed: "The method is not offered here"
        case .payloadTooLarge: "The body is too large"
        case .targetTooLong: "The address is too long"
        case .headTooLarge: "There are too many or too long header fields"
        case .unsupportedMediaType: "The body is of another type"
        case .unknownField: "A field is not known"
        case .fieldInvalid: "A field is not as it must be"
        case .rateLimited: "There are too many calls"
        case .overloaded: "Too much is waiting"
        case .interrupted: "The server ended before the answer was there"
        case .storeUnavailable: "The switch cannot reach its records"
        }
    }

    var retry: RefusalCode.Retry {
        switch self {
        case .malformedRequest, .malformedJSON, .idempotencyKeyMissing, .idempotencyKeyInvalid, .unauthorized,
            .payloadTooLarge, .targetTooLong, .headTooLarge, .unsupportedMediaType, .unknownField, .fieldInvalid:
            .fix
        case .methodNotAllowed: .no
        case .interrupted: .askStatus
        case .rateLimited, .overloaded, .storeUnavailable: .later
        }
    }
}
