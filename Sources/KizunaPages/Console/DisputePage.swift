import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// One case: who said what, with their files, and how it is decided.
struct DisputePage {
    /// A dispute with all that belongs to it.
    struct Case {
        let dispute: Dispute
        /// The payer's bank and the shop's.
        let banks: [Participant]
        let events: [DisputeEvent]
        let files: [Evidence]
    }

    let visit: ConsoleVisit
    let opened: Case
    let refused: String?

    private var dispute: Dispute { opened.dispute }
    private var words: DisputeWords { visit.words.disputes }
    private var deciding: DecidingWords { visit.words.deciding }
    private var path: String { "/console/disputes/\(dispute.id)" }

    func response() -> HTTPResponse {
        visit.page(
            .disputes,
            titled: words.reason(dispute.reason),
            status: refused == nil ? 200 : 409,
            """
            \(refused.map { Part.notice(.bad, "<p>\($0)</p>") })
            \(facts)
            <h2>\(words.history)</h2>
            \(Part.timeline(opened.events.map(step)))
            \(dispute.state == .escalated ? forms : nil)
            """
        )
    }

    private var facts: Markup {
        Part.facts(
            [
                Part.Fact(
                    visit.site.status.state,
                    Part.badge(words.state(dispute.state), dispute.state == .escalated ? .warn : .plain)
                ),
                Part.Fact(words.amount, dispute.amount.markup, isTotal: true),
                Part.Fact(words.banks, "\(bank(opened.banks[0])) ⇄ \(bank(opened.banks[1]))"),
                Part.Fact(
                    visit.words.exceptions.payment,
                    "<a href=\"/console/payments/\(dispute.payment.description)\">\(visit.words.exceptions.wholePayment)</a>"
                ),
                dispute.proposal.map {
                    Part.Fact(
                        deciding.proposal,
                        "\(words.decision($0.decision)) – \($0.note) (\($0.proposer.description))"
                    )
                },
                dispute.approver.map { Part.Fact(deciding.approvedBy, .text($0.description)) },
            ].compactMap(\.self)
        )
    }

    private func bank(_ bank: Participant) -> Markup {
        "<a class=\"number\" href=\"/console/participants/\(bank.id.description)\">\(bank.name)</a>"
    }

    private func step(_ event: DisputeEvent) -> Part.Step {
        let file = opened.files.first { $0.id == event.evidence }.map { file -> Markup in
            """
             <a href="\(path)/evidence/\(file.id.description)" download>\(file.mediaType.name), \
            \((file.byteCount + 1_023) / 1_024) KiB</a>
            """
        }
        return Part.Step(
            .done,
            """
            \(event.at.markup(visit.site)) <strong>\(words.action(event.action))</strong> \
            <span class="soft">\(name(of: event.actor))</span> \(event.note ?? "")\(file)
            """
        )
    }

    private func name(of actor: DisputeEvent.Actor) -> String {
        switch actor {
        case .participant(let id): opened.banks.first { $0.id == id }?.name ?? id.description
        case .operations(let person): person?.description ?? "Kizuna"
        case .system: "Kizuna"
        }
    }

    private var forms: Markup {
        TwoPersonForms(
            visit: visit,
            path: path,
            proposal: dispute.proposal,
            question: words.whoIsRight,
            choices: ["uphold": .uphold, "dismiss": .dismiss],
            longestNote: DisputeEvent.longestNote,
            words: words.decision
        )
        .markup
    }
}
