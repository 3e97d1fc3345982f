import Testing

@testable import KizunaWeb

/// What a shop's bank says by a call about a payment that does not take it.
@Suite struct AnsweringTests {
    @Test(
        arguments: [["status": "CANCELLED"], ["status": "REFUSED", "reason": "CUST"]] as [JSON]
    )
    func nobodyUndoesWhatIsPaid(answer: JSON) async throws {
        let world = try await APIWorld()
        let payment = try await world.paid()
        let refusal = await world.post(world.path(payment, "/reversal-answer"), answer, as: .naniwa)
        #expect((refusal.status, refusal.code) == (409, "answer_not_possible"))
        #expect(refusal.json.text(at: "outcome") == "failure")
        #expect(await world.get(world.path(payment), as: .mekong).json.text(at: "state") == "COMPLETED")
    }
}
