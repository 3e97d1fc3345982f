import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Disagreements between banks; those that have been escalated are decided here.
struct DisputePages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    private static let limit = 50

    var routes: [PageRoute] {
        [
            door.page("/console/disputes") { visit throws(PageRefusal) in try list(visit) },
            door.page("/console/disputes/{disputeId:id}") { visit throws(PageRefusal) in try await show(visit) },
            door.action("/console/disputes/{disputeId:id}/decision", needing: .operator) {
                visit throws(PageRefusal) in
                try await decide(visit)
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
        let id = DisputeID(visit.visit.parameters.id("disputeId"))
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
            \(Part.facts([
                Part.Fact(visit.site.status.state, Part.badge(words.state(dispute.state), .plain)),
                Part.Fact(words.amount, dispute.amount.markup, isTotal: true),
                Part.Fact(words.banks, "\(dispute.issuer.description) ⇄ \(dispute.acquirer.description)"),
                Part.Fact(
                    visit.words.exceptions.payment,
                    "<a href=\"/console/payments/\(dispute.payment.description)\">\(visit.words.exceptions.wholePayment)</a>"
                ),
            ]))
            <h2>\(words.history)</h2>
            \(Part.timeline(events.map { event in
                Part.Step(
                    .done,
                    "\(event.at.markup(visit.site)) <strong>\(words.action(event.action))</strong> \(event.note ?? "")"
                )
            }))
            \(dispute.state == .escalated && visit.may(.operator) ? form(dispute, visit) : nil)
            """
        )
    }

    private func form(_ dispute: Dispute, _ visit: ConsoleVisit) -> Markup {
        let words = visit.words.disputes
        return """
            <form method="post" action="/console/disputes/\(dispute.id.description)/decision" class="card">
            \(visit.visit.tokenField)<h2>\(words.decide)</h2>
            <fieldset class="choice"><legend>\(words.whoIsRight)</legend>
            <label><input type="radio" name="decision" value="uphold" required> \(words.uphold)</label>
            <label><input type="radio" name="decision" value="dismiss" required> \(words.dismiss)</label></fieldset>
            <label for="note">\(words.note)</label>
            <input id="note" name="note" maxlength="\(DisputeEvent.longestNote)">
            <p class="buttons"><button type="submit">\(words.decide)</button></p></form>
            """
    }

    private func decide(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        let actions: [String: DisputeMachine.Action] = ["uphold": .upheld, "dismiss": .dismissed]
        guard let action = visit.visit.form["decision"].flatMap({ actions[$0] }) else { throw .badForm }
        let note = visit.visit.form["note"]
        guard note?.count ?? 0 <= DisputeEvent.longestNote else { throw .badForm }
        let id = DisputeID(visit.visit.parameters.id("disputeId"))
        let command = Command.actOnDispute(ActOnDispute(dispute: id, action: action, note: note))
        return switch try await engine.doing(command, as: visit.person.id) {
        case .success: visit.visit.lead(to: "/console/disputes/\(id)")
        case .failure(let refusal): try await show(visit, refused: visit.site.sentence(for: refusal))
        }
    }
}
