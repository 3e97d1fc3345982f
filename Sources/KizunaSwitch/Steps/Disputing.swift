import KizunaLedger
import KizunaMoney
import KizunaPayments

/// One of a payment's two banks opens a case about it (`flows.md` 7).
func openDispute(
    _ command: OpenDispute,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    guard let payment = transaction.payments[command.payment], let side = payment.side(of: caller) else {
        throw .refused(Refusal(.notFound, "No such payment of yours."))
    }
    let opener = try acting(caller, as: side == .issuer ? .issuer : .acquirer, in: transaction)
    var claims = transaction.openClaims[payment.id] ?? OpenClaims()
    guard claims.dispute == nil else {
        throw .refused(Refusal(.duplicate, "A dispute about this payment is open already; go on with that one."))
    }
    let respondent = side == .issuer ? payment.acquirer : payment.issuer
    let dueAt = try deadline(of: respondent, in: transaction, at: now)
    let dispute = try ruled { () throws(Refusal) in
        try payment.dispute(
            command.amount,
            id: DisputeID(.version7(at: now, using: &random)),
            by: side,
            reason: command.reason,
            dueAt: dueAt,
            at: now
        )
    }
    claims.dispute = dispute.id
    transaction.openClaims.set(payment.id, claims)
    transaction.disputes.set(dispute.id, dispute)
    transaction.note(.opened, in: dispute, by: .participant(opener.id), command.note, at: now)
    transaction.timers.set(TimerKey(kind: .disputeDeadline, payment: payment.id), dueAt)
    transaction.send(.disputeUpdate, to: respondent, about: payment, claim: dispute.id.value, at: now, using: &random)
    return .dispute(dispute)
}

/// A bank does something with a case.
func actOnDispute(
    _ command: ActOnDispute,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    var (dispute, role, actor) = try dispute(command.dispute, of: caller, in: transaction)
    guard command.action != .evidenceAdded else {
        throw .refused(Refusal(.disputeNotPossible, "Evidence is a file: add it to the case as one."))
    }
    try passDeadline(of: &dispute, in: &transaction, at: now, using: &random)
    let event = try advance(
        &dispute,
        on: command.action,
        by: role,
        actor,
        note: command.note,
        in: &transaction,
        at: now,
        using: &random
    )
    return .disputeEvent(event)
}

/// A person proposes how an escalated case ends, takes that back, or approves what another has proposed.
func decideDispute(
    _ command: DecideDispute,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let person = try person(caller)
    guard var dispute = transaction.disputes[command.dispute] else { throw .refused(.unknownDispute) }
    switch command.move {
    case .propose(let decision, let note):
        if dispute.approver == nil, dispute.proposal?.repeats(decision, by: person, note: note) == true { break }
        let proposal = Dispute.Proposal(
            id: .version7(at: now, using: &random),
            decision: decision,
            proposer: person,
            at: now,
            note: note
        )
        try ruled { () throws(Refusal) in try dispute.propose(proposal) }
        transaction.disputes.set(dispute.id, dispute)
    case .withdraw:
        if dispute.approver == nil, dispute.proposal == nil { break }
        try ruled { () throws(Refusal) in try dispute.withdrawProposal(by: person) }
        transaction.disputes.set(dispute.id, dispute)
    case .approve(let id):
        if dispute.approver == person, dispute.proposal?.id == id { break }
        let proposal = try ruled { () throws(Refusal) in try dispute.approve(id, by: person) }
        _ = try advance(
            &dispute,
            on: proposal.decision.action,
            by: .operations,
            .operations(person),
            note: proposal.note,
            in: &transaction,
            at: now,
            using: &random
        )
    }
    return .dispute(dispute)
}

/// A bank adds a file to a case.
func addEvidence(
    _ command: AddEvidence,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    var (dispute, role, actor) = try dispute(command.dispute, of: caller, in: transaction)
    guard let side = dispute.side(of: role) else {
        throw .refused(Refusal(.forbidden, "Evidence comes from the two banks."))
    }
    guard 1...Evidence.largestBytes ~= command.bytes.count else {
        throw .refused(Refusal(.disputeNotPossible, "A file has 1 to \(Evidence.largestBytes) bytes."))
    }
    try passDeadline(of: &dispute, in: &transaction, at: now, using: &random)
    let evidence = Evidence(
        id: EvidenceID(.version7(at: now, using: &random)),
        dispute: dispute.id,
        side: side,
        mediaType: command.mediaType,
        byteCount: command.bytes.count,
        digest: command.digest,
        addedAt: now
    )
    _ = try advance(
        &dispute,
        on: .evidenceAdded,
        by: role,
        actor,
        note: nil,
        evidence: evidence.id,
        in: &transaction,
        at: now,
        using: &random
    )
    transaction.evidence.set(evidence.id, evidence)
    transaction.evidenceBytes.set(evidence.id, command.bytes)
    return .evidence(evidence)
}

private typealias Part = (dispute: Dispute, role: DisputeMachine.Role, actor: DisputeEvent.Actor)

private func dispute(_ id: DisputeID, of caller: Caller, in transaction: Transaction) throws(StepFailure) -> Part {
    guard let dispute = transaction.disputes[id] else { throw .refused(.unknownDispute) }
    switch caller {
    case .operations: return (dispute, .operations, .operations(nil))
    case .system: return (dispute, .system, .system)
    case .person(let person): return (dispute, .operations, .operations(person))
    case .participant(let id):
        guard let side = dispute.side(of: id) else { throw .refused(.unknownDispute) }
        return (dispute, side == dispute.openedBy ? .opener : .respondent, .participant(id))
    }
}

extension Refusal {
    fileprivate static let unknownDispute = Refusal(.notFound, "No such dispute of yours.")
}

extension Payment {
    fileprivate func side(of caller: Caller) -> Dispute.Side? {
        if caller == .participant(issuer) { return .issuer }
        return caller == .participant(acquirer) ? .acquirer : nil
    }
}
