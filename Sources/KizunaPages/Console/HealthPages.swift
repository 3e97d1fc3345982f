import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// What the system itself is up to: alerts, messages that do not arrive, groups and queues.
struct HealthPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    private static let limit = 50

    var routes: [PageRoute] {
        [door.page("/console/health") { visit throws(PageRefusal) in try show(visit) }]
    }

    private func show(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let (alerts, messages) = try engine.reading { reader throws(StoreError) in
            (
                try reader.alerts(limit: HealthPages.limit),
                try reader.undelivered(to: nil, nil, after: nil, limit: HealthPages.limit)
            )
        }
        let words = visit.words.health
        return visit.page(
            .health,
            """
            \(figures(visit))
            <h2>\(words.alerts)</h2>
            \(alerts.isEmpty ? "<p class=\"good\">\(words.noAlerts)</p>" : table(of: alerts, visit))
            <h2>\(words.messages)</h2>
            \(messages.isEmpty ? "<p class=\"good\">\(visit.words.xray.allDelivered)</p>" : table(of: messages, visit))
            """
        )
    }

    private func figures(_ visit: ConsoleVisit) -> Markup {
        let words = visit.words.health
        let figures = engine.meters.figures
        let groups = figures.groupSizes.counts.reduce(0, +)
        let mean = groups == 0 ? 0 : Int((figures.groupSizes.sum / Double(groups)).rounded())
        let backlog = engine.backlog
        return """
            <ul class="cards figures">
            <li><b>\(groups)</b>\(words.commits)</li>
            <li><b>\(mean)</b>\(words.groupSize)</li>
            <li><b>\(milliseconds(figures.commitTimes))</b>\(words.commitTime)</li>
            <li><b>\(milliseconds(figures.queueTimes))</b>\(words.queueTime)</li>
            <li><b class="\(figures.failedCommits == 0 ? "good" : "bad")">\(figures.failedCommits)</b>\(words.failedCommits)</li>
            <li><b>\(backlog.submissions)</b>\(visit.words.overview.beforeCommit)</li>
            <li><b>\(backlog.messages)</b>\(visit.words.overview.onTheirWay)</li>
            </ul>
            """
    }

    /// The mean since the process began.
    private func milliseconds(_ times: Histogram) -> String {
        let count = times.counts.reduce(0, +)
        guard count > 0 else { return "–" }
        let tenths = Int((times.sum / Double(count) * 10_000).rounded())
        return "\(tenths / 10).\(tenths % 10) ms"
    }

    private func table(of alerts: [Alert], _ visit: ConsoleVisit) -> Markup {
        let words = visit.words.health
        return Part.table(
            caption: words.alerts,
            columns: [words.alert, words.subject, words.since, words.ended, words.times],
            numbers: [4],
            rows: alerts.map { alert in
                [
                    Part.badge(words.kind(alert.key.kind), alert.isOpen ? .warn : .plain),
                    "<code>\(alert.key.subject)</code>", alert.raisedAt.markup(visit.site),
                    alert.clearedAt.map { $0.markup(visit.site) } ?? "–", "\(alert.timesRaised)",
                ]
            }
        )
    }

    private func table(of messages: [OutboxMessage], _ visit: ConsoleVisit) -> Markup {
        let words = visit.words.messages
        return Part.table(
            caption: visit.words.health.messages,
            columns: [visit.words.exceptions.payment, words.kind, words.to, words.attempts, words.next],
            numbers: [3],
            rows: messages.map { message in
                [
                    "<a href=\"/console/payments/\(message.payment.description)\"><code>\(message.payment.value.compact.prefix(12).description)…</code></a>",
                    .text(words.kindName(message.kind)), .text(message.destination.description), "\(message.attempts)",
                    message.dueAt.map { $0.markup(visit.site) } ?? Part.badge(words.givenUp, .bad),
                ]
            }
        )
    }
}
