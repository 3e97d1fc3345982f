import KizunaLedger
package import KizunaPayments
import KizunaSwitch

/// How the switch is doing, for people and for those who watch machines.
extension Desk {
    var statusRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/status",
                name: "getStatus",
                chapter: .status,
                summary: "Counts participants by country and payments by state, and tells what is waiting.",
                answers: .ok(.status, "How the switch is doing."),
                handler: .open(getStatus)
            ),
            Route(
                .get,
                "/healthz",
                name: "getHealth",
                chapter: .status,
                summary: "Answers while the process lives.",
                answers: .ok(.answer(["status": .words(["ok"])]), "The process lives."),
                handler: .open { _ in .json(["status": "ok"]) }
            ).forMonitors(),
            Route(
                .get,
                "/readyz",
                name: "getReadiness",
                chapter: .status,
                summary: "Checks whether requests can be served.",
                answers: .ok(.readiness, "Requests can be served."),
                .status(503, .readiness.telling(["status": "not ready"]), "They cannot be served."),
                handler: .open(getReadiness)
            ).forMonitors(),
        ]
    }

    private func getStatus(_ call: Call) async throws(Problem) -> HTTPResponse {
        let facts = try status.facts()
        let backlog = engine.backlog
        return .json([
            "status": "operational",
            "environment": .string(environment.rawValue),
            "version": .string(KizunaAPI.version),
            "at": JSON(facts.at),
            "links": .array(facts.links.map { JSON($0) }),
            "payments": .object(
                facts.countsInOrder.map { JSON.Member(name: $0.state.name, value: JSON($0.count)) }
            ),
            "openAlerts": JSON(facts.openAlerts),
            "backlog": ["submissions": JSON(backlog.submissions), "messages": JSON(backlog.messages)],
        ])
    }

    private func getReadiness(_ call: Call) async throws(Problem) -> HTTPResponse {
        var fault: StoreError?
        do throws(StoreError) {
            try engine.store.check()
        } catch {
            fault = error
        }
        let check: JSON = [
            "name": "store", "ok": .bool(fault == nil), "fault": JSON(fault?.code.rawValue),
            "reason": JSON(fault?.sentence),
        ]
        return .json(
            ["status": fault == nil ? "ready" : "not ready", "checks": [check]],
            status: fault == nil ? 200 : 503
        )
    }
}

extension StatusBoard.Facts {
    /// Every state that a submitted payment may be in, in the order of its life, with how many are there.
    package var countsInOrder: [(state: PaymentState, count: Int)] {
        StatusBoard.Facts.states.map { ($0, payments[$0] ?? 0) }
    }

    fileprivate static let states = PaymentState.allCases.filter {
        $0.rawValue >= PaymentState.submitted.rawValue && $0 != .expired
    }
}

extension JSON {
    fileprivate init(_ links: StatusBoard.CountryLinks) {
        self = [
            "country": .string(links.country.rawValue), "active": JSON(links.active),
            "suspended": JSON(links.suspended),
        ]
    }
}

extension Schema {
    static let status = answer([
        "status": .words(["operational"]),
        "environment": .words(Environment.allCases, .live),
        "version": .text(matching: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", KizunaAPI.version),
        "at": .timestamp,
        "links": .list(
            of: answer(["country": .country(.cambodia), "active": .count(2), "suspended": .count(0)])
        ),
        "payments": .answer(StatusBoard.Facts.states.map { Member(name: $0.name, schema: .count(0)) })
            .saying("How many are in each state."),
        "openAlerts": .count(0),
        "backlog": answer(["submissions": .count(0), "messages": .count(0)]),
    ])
    .named("Status", "How the switch is doing.")

    static let readiness = answer([
        "status": .words(["ready", "not ready"]),
        "checks": .list(
            of: answer([
                "name": .words(["store"]), "ok": .boolean(true), "fault": .text(1...64, "unavailable").null,
                "reason": .text(1...2_000, "The database does not answer.").null,
            ])
        ),
    ])
    .named("Readiness", "Whether requests can be served.")
}
