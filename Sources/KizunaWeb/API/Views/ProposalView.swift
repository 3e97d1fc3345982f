import KizunaLedger
import KizunaPayments

extension JSON {
    /// What one person wants decided.
    init(_ proposal: Proposal<some Any>, _ decision: String) {
        self = [
            "id": .string(proposal.id.description),
            "decision": .string(decision),
            "proposer": .string(proposal.proposer.description),
            "at": JSON(proposal.at),
            "note": .string(proposal.note),
        ]
    }
}

extension Schema {
    /// A proposal of one of these decisions.
    static func proposal(_ decisions: [String], note: Schema) -> Schema {
        answer([
            "id": .id(ExampleID.proposal),
            "decision": .words(decisions),
            "proposer": .text(2...20, "sokha"),
            "at": .timestamp,
            "note": note,
        ])
    }

    /// What `approveProposal` and `approveDisputeDecision` read.
    static let approval = request(["proposalId": .anyID(ExampleID.proposal)])
        .named("Approval", "Exactly which proposal is approved.")
}

extension JSONFields {
    /// Reads the approval of a proposal to the end.
    mutating func approvedProposal() throws(Problem) -> UniqueID {
        let proposal: Identifier<Proposal<Never>> = try identifier("proposalId")
        try finish()
        return proposal.value
    }
}
