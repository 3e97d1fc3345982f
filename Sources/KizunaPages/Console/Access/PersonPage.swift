import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// One person who works for the switch, and what can be proposed about him or her.
struct PersonPage {
    let visit: ConsoleVisit
    let person: Person
    let refused: String?

    private var words: AccessWords { visit.words.access }

    func response() -> HTTPResponse {
        visit.page(
            .access,
            titled: person.name,
            status: refused == nil ? 200 : 409,
            """
            \(refused.map { Part.notice(.bad, "<p>\($0)</p>") })
            \(Part.facts([
                Part.Fact(words.person, "<code>\(person.id.description)</code>"),
                Part.Fact(words.roles, .text(visit.words.desk.roles(person.roles))),
                Part.Fact(words.standing, person.badge(words)),
                Part.Fact(words.since, person.createdAt.markup(visit.site)),
                Part.Fact(words.lastChange, person.changedAt.markup(visit.site)),
            ]))
            \(forms)
            <p><a href="\(AccessPages.path)">\(visit.words.places.access)</a></p>
            """
        )
    }

    private var forms: Markup? {
        guard visit.may(.operator) else { return nil }
        let isActive = person.standing == .active
        return """
            \(form("roles", words.otherRoles, roles))
            \(form(
                isActive ? "suspend" : "reinstate",
                words.act(isActive ? .suspend : .reinstate),
                "<p>\(isActive ? words.suspending : words.reinstating)</p>"
            ))
            """
    }

    private var roles: Markup {
        "<fieldset class=\"choice\"><legend>\(words.roles)</legend>\(boxes)</fieldset>"
    }

    private var boxes: [Markup] {
        AccessFormPart.boxes(Grants.ofPersons, chosen: person.roles) { .text(visit.words.desk.role($0)) }
    }

    private func form(_ wish: String, _ title: String, _ content: Markup) -> Markup {
        """
        <form method="post" action="\(AccessPages.path)/people/\(person.id.description)/proposals" class="card">
        \(visit.visit.tokenField)<input type="hidden" name="wish" value="\(wish)">
        <h2>\(title)</h2>
        \(content)
        \(AccessFormPart.note("note-\(wish)", words))
        <p class="buttons"><button type="submit">\(words.propose)</button></p></form>
        """
    }
}

/// What forms about access have in common.
enum AccessFormPart {
    /// A box for each of several grants.
    static func boxes(_ all: Grants, chosen: Grants, _ label: (String) -> Markup) -> [Markup] {
        Grants.names.filter { all.contains($0.grant) }.map { name, grant in
            let mark: Markup? = chosen.contains(grant) ? " checked" : nil
            return """
                <label><input type="checkbox" name="grant-\(name)" value="yes"\(mark)> \(label(name))</label>

                """
        }
    }

    /// Why, in one line.
    static func note(_ id: String, _ words: AccessWords) -> Markup {
        """
        <label for="\(id)">\(words.note)</label>
        <input id="\(id)" name="note" required maxlength="\(AccessChange.longestNote)">
        """
    }
}
