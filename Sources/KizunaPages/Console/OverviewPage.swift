import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The switch at a glance, as it is now and was in the last minutes.
struct OverviewPage {
    static let eventsPath = "/console/events"
    /// What figures are about.
    private static let window = Duration.seconds(60)

    let overview: FlowMonitor.Overview
    let site: Words

    private var words: OverviewWords { site.console.overview }

    var event: LiveEvent { LiveEvent(id: overview.id, content: content) }

    private var content: Markup {
        """
        <ul class="cards figures">
        \(card(number(rate(.completed)), words.paidPerSecond, .plain))
        \(card(quantiles, words.decisionTimes, .plain))
        \(card(count(overview.openCases), words.openExceptions, overview.openCases > 0 ? .warn : .good, .exceptions))
        \(card(count(overview.escalatedDisputes), words.escalatedDisputes, tone(overview.escalatedDisputes), .disputes))
        \(card("\(overview.openAlerts)", words.openAlerts, overview.openAlerts > 0 ? .warn : .good, .health))
        \(card(seconds(overview.courierLag.seconds), words.courierLag, lagTone, .health))
        \(card("\(overview.submissions)", words.beforeCommit, .plain, .health))
        \(card("\(overview.messages)", words.onTheirWay, .plain, .health))
        </ul>
        <h2>\(words.flow)</h2>
        \(chart)
        \(flowTable)
        <h2>\(words.positions)</h2>
        \(PositionsTable(accounts: overview.accounts, site: site).markup)
        <p class="soft small">\(words.asOf(MomentText(overview.at, in: site.language.clock).timeWithSeconds))</p>
        """
    }

    // MARK: Cards

    private func card(_ value: String, _ label: String, _ tone: Part.Tone, _ place: ConsolePlace? = nil) -> Markup {
        let figure: Markup = "<b class=\"\(tone == .plain ? "" : tone.rawValue)\">\(value)</b>\(label)"
        guard let place else { return "<li>\(figure)</li>" }
        return "<li><a href=\"\(place.path)\">\(figure)</a></li>"
    }

    private func tone(_ count: Int) -> Part.Tone { count > 0 ? .warn : .good }

    private var lagTone: Part.Tone { overview.courierLag < .seconds(5) ? .good : .warn }

    private func count(_ number: Int) -> String { number < FlowMonitor.mostCounted ? "\(number)" : "\(number)+" }

    private var quantiles: String {
        let times = [0.5, 0.99].map { overview.decisionTime(share: $0, over: OverviewPage.window) }
        return times.map { $0.map(seconds) ?? "–" }.joined(separator: " · ")
    }

    private func seconds(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "> 10 s" }
        return seconds < 1 ? "\(Int((seconds * 1_000).rounded())) ms" : "\(number(seconds)) s"
    }

    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths.isMultiple(of: 10) || tenths >= 1_000 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    // MARK: Flow

    private func rate(_ state: PaymentState, from country: Country? = nil) -> Double {
        guard let before = overview.sample(ago: OverviewPage.window), let now = overview.samples.last else { return 0 }
        return overview.rate(of: state, from: country, between: before, and: now)
    }

    private var chart: Markup {
        let steps = zip(overview.samples, overview.samples.dropFirst())
        let values = { (country: Country) in
            steps.map { overview.rate(of: .completed, from: country, between: $0, and: $1) }
        }
        return LineChart(
            label: words.chart,
            lines: [
                .init(name: words.corridor(.cambodia), look: "one", values: values(.cambodia)),
                .init(name: words.corridor(.japan), look: "two", values: values(.japan)),
            ]
        ).markup
    }

    private static let states: [PaymentState] = [
        .sent, .completed, .rejected, .unknown, .reversing, .reversed, .exception, .refunded,
    ]

    private var flowTable: Markup {
        Part.table(
            caption: words.flow,
            columns: [site.status.state, words.corridor(.cambodia), words.corridor(.japan)],
            numbers: [1, 2],
            rows: OverviewPage.states.map { state in
                [
                    Part.badge(site.payment.state(state).name, Part.Tone(state)),
                    .text(number(rate(state, from: .cambodia))), .text(number(rate(state, from: .japan))),
                ]
            }
        )
    }
}

/// What each institution owes or is owed, and how much of its cap that takes.
struct PositionsTable {
    let accounts: [Account]
    let site: Words

    private var words: OverviewWords { site.console.overview }

    var markup: Markup {
        let used = accounts.filter { $0.id.role == .settlement && ($0.positionMinorUnits != 0 || $0.debitsHeld != 0) }
        guard !used.isEmpty else { return "<p class=\"soft\">\(words.noPositions)</p>" }
        return Part.table(
            caption: words.positions,
            columns: [words.account, words.position, words.held, words.cap, words.capUsed],
            numbers: [1, 2, 3],
            rows: used.map(row)
        )
    }

    private func row(_ account: Account) -> [Markup] {
        let currency = account.id.currency
        let cap = account.netDebitCapMinorUnits.map { Money(minorUnits: $0, currency: currency).markup }
        return [
            "<a href=\"/console/participants/\(account.id.owner.description)\">\(account.id.owner.description)</a> \(currency.code)",
            Money(minorUnits: account.positionMinorUnits, currency: currency).markup,
            Money(minorUnits: account.debitsHeld, currency: currency).markup,
            cap ?? "–", meter(account),
        ]
    }

    private func meter(_ account: Account) -> Markup {
        let percent = max(0, min(100, account.utilisationBasisPoints / 100))
        let tone = percent < 80 ? "good" : percent < 95 ? "warn" : "bad"
        return """
            <svg class="bar \(tone)" viewBox="0 0 100 10" role="img" aria-label="\(percent) %"><rect class="ground" \
            width="100" height="10" rx="3"/><rect width="\(percent)" height="10" rx="3"/></svg> \(percent) %
            """
    }
}
