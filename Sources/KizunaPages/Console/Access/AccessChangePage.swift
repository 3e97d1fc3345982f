import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// One change of access: what it is, who wants it, and what may be done with it now.
struct AccessChangePage {
    let visit: ConsoleVisit
    let change: AccessChange
    let refused: String?
    /// The text of a key that has been made for this answer, and that nobody is shown again.
    let secret: String?

    private var words: AccessWords { visit.words.access }
    private var path: String { "\(AccessPages.path)/changes/\(change.id)" }

    func response() -> HTTPResponse {
        visit.page(
            .access,
            titled: words.act(change.act),
            status: refused == nil ? 200 : 409,
            """
            \(refused.map { Part.notice(.bad, "<p>\($0)</p>") })
            \(secret.map(shown))
            \(facts)
            \(action)
            <p><a href="\(AccessPages.path)">\(visit.words.places.access)</a></p>
            """
        )
    }

    private func shown(_ secret: String) -> Markup {
        Part.notice(
            .good,
            """
            <p><strong>\(words.theKey)</strong></p>
            <p><code class="secret">\(secret)</code> \(Part.copyButton(secret, visit.site.frame))</p>
            <p>\(words.keepIt)</p>
            """
        )
    }

    private var facts: Markup {
        Part.facts(
            [
                Part.Fact(words.whose, subject),
                grants(words.before, change.grantsBefore),
                grants(words.afterwards, change.grants),
                change.act == .makeKey && change.author.person != nil
                    ? Part.Fact(words.validFor, .text(change.days.map(words.days) ?? words.untilRevoked)) : nil,
                change.key.map { Part.Fact(words.key, "<code>\($0.description)</code>") },
                change.note.isEmpty ? nil : Part.Fact(words.note, .text(change.note)),
                Part.Fact(
                    words.proposedBy,
                    "\(words.author(change.author)), \(change.createdAt.markup(visit.site))"
                ),
                change.approval.map {
                    Part.Fact(words.approvedBy, "\($0.person.description), \($0.at.markup(visit.site))")
                },
                Part.Fact(words.standing, change.badge(words, at: visit.visit.now)),
                change.opensUntil.map { Part.Fact(words.openUntil, $0.markup(visit.site)) },
                change.endedAt.map { Part.Fact(words.when, $0.markup(visit.site)) },
            ].compactMap(\.self)
        )
    }

    private var subject: Markup {
        switch change.subject {
        case .person(let id): "<a href=\"\(AccessPages.path)/people/\(id.description)\">\(id.description)</a>"
        case .participant(let id): "<a href=\"/console/participants/\(id.description)\">\(id.description)</a>"
        }
    }

    private func grants(_ name: String, _ grants: Grants) -> Part.Fact? {
        guard !grants.isEmpty else { return nil }
        let isPersons = Grants.ofPersons.isSuperset(of: grants)
        return Part.Fact(
            name,
            .text(isPersons ? visit.words.desk.roles(grants) : grants.names.joined(separator: ", "))
        )
    }

    // MARK: What may be done

    private var isMine: Bool { change.author == .person(visit.person.id) }

    private var action: Markup? {
        guard change.isOpen(at: visit.visit.now) else { return nil }
        return change.standing == .approved ? taking : deciding
    }

    private var deciding: Markup {
        let mayApprove = visit.may(.approver) && !isMine && change.subject != .person(visit.person.id)
        return """
            \(mayApprove ? approval : Part.notice(.plain, "<p>\(words.anotherApproves)</p>"))
            \(withdrawal)
            """
    }

    private var approval: Markup {
        """
        <form method="post" action="\(path)/approvals" class="card">\(visit.visit.tokenField)
        <p>\(words.approveQuestion(words.author(change.author)))</p>
        <p class="buttons"><button type="submit">\(words.approve)</button></p></form>
        """
    }

    private var taking: Markup {
        guard isMine else {
            return Part.notice(.plain, "<p>\(words.proposerTakes(words.author(change.author)))</p>")
        }
        return """
            <form method="post" action="\(path)/key" class="card">\(visit.visit.tokenField)
            <p>\(words.shownOnce)</p>
            <p class="buttons"><button type="submit">\(words.takeKey)</button></p></form>
            \(withdrawal)
            """
    }

    private var withdrawal: Markup? {
        guard isMine else { return nil }
        return Part.button(visit.visit, to: "\(path)/withdrawals", words.withdraw, look: "quiet")
    }
}
