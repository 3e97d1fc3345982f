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
        note(Incident.peopleCalled)
        openStories += 1
        let credited = banks[payment.acquirer]?.promises[payment.id] == .credited
        // Now and then the bank gives back what it has credited, and tells nobody but them.
        let givesBack = credited && dice.chance(inHundred: 30)
        schedule(after: dice.number(Int64(30_000)...300_000)) { [self] in
            if givesBack { settleOutside(payment) }
            propose(credited && !givesBack ? .honour : .reverse, for: payment)
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

    /// What the bank has made of a payment is settled between people, whatever it told the switch.
    private func settleOutside(_ payment: Payment) {
        if let number = numbers[payment.id] { stories[number]?.isBankHonest = false }
    }

    /// Who proposes tries to approve it too.
    private func approveAlone(_ approval: ApproveProposal) {
        count(Fault.approvedAlone)
        request(Submission(caller: .person(World.proposer), command: .approveProposal(approval))) { _ in }
    }

    private func approve(_ approval: ApproveProposal, _ decision: ExceptionCase.Decision, for payment: Payment) {
        request(Submission(caller: .person(World.approver), command: .approveProposal(approval))) { [self] outcome in
            guard case .failure? = outcome?.result, decision == .honour else { return endStory() }
            // It cannot be paid any more, though the bank has credited.
            settleOutside(payment)
            propose(.reverse, for: payment)
        }
    }
}
