package import KizunaPayments

extension JSON {
    /// A recall as both banks see it.
    package init(_ recall: Recall) {
        self = [
            "id": JSON(name: recall.id),
            "paymentId": JSON(name: recall.payment),
            "issuer": JSON(name: recall.issuer),
            "acquirer": JSON(name: recall.acquirer),
            "reason": .string(recall.reason.rawValue),
            "amount": JSON(recall.amount),
            "state": .string(recall.state.name),
            "refusalReason": JSON(recall.refusal?.rawValue),
            "refundId": recall.refund.map { JSON(name: $0) } ?? .null,
            "freeze": recall.freeze.map { JSON($0) } ?? .null,
            "requestedAt": JSON(recall.requestedAt),
            "answerDueAt": JSON(recall.answerDueAt),
            "changedAt": JSON(recall.changedAt),
        ]
    }

    private init(_ freeze: Recall.Freeze) {
        self = [
            "state": .string(freeze.state.name),
            "dueAt": JSON(freeze.dueAt),
            "amount": JSON(freeze.amount),
            "reportedAt": freeze.reportedAt.map { JSON($0) } ?? .null,
        ]
    }
}

extension Schema {
    static let recall = answer([
        "id": .id(ExampleID.recall),
        "paymentId": .id(ExampleID.payment),
        "issuer": .participant("mekong-bank"),
        "acquirer": .participant("naniwa-acquiring"),
        "reason": .words(Recall.Reason.allCases, .fraud),
        "amount": .yen("1480"),
        "state": .words(Recall.State.allCases.map(\.name)),
        "refusalReason": .words(ReversalRefusal.allCases, .customerDecision).null,
        "refundId": .id(ExampleID.refund).null,
        "freeze": freeze.nullable,
        "requestedAt": .timestamp,
        "answerDueAt": .timestamp,
        "changedAt": .timestamp,
    ])
    .named("Recall", "A question to the shop's bank to give money back.")

    /// A recall whose money is held fast, and which is being looked into.
    static let frozenRecall = recall.telling([
        "state": .string(Recall.State.pending.name),
        "freeze": freeze.telling([
            "state": .string(Recall.Freeze.State.frozen.name), "amount": yen("1480").example,
            "reportedAt": timestamp.example,
        ]).example,
    ])

    private static let freeze = answer([
        "state": .words(Recall.Freeze.State.allCases.map(\.name)),
        "dueAt": .timestamp,
        "amount": .yen("1480").null,
        "reportedAt": .timestamp.null,
    ])
    .named("Freeze", "Whether what was paid by fraud is held fast.")
}
