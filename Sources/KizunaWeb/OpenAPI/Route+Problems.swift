import KizunaPayments

extension Route {
    /// Every code that a problem of this operation may bear: those of the server, of the gate, and its own.
    package var problems: [ProblemCode] {
        let faults = serverFaults + gateFaults + bodyFaults
        return faults.map(ProblemCode.request) + (gateRefusals + refusals).map(ProblemCode.refusal)
    }

    /// What any request may meet before an operation is found, or in the place of its answer.
    private var serverFaults: [RequestFault] {
        [
            .malformedRequest, .payloadTooLarge, .targetTooLong, .headTooLarge, .rateLimited, .overloaded,
            .interrupted, .storeUnavailable,
        ]
    }

    private var gateFaults: [RequestFault] {
        (needsKey ? [.unauthorized] : []) + (needsKey || takesJSON ? [.unknownField, .fieldInvalid] : [])
            + (idempotency == .notNeeded ? [] : [.idempotencyKeyMissing, .idempotencyKeyInvalid])
    }

    private var bodyFaults: [RequestFault] {
        switch body {
        case .none: []
        case .json: [.malformedJSON, .unsupportedMediaType]
        case .file: [.unsupportedMediaType]
        }
    }

    private var gateRefusals: [RefusalCode] {
        var refusals: [RefusalCode] = needsKey ? [.forbidden] : []
        // What a repeated key once made may be gone.
        if !path.variables.isEmpty || isKept { refusals.append(.notFound) }
        if takesJSON || query.contains(where: \.isRequired) { refusals.append(.missingData) }
        if isKept { refusals += [.idempotencyConflict, .idempotencyInProgress] }
        return refusals
    }

    /// Whether first answers are kept.
    private var isKept: Bool {
        guard case .kept = idempotency else { return false }
        return true
    }

    /// The same codes by the status that they come with, each once.
    package var problemsByStatus: [(status: Int, codes: [ProblemCode])] {
        let all = Set(problems)
        return Set(all.map(\.status)).sorted().map { status in
            (status, ProblemCode.all.filter { all.contains($0) && $0.status == status })
        }
    }
}

extension [RefusalCode] {
    /// What the shop's standing may be refused as.
    static let ofShop: [RefusalCode] = [
        .merchantNotFound, .merchantClosed, .merchantBlocked, .merchantNotEnabled, .participantOffline,
    ]
    /// What an amount may be refused as.
    static let ofAmount: [RefusalCode] = [.amountInvalid, .amountMismatch, .currencyNotSupported]
}
