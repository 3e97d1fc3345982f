import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What a participant may know of itself.
extension Desk {
    var participantRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/participants/me",
                name: "getSelf",
                chapter: .participants,
                summary: "Shows the caller: its facts, its accounts, its positions and caps.",
                answers: .ok(.me, "The caller."),
                refusals: [.notFound],
                handler: .participant { call throws(Problem) in try self.show(call.participant) }
            ),
            Route(
                .get,
                "/v1/participants/{participantId:participant}",
                name: "getParticipant",
                chapter: .participants,
                summary: "Shows the caller under its own id.",
                answers: .ok(.me, "The caller."),
                handler: .participant(getParticipant)
            ),
        ]
    }

    private func getParticipant(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        guard call.parameters.participant("participantId") == call.participant else {
            throw .notFound("A key shows its own participant only.")
        }
        return try show(call.participant)
    }

    private func show(_ id: ParticipantID) throws(Problem) -> HTTPResponse {
        let (participant, accounts, rests) = try read { reader throws(StoreError) in
            (try reader.participant(id), try reader.accounts(of: id), try reader.roundingRests(of: id))
        }
        guard let participant else { throw .notFound("This key's participant is not on the switch.") }
        return .json(JSON(participant, with: accounts, rests))
    }
}
