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
            door.page("/console/disputes/{disputeId:id}/evidence/{evidenceId:id}") { visit throws(PageRefusal) in
                try await file(visit)
            },
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
        let found = try engine.reading { reader throws(StoreError) -> DisputePage.Case? in
            guard let dispute = try reader.dispute(id), let issuer = try reader.participant(dispute.issuer),
                let acquirer = try reader.participant(dispute.acquirer)
            else { return nil }
            return DisputePage.Case(
                dispute: dispute,
                banks: [issuer, acquirer],
                events: try reader.events(of: id),
                files: try reader.evidence(of: id)
            )
        }
        guard let found else { throw .notFound }
        try await engine.note(.sawDispute, id.value, by: visit)
        return DisputePage(visit: visit, opened: found, refused: refused).response()
    }

    private func file(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        let id = EvidenceID(visit.visit.parameters.id("evidenceId"))
        let found = try engine.reading { reader throws(StoreError) in
            (file: try reader.evidence(id), bytes: try reader.bytes(of: id))
        }
        guard let file = found.file, let bytes = found.bytes, file.dispute == visit.dispute else { throw .notFound }
        try await engine.note(.sawDispute, file.dispute.value, by: visit)
        return HTTPResponse(file, bytes)
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
