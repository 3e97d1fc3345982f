import KizunaLedger
import KizunaPayments

/// The caller as a participant that may act in a role.
///
/// - Throws: ``RefusalCode/forbidden`` for another role, for a suspended participant, and for the operator, who does
///   not act for a bank.
func acting(
    _ caller: Caller,
    as role: Participant.Roles,
    in transaction: Transaction
) throws(StepFailure) -> Participant {
    guard case .participant(let id) = caller else {
        throw .refused(Refusal(.forbidden, "Only a participant does this, with its own key."))
    }
    try transaction.require(.participant(id))
    guard let participant = transaction.participants[id] else {
        throw .refused(Refusal(.forbidden, "This key's participant is not on the switch."))
    }
    guard participant.roles.contains(role) else {
        throw .refused(Refusal(.forbidden, "\(id) does not have the role \(role.names) that this needs."))
    }
    guard participant.status == .active else {
        throw .refused(Refusal(.forbidden, "\(id) is suspended: it may read, but begin nothing new."))
    }
    return participant
}

/// A person who works for the switch, by name.
func person(_ caller: Caller) throws(StepFailure) -> OperatorID {
    guard case .person(let person) = caller else {
        throw .refused(
            Refusal(.forbidden, "Only a person who works for the switch does this, with a key of his or her own.")
        )
    }
    return person
}

/// The switch's own machine, or the switch itself.
func requireAuthority(_ caller: Caller) throws(StepFailure) {
    switch caller {
    case .operations, .system: return
    case .participant, .person: throw .refused(Refusal(.forbidden, "Only the operator of the switch does this."))
    }
}

/// Another participant that a payment needs; refused while it is away.
func partner(_ id: ParticipantID, in transaction: Transaction) throws(StepFailure) -> Participant {
    try transaction.require(.participant(id))
    guard let participant = transaction.participants[id], participant.status == .active else {
        throw .refused(Refusal(.participantOffline, "The shop's bank does not take payments now; try again later."))
    }
    return participant
}

extension Participant.Roles {
    var names: String {
        var names: [String] = []
        if contains(.issuer) { names.append("issuer") }
        if contains(.acquirer) { names.append("acquirer") }
        if contains(.fxProvider) { names.append("FX provider") }
        return names.joined(separator: ", ")
    }
}

/// Runs a rule of the payment kernel, whose refusals are the step's.
func ruled<Answer>(_ rule: () throws(Refusal) -> Answer) throws(StepFailure) -> Answer {
    do throws(Refusal) { return try rule() } catch { throw .refused(error) }
}
