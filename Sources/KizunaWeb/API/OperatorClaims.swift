import KizunaPayments
import KizunaSwitch

/// Recalls and disputes at the operator's desk: all of them, with their files (`flows.md` 7).
extension Desk {
    var operatorClaimRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/operations/recalls",
                name: "listAllRecalls",
                chapter: .operations,
                summary: "Lists everybody's recalls, a page at a time.",
                query: PageQuery<Recall>.parameters + [
                    QueryParameter(
                        name: "state",
                        summary: "Only those in this state, such as LAPSED.",
                        schema: .words(Recall.State.allCases.map(\.name))
                    )
                ],
                answers: .ok(.page(of: .recall), "A page of recalls."),
                handler: .person(listAllRecalls)
            ),
            Route(
                .get,
                "/v1/operations/disputes",
                name: "listAllDisputes",
                chapter: .operations,
                summary: "Lists everybody's disputes, a page at a time.",
                query: PageQuery<Dispute>.parameters + [
                    QueryParameter(
                        name: "state",
                        summary: "Only those in this state, such as ESCALATED.",
                        schema: .words(Dispute.State.allCases.map(\.name))
                    )
                ],
                answers: .ok(.page(of: .decidedDispute), "A page of disputes."),
                handler: .person(listAllDisputes)
            ),
            Route(
                .get,
                "/v1/operations/disputes/{disputeId:id}",
                name: "getAnyDispute",
                chapter: .operations,
                summary: "Shows a case with its history and its files.",
                answers: .ok(.decidedDisputeCase, "The case."),
                handler: .person(getAnyDispute)
            ),
            Route(
                .get,
                "/v1/operations/disputes/{disputeId:id}/evidence/{evidenceId:id}",
                name: "getAnyEvidence",
                chapter: .operations,
                summary: "Hands out a file of a case.",
                answers: .file,
                handler: .person(getAnyEvidence)
            ),
        ]
    }

    private func listAllRecalls(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let page = try PageQuery<Recall>(call.query)
        let state = try call.query.choice("state", among: Recall.State.allCases, by: \.name)
        let found = try read { reader throws(StoreError) in
            try reader.recalls(of: nil, in: state, after: page.last, limit: page.limit + 1)
        }
        return page.response(found, id: \.id) { JSON($0) }
    }

    private func listAllDisputes(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let page = try PageQuery<Dispute>(call.query)
        let state = try call.query.choice("state", among: Dispute.State.allCases, by: \.name)
        let found = try read { reader throws(StoreError) in
            try reader.disputes(of: nil, in: state, after: page.last, limit: page.limit + 1)
        }
        return page.response(found, id: \.id) { JSON(deciding: $0) }
    }

    private func getAnyDispute(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        let id = DisputeID(call.parameters.id("disputeId"))
        let found = try read { reader throws(StoreError) in
            (dispute: try reader.dispute(id), events: try reader.events(of: id), evidence: try reader.evidence(of: id))
        }
        guard let dispute = found.dispute else { throw .notFound("No such dispute.") }
        return .json(JSON(deciding: dispute).adding(dispute.gathered(found.events, found.evidence)))
    }

    private func getAnyEvidence(_ call: PersonCall) async throws(Problem) -> HTTPResponse {
        try evidence(EvidenceID(call.parameters.id("evidenceId")), of: DisputeID(call.parameters.id("disputeId")))
    }
}
