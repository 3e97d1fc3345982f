import KizunaLedger
import KizunaMoney
import KizunaPayments

extension Transaction {
    /// Writes down what a person has done, in the commit that does it, or has looked at.
    mutating func audit(
        _ submission: Submission,
        _ reply: Reply,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) {
        guard let person = submission.author, let look = submission.command.look(reply) else { return }
        let entry = AuditEntry(
            id: .version7(at: now, using: &random),
            person: person,
            act: look.act,
            subject: look.subject,
            detail: look.detail.map { String($0.prefix(AuditEntry.longestDetail)) }
        )
        auditEntries.set(entry.id, entry)
    }
}

extension Submission {
    /// The person whose doing it is.
    fileprivate var author: OperatorID? {
        if case .people(.signIn(let command)) = command { return command.person }
        guard case .person(let person) = caller else { return nil }
        return person
    }
}

extension Command {
    /// What is written down of a command; `nil` for what persons do not do.
    fileprivate func look(_ reply: Reply) -> Look? {
        switch self {
        case .proposeDecision(let command): Look(.proposed, command.payment.value)
        case .withdrawProposal(let payment): Look(.withdrew, payment.value)
        case .approveProposal(let command): Look(.approved, command.payment.value)
        case .decideDispute(let command): Look(command.act, command.dispute.value)
        case .people(.signIn): Look(.signedIn)
        case .console(let command): command.look(reply)
        default: nil
        }
    }
}

extension DecideDispute {
    fileprivate var act: AuditEntry.Act {
        switch move {
        case .propose: .proposedDispute
        case .withdraw: .withdrewDispute
        case .approve: .decidedDispute
        }
    }
}

extension ConsoleCommand {
    fileprivate func look(_ reply: Reply) -> Look? {
        switch (self, reply) {
        case (.freeze(let command), .merchant(let shop)):
            Look(command.isFrozen ? .froze : .lifted, shop.id.value, detail: command.reason)
        case (.importShops(let command), .shopsImported(let count)):
            Look(.importedShops, detail: "\(command.acquirer) +\(count.added) ~\(count.changed) =\(count.unchanged)")
        case (.look(let look), _): look
        case (.freeze, _), (.importShops, _): nil
        }
    }
}
