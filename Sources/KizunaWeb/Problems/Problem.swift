package import KizunaPayments

/// An error as an answer: RFC 9457's `application/problem+json` with what a payment program needs besides.
package struct Problem: Error, Sendable {
    /// Where in the request the fault is.
    package enum Place: Sendable, Hashable {
        /// A JSON pointer into the body (RFC 6901): `/amount/value`.
        case pointer(String)
        /// A parameter of the query.
        case parameter(String)
    }

    package let code: ProblemCode
    /// What is wrong and what would be right; holds no payload, name or account.
    package let detail: String
    package let place: Place?
    /// Where the case has a more precise reason than its code.
    package let isoReason: String?
    /// The methods that the path has, for ``RequestFault/methodNotAllowed``.
    package let allowedMethods: [String]
    /// Whether this answer was given before, to the same idempotency key.
    package let isReplay: Bool

    package init(
        _ code: ProblemCode,
        _ detail: String,
        at place: Place? = nil,
        isoReason: String? = nil,
        allowedMethods: [String] = [],
        isReplay: Bool = false
    ) {
        self.code = code
        self.detail = detail
        self.place = place
        self.isoReason = isoReason ?? code.isoReason
        self.allowedMethods = allowedMethods
        self.isReplay = isReplay
    }

    package init(_ fault: RequestFault, _ detail: String, at place: Place? = nil) {
        self.init(.request(fault), detail, at: place)
    }

    package init(_ refusal: Refusal, isReplay: Bool = false) {
        self.init(.refusal(refusal.code), refusal.detail, isoReason: refusal.isoReason, isReplay: isReplay)
    }

    package static func notFound(_ detail: String) -> Problem { Problem(Refusal(.notFound, detail)) }
}
