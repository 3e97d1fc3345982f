import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// How the switch is doing, for people and for those who watch machines.
extension Desk {
    var statusRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/status",
                name: "getStatus",
                summary: "Counts participants by country and payments by state, and tells what is waiting.",
                handler: .open(getStatus)
            ),
            Route(
                .get,
                "/healthz",
                name: "getHealth",
                summary: "Answers while the process lives.",
                handler: .open { _ in .json(["status": "ok"]) }
            ),
            Route(
                .get,
                "/readyz",
                name: "getReadiness",
                summary: "Checks whether requests can be served.",
                handler: .open(getReadiness)
            ),
        ]
    }

    private func getStatus(_ call: Call) async throws(Problem) -> HTTPResponse {
        let facts = try status.facts()
        let backlog = engine.backlog
        return .json([
            "status": "operational",
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
    var countsInOrder: [(state: PaymentState, count: Int)] {
        PaymentState.allCases.filter { $0.rawValue >= PaymentState.submitted.rawValue && $0 != .expired }
            .map { ($0, payments[$0] ?? 0) }
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
