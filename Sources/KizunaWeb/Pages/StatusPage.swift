import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The first page: is it working, and how much is going on?
struct StatusPage {
    let facts: StatusBoard.Facts
    let backlog: (submissions: Int, messages: Int)
    let environment: Environment

    private static let refreshSeconds = 15

    var page: Page {
        Page(
            title: environment == .sandbox ? "Kizuna – sandbox" : "Kizuna – status",
            refreshSeconds: StatusPage.refreshSeconds,
            content: [mark, heading, links, payments, footing].joined(separator: "\n")
        )
    }

    /// What nobody should take for the live switch.
    private var mark: String {
        switch environment {
        case .live: ""
        case .sandbox:
            """
            <p class="state warn">This is a sandbox: no money moves here.
            <a href="/v1/sandbox">Magic amounts and shops</a></p>
            """
        }
    }

    private var heading: String {
        """
        <header>
        <h1>Kizuna 絆</h1>
        <p class="greeting"><span lang="km">សូមស្វាគមន៍</span><span lang="ja">ようこそ</span><span>Welcome</span></p>
        <p class="soft">One code, two countries: a KHQR can be paid from Japan, and a JPQR from Cambodia.</p>
        <p class="state \(unresolved == 0 ? "good" : "warn")">\(stateSentence)</p>
        </header>
        """
    }

    private var unresolved: Int { count(.unknown) + count(.reversing) + count(.exception) }

    private var stateSentence: String {
        switch unresolved {
        case 0: "Payments are being taken."
        case 1: "Payments are being taken; one waits for an answer from its bank."
        default: "Payments are being taken; \(unresolved) wait for answers from their banks."
        }
    }

    private var links: String {
        let cards = facts.links.map { links in
            let away = links.suspended > 0 ? " <span class=\"warn\">(\(links.suspended) suspended)</span>" : ""
            return "<li><b>\(links.active)</b>\(links.country.englishName)\(away)</li>"
        }
        return """
            <h2>Participants, and what is waiting</h2>
            <ul class="cards">
            \(cards.joined(separator: "\n"))
            <li><b>\(backlog.submissions)</b>requests before the commit</li>
            <li><b>\(backlog.messages)</b>messages on their way</li>
            </ul>
            """
    }

    private var payments: String {
        let rows = facts.countsInOrder.map { state, count in
            "<tr\(count == 0 ? " class=\"none\"" : "")><th scope=\"row\"><code>\(state.name)</code></th>"
                + "<td>\(state.sentence)</td><td class=\"number\">\(count)</td></tr>"
        }
        return """
            <h2>Payments by state</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">State</th><th scope="col">Means</th><th scope="col" class="number">Payments</th></tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }

    private var footing: String {
        """
        <p class="soft">As of \(facts.at.rfc3339), read again every \(StatusPage.refreshSeconds) seconds.
        For programs: <a href="/v1/status">/v1/status</a>, <a href="/readyz">/readyz</a>,
        <a href="/docs/api">the API</a>, <a href="/docs/problems">error codes</a>.</p>
        """
    }

    private func count(_ state: PaymentState) -> Int { facts.payments[state] ?? 0 }
}

extension Country {
    fileprivate var englishName: String {
        switch self {
        case .cambodia: "in Cambodia"
        case .japan: "in Japan"
        }
    }
}

extension PaymentState {
    /// What a state means, for people.
    fileprivate var sentence: String {
        switch self {
        case .resolved: "The code has been read."
        case .quoted: "The price has been named."
        case .submitted: "Being checked."
        case .reserved: "Both sides are reserved."
        case .sent: "The shop's bank has been asked."
        case .accepted: "The shop's bank has promised."
        case .completed: "Paid."
        case .partiallyRefunded: "Paid, and refunded in part."
        case .refunded: "Paid, and refunded in full."
        case .rejected: "Not paid; nothing was moved."
        case .unknown: "The shop's bank is silent and is being asked."
        case .reversing: "Being undone."
        case .reversed: "Undone; nothing was moved in the end."
        case .exception: "An operator decides."
        case .expired: "Nobody paid in time."
        }
    }
}
