import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// The switch's own people: some time after they are called, two of them decide what nobody else can (`flows.md` 4.6).
extension World {
    static let proposer = person("sokha")
    private static let approver = person("tanaka")

    private static func person(_ name: String) -> OperatorID {
        guard let id = OperatorID(name) else { preconditionFailure("\(name) is no person's name") }
        return id
    }

    func callPeople(to payment: Payment) {
        count("people-called")
        openStories += 1
        let credited = banks[payment.acquirer]?.promises[payment.id] == .credited
        schedule(after: dice.number(Int64(30_000)...300_000)) { [self] in
            propose(credited ? .honour : .reverse, for: payment)
        }
    }

    private func propose(_ decision: ExceptionCase.Decision, for payment: Payment) {
        let command = ProposeDecision(payment: payment.id, decision: decision, note: "Asked the bank")
        request(Submission(caller: .person(World.proposer), command: .proposeDecision(command))) { [self] outcome in
            guard case .success(.exceptionCase(let opened, _))? = outcome?.result, let proposal = opened.proposal else {
                return endStory()
            }
            let approval = ApproveProposal(payment: payment.id, proposal: proposal.id)
            if dice.chance(inHundred: 40) { approveAlone(approval) }
            approve(approval, decision, for: payment)
        }
    }

    /// Who proposes tries to approve it too.
    private func approveAlone(_ approval: ApproveProposal) {
        count("approved-alone")
        request(Submission(caller: .person(World.proposer), command: .approveProposal(approval))) { _ in }
    }

    private func approve(_ approval: ApproveProposal, _ decision: ExceptionCase.Decision, for payment: Payment) {
        request(Submission(caller: .person(World.approver), command: .approveProposal(approval))) { [self] outcome in
            guard case .failure? = outcome?.result, decision == .honour else { return endStory() }
            // It cannot be paid any more, though the bank has credited: that is settled between people.
            if let number = numbers[payment.id] { stories[number]?.isBankHonest = false }
            propose(.reverse, for: payment)
        }
    }
}
