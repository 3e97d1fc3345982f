import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Disagreements between banks; those that have been escalated are decided here, by two people.
struct DisputePages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    private static let limit = 50

    var routes: [PageRoute] {
        [
            door.page("/console/disputes") { visit throws(PageRefusal) in try list(visit) },
            door.page("/console/disputes/{disputeId:id}") { visit throws(PageRefusal) in try await show(visit) },
            door.action("/console/disputes/{disputeId:id}/proposals", needing: .operator) {
                visit throws(PageRefusal) in
                try await propose(visit)
            },
            door.action("/console/disputes/{disputeId:id}/withdrawals", needing: .operator) {
                visit throws(PageRefusal) in
                try await decide(visit, .withdraw)
            },
            door.action("/console/disputes/{disputeId:id}/approvals", needing: .approver) {
                visit throws(PageRefusal) in
                try await decide(visit, .approve(visit.approvedProposal()))
            },
        ]
    }

    private func list(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let state = Dispute.State.allCases.first { $0.name == visit.visit.query["state"] }
        let after = visit.visit.query["after"].flatMap { DisputeID($0) }
        let disputes = try engine.reading { reader throws(StoreError) in
            try reader.disputes(of: nil, in: state, after: after, limit: DisputePages.limit + 1)
        }
        let words = visit.words.disputes
        let tabs = Dispute.State.allCases.map { one -> Markup in
            let mark: Markup? = one == state ? " aria-current=\"true\"" : nil
            return "<a href=\"?state=\(one.name)\"\(mark)>\(words.state(one))</a>"
        }
        let shown = disputes.prefix(DisputePages.limit)
        let older: Markup? =
            disputes.count > DisputePages.limit
            ? shown.last.map {
                "<p><a href=\"?state=\(state?.name ?? "")&amp;after=\($0.id.description)\">\(words.more)</a></p>"
            }
            : nil
        return visit.page(
            .disputes,
            """
            <nav class="tabs" aria-label="\(visit.site.status.state)"><a href="/console/disputes">\(words.all)</a> \(tabs)</nav>
            \(shown.isEmpty ? "<p class=\"soft\">\(words.nothing)</p>" : table(Array(shown), visit))
            \(older)
            """
        )
    }

    private func table(_ disputes: [Dispute], _ visit: ConsoleVisit) -> Markup {
        let words = visit.words.disputes
        return Part.table(
            caption: visit.words.places.disputes,
            columns: [words.opened, visit.site.status.state, words.about, words.amount, words.banks, words.due],
            numbers: [3],
            rows: disputes.map { dispute in
                [
                    "<a href=\"/console/disputes/\(dispute.id.description)\">\(dispute.openedAt.timeOfDay(visit.site))</a>",
                    Part.badge(words.state(dispute.state), dispute.state == .escalated ? .warn : .plain),
                    .text(words.reason(dispute.reason)), dispute.amount.markup,
                    "\(dispute.issuer.description) ⇄ \(dispute.acquirer.description)",
                    dispute.dueAt.map { $0.markup(visit.site) } ?? "–",
                ]
            }
        )
    }

    private func show(_ visit: ConsoleVisit, refused: String? = nil) async throws(PageRefusal) -> HTTPResponse {
        let id = visit.dispute
        let (dispute, events) = try engine.reading { reader throws(StoreError) in
            (try reader.dispute(id), try reader.events(of: id))
        }
        guard let dispute else { throw .notFound }
        try await engine.note(.sawDispute, id.value, by: visit)
        let words = visit.words.disputes
        return visit.page(
            .disputes,
            titled: words.reason(dispute.reason),
            status: refused == nil ? 200 : 409,
            """
            \(refused.map { Part.notice(.bad, "<p>\($0)</p>") })
            \(facts(dispute, visit))
            <h2>\(words.history)</h2>
            \(Part.timeline(events.map { event in
                Part.Step(
                    .done,
                    "\(event.at.markup(visit.site)) <strong>\(words.action(event.action))</strong> \(event.note ?? "")"
                )
            }))
            \(dispute.state == .escalated ? forms(dispute, visit) : nil)
            """
        )
    }

    private func facts(_ dispute: Dispute, _ visit: ConsoleVisit) -> Markup {
        let (words, deciding) = (visit.words.disputes, visit.words.deciding)
        return Part.facts(
            [
                Part.Fact(visit.site.status.state, Part.badge(words.state(dispute.state), .plain)),
                Part.Fact(words.amount, dispute.amount.markup, isTotal: true),
                Part.Fact(words.banks, "\(dispute.issuer.description) ⇄ \(dispute.acquirer.description)"),
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

    private func forms(_ dispute: Dispute, _ visit: ConsoleVisit) -> Markup {
        let words = visit.words.disputes
        return TwoPersonForms(
            visit: visit,
            path: "/console/disputes/\(dispute.id)",
            standing: dispute.proposal.map {
                TwoPersonForms.Standing(id: $0.id, proposer: $0.proposer, decision: words.decision($0.decision))
            },
            question: words.whoIsRight,
            choices: [("uphold", Dispute.Decision.uphold), ("dismiss", .dismiss)].map {
                TwoPersonForms.Choice(value: $0, words: words.decision($1))
            },
            longestNote: DisputeEvent.longestNote
        )
        .markup
    }

    private func propose(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        let decisions: [String: Dispute.Decision] = ["uphold": .uphold, "dismiss": .dismiss]
        guard let decision = visit.visit.form["decision"].flatMap({ decisions[$0] }),
            let note = visit.reason(longest: DisputeEvent.longestNote)
        else { return try await show(visit, refused: visit.words.deciding.sayWhy) }
        return try await decide(visit, .propose(decision, note: note))
    }

    /// Has the switch do it as the person, and shows what came of it.
    private func decide(_ visit: ConsoleVisit, _ move: DecideDispute.Move) async throws(PageRefusal) -> HTTPResponse {
        let command = Command.decideDispute(DecideDispute(dispute: visit.dispute, move: move))
        return switch try await engine.doing(command, as: visit.person.id) {
        case .success: visit.visit.lead(to: "/console/disputes/\(visit.dispute)")
        case .failure(let refusal): try await show(visit, refused: visit.site.sentence(for: refusal))
        }
    }
}

extension ConsoleVisit {
    /// The dispute that the address names.
    fileprivate var dispute: DisputeID { DisputeID(visit.parameters.id("disputeId")) }
}
