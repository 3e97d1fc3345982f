import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Everybody who works for the switch, what waits for one of them, and the log of what has changed.
struct AccessPage {
    let visit: ConsoleVisit
    let people: [Person]
    let open: [AccessChange]
    let log: [AccessChange]
    let hasMore: Bool

    private var words: AccessWords { visit.words.access }

    func response() -> HTTPResponse {
        visit.page(
            .access,
            """
            <p class="soft">\(words.lead)</p>
            <h2>\(words.waiting)</h2>
            \(open.isEmpty ? Part.notice(.good, "<p>\(words.nothingWaits)</p>") : waiting)
            <h2>\(words.people)</h2>
            \(table)
            <h2>\(words.log)</h2>
            \(log.isEmpty ? "<p class=\"soft\">\(words.nothingYet)</p>" : lines)
            \(older)
            """
        )
    }

    private var waiting: Markup {
        Part.table(
            caption: words.waiting,
            columns: [words.what, words.whose, words.proposedBy, words.standing, words.openUntil],
            rows: open.map { change in
                [
                    change.link(words), .text(change.subject.name), .text(words.author(change.author)),
                    Part.badge(words.standingName(change.standing), .warn),
                    change.opensUntil.map { $0.markup(visit.site) } ?? "–",
                ]
            }
        )
    }

    private var table: Markup {
        Part.table(
            caption: words.people,
            columns: [words.person, words.name, words.roles, words.standing],
            rows: people.map { person in
                [
                    "<a href=\"\(AccessPages.path)/people/\(person.id.description)\">\(person.id.description)</a>",
                    .text(person.name), .text(visit.words.desk.roles(person.roles)), person.badge(words),
                ]
            }
        )
    }

    private var lines: Markup {
        Part.table(
            caption: words.log,
            columns: [words.when, words.what, words.whose, words.proposedBy, words.approvedBy, words.standing],
            rows: log.map { change in
                [
                    (change.endedAt ?? change.createdAt).markup(visit.site), change.link(words),
                    .text(change.subject.name), .text(words.author(change.author)),
                    .text(change.approval?.person.description ?? "–"), change.badge(words, at: visit.visit.now),
                ]
            }
        )
    }

    private var older: Markup? {
        guard hasMore, let last = log.last else { return nil }
        return "<p><a href=\"?before=\(last.id.description)\">\(words.older)</a></p>"
    }
}

extension AccessChange {
    fileprivate func link(_ words: AccessWords) -> Markup {
        "<a href=\"\(AccessPages.path)/changes/\(id.description)\">\(words.act(act))</a>"
    }

    func badge(_ words: AccessWords, at now: Timestamp) -> Markup {
        if opensUntil != nil, !isOpen(at: now) { return Part.badge(words.lapsed, .plain) }
        let tone: Part.Tone =
            switch standing {
            case .done: .good
            case .proposed, .approved: .warn
            case .withdrawn: .plain
            }
        return Part.badge(words.standingName(standing), tone)
    }
}

extension APIKey.Owner {
    /// Who it is, as the console names people and institutions.
    var name: String {
        switch self {
        case .participant(let id): id.description
        case .person(let id): id.description
        }
    }
}

extension Person {
    func badge(_ words: AccessWords) -> Markup {
        standing == .active ? Part.badge(words.active, .good) : Part.badge(words.suspended, .bad)
    }
}

extension DeskWords {
    func roles(_ roles: Grants) -> String { roles.names.map(role).joined(separator: " · ") }
}
