import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// The forms by which two people decide a case: one proposes, in place of what was proposed before, and another approves.
struct TwoPersonForms {
    /// A proposal that nobody has approved yet.
    private struct Standing {
        let id: UniqueID
        let proposer: OperatorID
        /// In words.
        let decision: String
    }

    /// A decision that can be proposed: what the form sends, and its words.
    private struct Choice {
        let value: String
        let words: String
    }

    private let visit: ConsoleVisit
    /// The case's page; proposals, withdrawals and approvals are below it.
    private let path: String
    private let standing: Standing?
    private let question: String
    private let choices: [Choice]
    private let longestNote: Int

    /// - Parameters:
    ///   - proposal: the one that nobody has approved yet.
    ///   - choices: each decision with what the form sends for it.
    ///   - words: a decision in words.
    init<Decision>(
        visit: ConsoleVisit,
        path: String,
        proposal: Proposal<Decision>?,
        question: String,
        choices: KeyValuePairs<String, Decision>,
        longestNote: Int,
        words: (Decision) -> String
    ) {
        self.visit = visit
        self.path = path
        self.question = question
        self.longestNote = longestNote
        standing = proposal.map { Standing(id: $0.id, proposer: $0.proposer, decision: words($0.decision)) }
        self.choices = choices.map { Choice(value: $0.key, words: words($0.value)) }
    }

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
