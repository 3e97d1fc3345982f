import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Institutions: how far each has come in joining, what it shows at the door, how its link does, what it owes.
struct ParticipantPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    /// More waiting messages are not counted.
    private static let mostMessages = 100

    var routes: [PageRoute] {
        [
            door.page("/console/participants") { visit throws(PageRefusal) in try list(visit) },
            door.page("/console/participants/{participant:participant}") { visit throws(PageRefusal) in
                try show(visit)
            },
        ]
    }

    private func list(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let participants = try engine.reading { reader throws(StoreError) in
            var found: [(Participant, Int)] = []
            for participant in try reader.participants() where participant.id != .theSwitch {
                found.append((participant, try waiting(for: participant.id, reader)))
            }
            return found
        }
        let words = visit.words.participants
        return visit.page(
            .participants,
            Part.table(
                caption: visit.words.places.participants,
                columns: [words.name, words.rolesHeading, words.country, visit.site.status.state, words.waiting],
                numbers: [4],
                rows: participants.map { participant, waiting in
                    [
                        "<a href=\"/console/participants/\(participant.id.description)\">\(participant.name)</a>",
                        .text(words.roles(participant.roles)),
                        .text(visit.site.frame.name(of: participant.country)),
                        standing(participant, words), count(waiting),
                    ]
                }
            )
        )
    }

    private func waiting(for participant: ParticipantID, _ reader: any StoreReader) throws(StoreError) -> Int {
        try reader.undelivered(to: participant, nil, after: nil, limit: ParticipantPages.mostMessages).count
    }

    private func count(_ waiting: Int) -> Markup {
        let text = waiting < ParticipantPages.mostMessages ? "\(waiting)" : "\(waiting)+"
        return Part.badge(text, waiting == 0 ? .good : .warn)
    }

    private func standing(_ participant: Participant, _ words: ParticipantWords) -> Markup {
        participant.status == .active ? Part.badge(words.active, .good) : Part.badge(words.suspended, .bad)
    }

    private func show(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let id = visit.visit.parameters.participant("participant")
        let now = engine.clock.now()
        let facts = try engine.reading { reader throws(StoreError) in
            var search = PaymentSearch(limit: 1)
            search.participant = id
            return (
                participant: try reader.participant(id),
                accounts: try reader.accounts(of: id),
                keys: try reader.apiKeys().filter { $0.owner == .participant(id) },
                webhooks: try reader.webhooks(of: id)?.all ?? [],
                waiting: try waiting(for: id, reader),
                lastPayment: try reader.payments(search).payments.first
            )
        }
        guard let participant = facts.participant else { throw .notFound }
        let words = visit.words.participants
        let forms = KeyForms(visit: visit, participant: id)
        let inForce = facts.keys.filter { $0.isInForce(at: now) }
        let steps: [(Bool, String)] = [
            (participant.status == .active, words.stepSignedOn),
            (inForce.contains { $0.kind == .secret }, words.stepKey),
            (inForce.contains { $0.kind == .certificate }, words.stepCertificate),
            (inForce.contains { $0.kind == .signing }, words.stepSigning),
            (participant.endpoint != nil, words.stepEndpoint),
            (facts.accounts.contains { $0.netDebitCapMinorUnits != nil }, words.stepCap),
            (facts.lastPayment != nil, words.stepPayment),
        ]
        return visit.page(
            .participants,
            titled: participant.name,
            """
            <p>\(standing(participant, words)) \(words.roles(participant.roles)) · \
            \(visit.site.frame.name(of: participant.country)) · <code>\(id.description)</code></p>
            <div class="pair"><section class="card"><h2>\(words.checklist)</h2>
            \(Part.timeline(steps.map { Part.Step($0.0 ? .done : .later, .text($0.1)) }))</section>
            <section class="card"><h2>\(words.link)</h2>
            \(Part.facts([
                Part.Fact(words.endpoint, .text(participant.endpoint ?? words.inbox)),
                Part.Fact(words.linkKind, .text(words.linkKindName(participant.linkKind))),
                Part.Fact(words.waiting, count(facts.waiting)),
                facts.lastPayment.map { Part.Fact(words.lastPayment, $0.submittedAt.markup(visit.site)) },
            ].compactMap(\.self)))</section></div>
            <h2>\(visit.words.overview.positions)</h2>
            \(PositionsTable(accounts: facts.accounts, site: visit.site).markup)
            <h2>\(words.keys)</h2>
            \(keys(facts.keys, at: now, visit, forms))
            \(forms.newKey)
            """
        )
    }

    private func keys(_ keys: [APIKey], at now: Timestamp, _ visit: ConsoleVisit, _ forms: KeyForms) -> Markup {
        let words = visit.words.participants
        return Part.table(
            caption: words.keys,
            columns: [words.kind, words.grants, words.since, words.until, words.lastUsed, visit.site.status.state],
            rows: keys.map { key in
                [
                    .text(words.kindName(key.kind)), .text(key.grants.names.joined(separator: ", ")),
                    key.createdAt.markup(visit.site), key.expiresAt.map { $0.markup(visit.site) } ?? "–",
                    key.lastUsedAt.map { $0.markup(visit.site) } ?? "–",
                    key.isInForce(at: now)
                        ? "\(Part.badge(words.inForce, .good)) \(forms.revocation(of: key))"
                        : Part.badge(words.ended, .plain),
                ]
            }
        )
    }
}
