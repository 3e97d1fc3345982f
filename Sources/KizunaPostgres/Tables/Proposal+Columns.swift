import KizunaLedger
import KizunaPayments
import KizunaSwitch

extension Column {
    /// The five columns of what a person proposes.
    static func proposal<Decision: RawRepresentable<Int>>(
        _ proposal: @escaping @Sendable (Source) -> Proposal<Decision>?
    ) -> [Column<Source>] {
        [
            Column("proposal", .uuid) { $0.add(proposal($1)?.id) },
            Column("decision", .int2) { $0.add((proposal($1)?.decision.rawValue).map { Int64($0) }) },
            Column("proposer", .text) { $0.add(proposal($1)?.proposer.description) },
            Column("proposed_at", .int8) { $0.add(proposal($1)?.at) },
            Column("note", .text) { $0.add(proposal($1)?.note) },
        ]
    }
}

extension Columns {
    mutating func proposal<Decision: RawRepresentable<Int>>() throws(StoreError) -> Proposal<Decision>? {
        let id = try optionalUniqueID()
        let decision: Decision? = try optionalValue()
        let proposer = try optionalOperator()
        let at = optionalTimestamp()
        let note = try optionalText()
        guard let id, let decision, let proposer, let at, let note else { return nil }
        return Proposal(id: id, decision: decision, proposer: proposer, at: at, note: note)
    }

    mutating func optionalOperator() throws(StoreError) -> OperatorID? {
        guard let text = try optionalText() else { return nil }
        guard let person = OperatorID(text) else { throw .unreadable("an operator") }
        return person
    }

    mutating func optionalValue<Value: RawRepresentable<Int>>() throws(StoreError) -> Value? {
        guard let number = optionalInt64() else { return nil }
        guard let value = Value(rawValue: Int(truncatingIfNeeded: number)) else { throw .unreadable("a number") }
        return value
    }
}
