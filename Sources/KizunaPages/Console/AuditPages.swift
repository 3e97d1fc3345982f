import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// By what something was looked for; the thing itself is not written down.
enum SearchTerm: String, CaseIterable, Sendable {
    case name, code, hash, accountEnding, reference, text, state, institution, amount, time
}

extension Switch {
    /// Writes down what somebody looks at. Comes back when that is on disk: nothing is shown that was not written down.
    func note(
        _ act: AuditEntry.Act,
        _ subject: UniqueID? = nil,
        terms: [SearchTerm] = [],
        by visit: ConsoleVisit
    ) async throws(PageRefusal) {
        let detail = terms.isEmpty ? nil : terms.map(\.rawValue).joined(separator: " ")
        let look = Look(act, subject, detail: detail)
        guard case .success = try await doing(.console(.look(look)), as: visit.person.id) else { throw .unavailable }
    }
}

/// Who has looked at what, and done what.
struct AuditPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    private static let limit = 100

    var routes: [PageRoute] {
        [door.page("/console/log") { visit throws(PageRefusal) in try await show(visit) }]
    }

    private func show(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        try await engine.note(.sawLog, by: visit)
        let query = visit.visit.query
        let day = query["day"].flatMap { LocalMoment("\($0)T00:00", in: visit.visit.language.clock)?.moment }
        var search = AuditSearch(
            person: query["person"].flatMap { OperatorID($0) },
            from: day,
            until: day?.adding(.seconds(86_400)),
            limit: AuditPages.limit + 1
        )
        search.before = query["before"].flatMap { UniqueID($0) }
        let (people, entries) = try engine.reading { reader throws(StoreError) in
            (try reader.people(), try reader.auditEntries(search))
        }
        let words = visit.words.audit
        let shown = Array(entries.prefix(AuditPages.limit))
        let older: Markup? =
            entries.count > shown.count
            ? "<p><a href=\"?person=\(query["person"] ?? "")&amp;day=\(query["day"] ?? "")&amp;before=\(shown.last?.id.description ?? "")\">\(words.older)</a></p>"
            : nil
        return visit.page(
            .log,
            """
            <p class="lead">\(words.lead(Int(AuditEntry.life.components.seconds / 86_400)))</p>
            \(form(visit, people))
            \(AuditTable(entries: shown, site: visit.site).markup)
            \(older)
            """
        )
    }

    private func form(_ visit: ConsoleVisit, _ people: [Person]) -> Markup {
        let (words, query) = (visit.words.audit, visit.visit.query)
        let options = people.map { person -> Markup in
            let mark: Markup? = person.id.description == query["person"] ? " selected" : nil
            return
                "<option value=\"\(person.id.description)\"\(mark)>\(person.name) (\(person.id.description))</option>"
        }
        return """
            <form method="get" action="/console/log" class="card search" role="search"><div class="fields">
            <div><label for="person">\(words.person)</label><select id="person" name="person">\
            <option value="">\(words.everybody)</option>\(options)</select></div>
            <div><label for="day">\(words.day)</label><input id="day" name="day" type="date" value="\(query["day"] ?? "")"></div>
            </div><p class="buttons"><button type="submit">\(words.show)</button></p></form>
            """
    }
}

/// Entries as a list.
struct AuditTable {
    let entries: [AuditEntry]
    let site: Words

    private var words: AuditWords { site.console.audit }

    var markup: Markup {
        guard !entries.isEmpty else { return "<p class=\"soft\">\(words.nothing)</p>" }
        return Part.table(
            caption: words.title,
            columns: [words.at, words.person, words.what, words.about, words.detail],
            rows: entries.map { entry in
                [
                    entry.at.timeOfDay(site), .text(entry.person.description),
                    entry.act.isDeed ? "<strong>\(words.act(entry.act))</strong>" : .text(words.act(entry.act)),
                    subject(entry), .text(detail(entry)),
                ]
            }
        )
    }

    private func subject(_ entry: AuditEntry) -> Markup {
        guard let id = entry.subject, let path = entry.act.path else { return "–" }
        return "<a href=\"\(path)/\(id.description)\"><code>…\(String(id.compact.suffix(12)))</code></a>"
    }

    private func detail(_ entry: AuditEntry) -> String {
        guard let detail = entry.detail else { return "" }
        switch entry.act {
        case .searchedPayments, .searchedShops:
            return detail.split(separator: " ").compactMap { SearchTerm(rawValue: String($0)).map(words.term) }
                .joined(separator: ", ")
        case .sawPayment, .sawException, .sawDispute, .sawShop, .sawLog, .proposed, .withdrew, .approved,
            .proposedDispute, .withdrewDispute, .decidedDispute, .froze, .lifted, .importedShops, .signedIn:
            return detail
        }
    }
}

extension AuditEntry.Act {
    /// Where that can be seen what it was about; `nil` where it was about nothing in particular.
    fileprivate var path: String? {
        switch self {
        case .sawPayment: "/console/payments"
        case .sawException, .proposed, .withdrew, .approved: "/console/exceptions"
        case .sawDispute, .proposedDispute, .withdrewDispute, .decidedDispute: "/console/disputes"
        case .sawShop, .froze, .lifted: MerchantPages.path
        case .searchedPayments, .searchedShops, .sawLog, .importedShops, .signedIn: nil
        }
    }
}
