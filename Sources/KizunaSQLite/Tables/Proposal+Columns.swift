import KizunaLedger
import KizunaPayments
import KizunaSwitch

extension Parameters {
    /// The five columns of what a person proposes.
    mutating func addProposal<Decision: RawRepresentable<Int>>(_ proposal: Proposal<Decision>?) {
        if let proposal { add(proposal.id) } else { addNull() }
        add(proposal.map { Int64($0.decision.rawValue) })
        add(proposal?.proposer.description)
        add(proposal?.at)
        add(proposal?.note)
    }
}

extension Columns {
    mutating func proposal<Decision: RawRepresentable<Int>>() throws(StoreError) -> Proposal<Decision>? {
        let id: Identifier<Proposal<Decision>>? = try optionalID()
        let decision: Decision? = try optionalValue()
        let proposer = try optionalOperator()
        let at = optionalTimestamp()
        let note = try optionalText()
        guard let id, let decision, let proposer, let at, let note else { return nil }
        return Proposal(id: id.value, decision: decision, proposer: proposer, at: at, note: note)
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
