import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Payments that people look at, and what they decided. Two persons may decide at two nodes: the second finds that the
/// case is not what it was.
extension Table where Key == PaymentID, Row == ExceptionCase {
    static let exceptionCases = Table(
        "exception_cases",
        keys: [Column("payment", .uuid) { $0.add($1) }],
        changing: [
            Column("cause", .int2) { $0.add($1.cause) },
            Column("opened_at", .int8) { $0.add($1.openedAt) },
            Column("last_word", .int2) { $0.add(($1.lastWord?.rawValue).map { Int64($0) }) },
            Column("refusal", .text) { $0.add($1.refusal?.rawValue) },
        ] + Column.proposal(\.proposal) + [
            Column("approver", .text) { $0.add($1.closing?.approver.description) },
            Column("closed_at", .int8) { $0.add($1.closing?.at) },
        ],
        isRemovable: true
    )
}

extension Query where Row == ExceptionCase {
    static let exceptionCases = Query(
        """
        payment, cause, opened_at, last_word, refusal, proposal, decision, proposer, proposed_at, note, approver,
            closed_at
        """,
        from: "exception_cases"
    ) { columns, _ throws(StoreError) in
        ExceptionCase(
            payment: try columns.id(),
            cause: try columns.value(),
            openedAt: columns.timestamp(),
            lastWord: try columns.optionalValue(),
            refusal: try columns.reversalRefusal(),
            proposal: try columns.proposal(),
            closing: try columns.closing()
        )
    }
}

extension Lookup where Key == PaymentID, Row == ExceptionCase {
    static let exceptionCases = Lookup(
        .exceptionCases,
        by: [Column("payment", .uuid) { $0.add($1) }],
        matching: ["payment"]
    ) { $0.payment }
}

extension Columns {
    fileprivate mutating func closing() throws(StoreError) -> ExceptionCase.Closing? {
        let approver = try optionalOperator()
        let at = optionalTimestamp()
        guard let approver, let at else { return nil }
        return ExceptionCase.Closing(approver: approver, at: at)
    }
}
