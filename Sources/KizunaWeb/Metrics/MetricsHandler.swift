import KizunaLedger
import KizunaMoney
import KizunaPayments
package import KizunaSwitch

/// `GET /metrics` for Prometheus, on a listener of its own: what banks owe is not for everybody.
package struct MetricsHandler: HTTPHandler {
    private let engine: Switch
    private let requests: RequestMeters
    private let status: StatusBoard

    package init(_ engine: Switch, requests: RequestMeters) {
        self.engine = engine
        self.requests = requests
        status = StatusBoard(engine)
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.path == "/metrics" else { return HTTPResponse(status: 404) }
        guard request.method == "GET" || request.method == "HEAD" else {
            return HTTPResponse(status: 405, headers: ["Allow": "GET, HEAD"])
        }
        let body = request.method == "HEAD" ? [] : Array(metrics.utf8)
        return HTTPResponse(status: 200, headers: ["Content-Type": MetricsText.contentType], body: body)
    }

    private var metrics: String {
        var text = MetricsText()
        addEngine(to: &text)
        addRequests(to: &text)
        addStore(to: &text)
        return text.text
    }

    private func addEngine(to text: inout MetricsText) {
        let figures = engine.meters.figures
        let backlog = engine.backlog
        text.add(
            "kizuna_payment_states_total",
            "counter",
            "Payments that came into a state, by the payer's country.",
            figures.arrivals.sorted {
                ($0.key.state.rawValue, $0.key.payerCountry.rawValue) < (
                    $1.key.state.rawValue, $1.key.payerCountry.rawValue
                )
            }
            .map { (["payer_country": $0.key.payerCountry.rawValue, "state": $0.key.state.name], Double($0.value)) }
        )
        text.add("kizuna_commit_group_size", "Submissions in one commit.", [(MetricsText.none, figures.groupSizes)])
        text.add(
            "kizuna_commit_seconds",
            "From a group's way to the disk to its being durable.",
            [(MetricsText.none, figures.commitTimes)]
        )
        text.add(
            "kizuna_queue_seconds",
            "From a submission's coming to its group's way to the disk.",
            [(MetricsText.none, figures.queueTimes)]
        )
        text.add(
            "kizuna_commits_failed_total",
            "counter",
            "Commits that the store refused.",
            Double(figures.failedCommits)
        )
        text.add(
            "kizuna_submissions_waiting",
            "gauge",
            "Submissions that wait for their group.",
            Double(backlog.submissions)
        )
        text.add(
            "kizuna_messages_in_hand",
            "gauge",
            "Messages that the courier of this node has in hand.",
            Double(backlog.messages)
        )
    }

    private func addRequests(to text: inout MetricsText) {
        let figures = requests.figures
        text.add(
            "kizuna_http_requests_total",
            "counter",
            "Answers of the API by operation and status.",
            figures.answers.sorted { ($0.key.operation, $0.key.status) < ($1.key.operation, $1.key.status) }
                .map { (["operation": $0.key.operation, "status": "\($0.key.status)"], Double($0.value)) }
        )
        text.add(
            "kizuna_http_request_seconds",
            "From a request's coming to its answer, by operation.",
            figures.times.sorted { $0.key < $1.key }.map { (["operation": $0.key], $0.value) }
        )
        text.add(
            "kizuna_problems_total",
            "counter",
            "Errors of the API by their code.",
            figures.problems.sorted { $0.key < $1.key }.map { (["code": $0.key], Double($0.value)) }
        )
    }

    /// What the database says; where it cannot be asked, that it cannot.
    private func addStore(to text: inout MetricsText) {
        let now = engine.clock.now()
        let read = try? engine.store.read { reader throws(StoreError) in
            (try reader.accounts(of: nil), try reader.dueMessages(at: now, limit: 1).first?.dueAt)
        }
        let facts = try? status.facts()
        text.add("kizuna_store_up", "gauge", "Whether the database answers.", read == nil || facts == nil ? 0 : 1)
        guard let (accounts, oldestDue) = read, let facts else { return }
        text.add(
            "kizuna_payments",
            "gauge",
            "Payments by state.",
            facts.countsInOrder.map { (["state": $0.state.name], Double($0.count)) }
        )
        text.add("kizuna_alerts_open", "gauge", "Alerts that operators have to look at.", Double(facts.openAlerts))
        let lag = oldestDue.map { max(0, now.since($0).seconds) } ?? 0
        text.add("kizuna_courier_lag_seconds", "gauge", "How long the message that waits longest has been due.", lag)
        let settled = accounts.filter { $0.id.role == .settlement }
        text.add(
            "kizuna_position_minor_units",
            "gauge",
            "What the switch owes a participant, below zero what it is owed.",
            settled.map { (labels(of: $0), Double($0.positionMinorUnits)) }
        )
        text.add(
            "kizuna_cap_used_ratio",
            "gauge",
            "How much of its net debit cap a participant uses, holds among it.",
            settled.compactMap { account in account.capUsedRatio.map { (labels(of: account), $0) } }
        )
    }

    private func labels(of account: Account) -> KeyValuePairs<String, String> {
        ["participant": account.id.owner.description, "currency": account.id.currency.code]
    }
}

extension Account {
    /// `nil` without a cap.
    fileprivate var capUsedRatio: Double? {
        guard let cap = netDebitCapMinorUnits, cap > 0, let headroom = headroomMinorUnits else { return nil }
        return 1 - Double(headroom) / Double(cap)
    }
}
