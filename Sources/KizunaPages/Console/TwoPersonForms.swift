import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// The forms by which two people decide a case: one proposes, in place of what was proposed before, and another approves.
struct TwoPersonForms {
    /// A proposal that nobody has approved yet.
    struct Standing {
        let id: UniqueID
        let proposer: OperatorID
        /// In words.
        let decision: String
    }

    /// A decision that can be proposed: what the form sends, and its words.
    struct Choice {
        let value: String
        let words: String
    }

    let visit: ConsoleVisit
    /// The case's page; proposals, withdrawals and approvals are below it.
    let path: String
    let standing: Standing?
    let question: String
    let choices: [Choice]
    let longestNote: Int

    private var words: DecidingWords { visit.words.deciding }

    var markup: Markup { "\(approval)\n\(proposing)" }

    private var approval: Markup? {
        guard let standing else { return nil }
        if standing.proposer == visit.person.id {
            return """
                \(Part.notice(.plain, "<p>\(words.anotherApproves)</p>"))
                \(Part.button(visit.visit, to: "\(path)/withdrawals", words.withdraw, look: "quiet"))
                """
        }
        guard visit.may(.approver) else { return Part.notice(.plain, "<p>\(words.anotherApproves)</p>") }
        return """
            <form method="post" action="\(path)/approvals" class="card">\(visit.visit.tokenField)
            <input type="hidden" name="proposal" value="\(standing.id.description)">
            <p>\(words.approveQuestion(standing.decision, "\(standing.proposer)"))</p>
            <p class="buttons"><button type="submit">\(words.approve)</button></p></form>
            """
    }

    private var proposing: Markup? {
        guard visit.may(.operator) else { return nil }
        let choices = choices.map { choice -> Markup in
            "<label><input type=\"radio\" name=\"decision\" value=\"\(choice.value)\" required> \(choice.words)</label>"
        }
        return """
            <form method="post" action="\(path)/proposals" class="card">\(visit.visit.tokenField)
            <h2>\(standing == nil ? words.propose : words.proposeOther)</h2>
            <fieldset class="choice"><legend>\(question)</legend>\(choices)</fieldset>
            <label for="note">\(words.note)</label>
            <input id="note" name="note" required maxlength="\(longestNote)">
            <p class="buttons"><button type="submit">\(words.propose)</button></p></form>
            """
    }
}

extension ConsoleVisit {
    /// What the form says that makes the proposer sure; `nil` where it says nothing, or too much.
    func reason(longest: Int) -> String? {
        visit.form["note"].flatMap { 1...longest ~= $0.count ? $0 : nil }
    }

    /// The proposal that the form approves.
    func approvedProposal() throws(PageRefusal) -> UniqueID {
        guard let proposal = visit.form["proposal"].flatMap({ UniqueID($0) }) else { throw .badForm }
        return proposal
    }
}
