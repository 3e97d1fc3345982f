import KizunaPayments

extension Problem {
    /// A refusal by the server itself, in the API's words.
    init(_ refusal: ServerRefusal) { self.init(refusal.code, refusal.detail) }
}

extension ServerRefusal {
    fileprivate var code: ProblemCode {
        switch self {
        case .malformed: .request(.malformedRequest)
        case .bodyTooLarge: .request(.payloadTooLarge)
        case .targetTooLong: .request(.targetTooLong)
        case .headTooLarge: .request(.headTooLarge)
        case .overloaded, .crowded: .request(.overloaded)
        case .stopping: .request(.interrupted)
        case .unusableAnswer: .refusal(.technical)
        }
    }
}
