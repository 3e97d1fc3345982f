import KizunaPayments
import KizunaWeb

/// Is it working, and how much is going on?
struct StatusPage {
    let facts: StatusBoard.Facts
    let backlog: (submissions: Int, messages: Int)
    let kind: PublicPages.Kind
    let words: Words

    static let refreshSeconds = 3
    static let eventsPath = "/status/events"

    func response(to visit: Visit) -> HTTPResponse {
        visit.page(
            words.status.title,
            options: .init(refreshSeconds: StatusPage.refreshSeconds),
            "<h1>\(words.status.title)</h1>\n\(kind.notice(words))\n\(Part.live(StatusPage.eventsPath, id: event.id, event.content))"
        )
    }

    /// What the page shows, and shows instead after a while.
    var event: LiveEvent {
        LiveEvent(
            id: facts.at.rfc3339,
            content: """
                <p class="state \(unresolved == 0 ? "good" : "warn")">\(sentence)</p>
                <h2>\(words.status.participants)</h2>
                <ul class="cards">
                \(links)
                <li><b>\(backlog.submissions)</b>\(words.status.beforeCommit)</li>
                <li><b>\(backlog.messages)</b>\(words.status.onTheirWay)</li>
                </ul>
                <h2>\(words.status.byState)</h2>
                \(payments)
                <p class="soft">\(words.status.asOf(asOf, StatusPage.refreshSeconds))</p>
                """
        )
    }

    private var unresolved: Int { count(.unknown) + count(.reversing) + count(.exception) }

    private var sentence: String { unresolved == 0 ? words.status.allWell : words.status.waiting(unresolved) }

    /// Those who read it in Khmer live by Phnom Penh's clocks.
    private var asOf: String {
        MomentText(facts.at, in: words.language == .khmer ? .cambodia : .japan).full(words)
    }

    private var links: [Markup] {
        facts.links.map { links in
            let away: Markup? =
                links.suspended > 0 ? " <span class=\"warn\">(\(words.status.suspended(links.suspended)))</span>" : nil
            return "<li><b>\(links.active)</b>\(words.frame.name(of: links.country))\(away)</li>"
        }
    }

    private var payments: Markup {
        Part.table(
            caption: words.status.byState,
            columns: [words.status.state, words.status.meaning, words.status.payments],
            numbers: [2],
            rows: facts.countsInOrder.map { state, count in
                let name = words.payment.state(state)
                return [Part.badge(name.name, Part.Tone(state)), .text(name.sentence), "\(count)"]
            }
        )
    }

    private func count(_ state: PaymentState) -> Int { facts.payments[state] ?? 0 }
}

extension PublicPages.Kind {
    /// What nobody should take for the live switch says so.
    func notice(_ words: Words) -> Markup? {
        switch self {
        case .live: nil
        case .sandbox: Part.notice(.warn, "<p>\(words.frame.sandbox) <a href=\"/v1/sandbox\">/v1/sandbox</a></p>")
        case .demo: Part.notice(.plain, "<p>\(words.frame.invented)</p>")
        }
    }
}

extension FrameWords {
    /// What a country is called.
    func name(of country: Country) -> String {
        switch country {
        case .cambodia: cambodia
        case .japan: japan
        }
    }
}
