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
            Column("proposal", .uuid) { $0.add($1.proposal?.id) },
            Column("decision", .int2) { $0.add(($1.proposal?.decision.rawValue).map { Int64($0) }) },
            Column("proposer", .text) { $0.add($1.proposal?.proposer.description) },
            Column("proposed_at", .int8) { $0.add($1.proposal?.at) },
            Column("note", .text) { $0.add($1.proposal?.note) },
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
    fileprivate mutating func proposal() throws(StoreError) -> ExceptionCase.Proposal? {
        let id = try optionalUniqueID()
        let decision: ExceptionCase.Decision? = try optionalValue()
        let proposer = try optionalOperator()
        let at = optionalTimestamp()
        let note = try optionalText()
        guard let id, let decision, let proposer, let at, let note else { return nil }
        return ExceptionCase.Proposal(id: id, decision: decision, proposer: proposer, at: at, note: note)
    }

    fileprivate mutating func closing() throws(StoreError) -> ExceptionCase.Closing? {
        let approver = try optionalOperator()
        let at = optionalTimestamp()
        guard let approver, let at else { return nil }
        return ExceptionCase.Closing(approver: approver, at: at)
    }

    fileprivate mutating func optionalValue<Value: RawRepresentable<Int>>() throws(StoreError) -> Value? {
        guard let number = optionalInt64() else { return nil }
        guard let value = Value(rawValue: Int(truncatingIfNeeded: number)) else { throw .unreadable("a number") }
        return value
    }

    mutating func optionalOperator() throws(StoreError) -> OperatorID? {
        guard let text = try optionalText() else { return nil }
        guard let person = OperatorID(text) else { throw .unreadable("an operator") }
        return person
    }
}
