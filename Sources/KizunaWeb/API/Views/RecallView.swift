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
