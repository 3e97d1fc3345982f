package import KizunaMoney
package import KizunaPayments
package import KizunaWeb
import Synchronization

/// A shop's bank: promises credits, keeps its promises when the switch commits or at once, and misbehaves at magic amounts.
package final class SimulatedAcquirer: HTTPHandler {
    private enum Promise { case made, kept, dropped, refused }

    /// A payment as the bank knows it.
    private struct Case {
        var promise: Promise?
        var attempts = 0
        var amount: Money?
        /// Whether it will be accepted, though that has not been said yet.
        var isUndecided = false
    }

    /// A bank that is asked for months keeps what a switch may still ask about, and forgets the rest.
    private static let mostCases = 50_000

    /// How the bank behaves whatever the amount, until it is told otherwise.
    package enum Mood: String, Sendable, Hashable {
        case well, silent, slow, twice
    }

    private struct State {
        var mood = Mood.well
        var cases = RecentTable(capacity: SimulatedAcquirer.mostCases, blank: Case())
        /// In which currencies each of its shops is paid; in none once it is closed.
        var shops: [String: Set<Currency>] = [:]
        var credited: [Currency: Int64] = [:]
        var creditedPayments = 0
        var client: SwitchClient?
    }

    private let state = Mutex(State())
    private let news = BankNews()
    private let link: Participant.LinkKind
    private let identities: @Sendable () -> String

    /// - Parameters:
    ///   - link: whether it credits on the switch's commit, or as it accepts.
    ///   - identities: makes a new idempotency key at each call.
    package init(link: Participant.LinkKind, identities: @escaping @Sendable () -> String) {
        self.link = link
        self.identities = identities
    }

    /// Gives the bank its way to the switch.
    package func connect(_ client: SwitchClient) { state.withLock { $0.client = client } }

    /// Has everything that the switch tells the bank from now on handed over, before the bank answers.
    package func follow(_ listener: @escaping @Sendable (_ path: String, _ body: JSON) -> Void) { news.add(listener) }

    /// What the shops have been credited, in minor units, and by how many payments.
    package var credited: (byCurrency: [Currency: Int64], payments: Int) {
        state.withLock { ($0.credited, $0.creditedPayments) }
    }

    package var mood: Mood { state.withLock { $0.mood } }

    package func behave(_ mood: Mood) { state.withLock { $0.mood = mood } }

    /// Registers a shop.
    package func register(_ shop: JSON) async throws(SwitchProblem) -> JSON {
        let registered = try await ask("/v1/merchants", shop)
        if let id = registered.text(at: "id") {
            keep(id, paidIn: shop.text(at: "code", "scheme") == "jpqr" ? [.jpy] : [.khr, .usd])
        }
        return registered
    }

    /// Notes that a shop, by the switch's id, has its account here.
    ///
    /// - Parameter currencies: none for one whose account is closed.
    package func keep(_ shop: String, paidIn currencies: Set<Currency>) {
        state.withLock { $0.shops[shop] = currencies }
    }

    /// Gives money back to a payer.
    package func refund(_ payment: String, _ refund: JSON) async throws(SwitchProblem) -> JSON {
        try await ask("/v1/payments/\(payment)/refunds", refund)
    }

    /// Asks the switch for something under a new idempotency key.
    package func ask(_ path: String, _ body: JSON) async throws(SwitchProblem) -> JSON {
        guard let client = state.withLock({ $0.client }) else { preconditionFailure("The bank is not connected") }
        return try await client.post(path, body, idempotencyKey: identities())
    }

    /// Reads something of the bank's own from the switch.
    package func look(_ path: String) async throws(SwitchProblem) -> JSON {
        guard let client = state.withLock({ $0.client }) else { preconditionFailure("The bank is not connected") }
        return try await client.get(path)
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.method == "POST" else { return HTTPResponse(status: 405, headers: ["Allow": "POST"]) }
        guard let body = try? JSON.parse(request.body), let id = body.text(at: "paymentId") else {
            return HTTPResponse(status: 400)
        }
        news.tell(request.path, body)
        switch mood {
        case .silent:
            try? await Task.sleep(for: .seconds(40))
            return HTTPResponse(status: 503)
        case .slow: try? await Task.sleep(for: .seconds(3))
        case .twice, .well: break
        }
        switch request.path {
        case "/credit-requests": return await answerCreditRequest(id, body)
        case "/status-queries": return answerStatusQuery(id)
        case "/reversal-requests": return cancel(id)
        case "/credit-decisions": return keepOrDrop(id, body)
        case "/recall-requests": return answerRecall(id)
        case "/recall-updates", "/dispute-updates": return HTTPResponse(status: 204)
        default: return HTTPResponse(status: 404)
        }
    }

    private func answerCreditRequest(_ id: String, _ body: JSON) async -> HTTPResponse {
        guard let amount = Money(json: body["merchantAmount"]), let shop = body.text(at: "merchant", "id") else {
            return HTTPResponse(status: 400)
        }
        let (attempt, objection) = take(id, amount, for: shop)
        if let objection { return refuse(id, objection) }
        // Another amount under the same id is another payment: the first one stands.
        guard let attempt else { return .json(["status": "REJECTED", "reason": "duplicate"], status: 409) }
        switch MagicAmount(amount) ?? (mood == .twice ? .duplicateAnswers : nil) {
        case .refuseClosed: return refuse(id, "merchant_closed")
        case .refuseBlocked: return refuse(id, "merchant_blocked")
        case .silence:
            try? await Task.sleep(for: .seconds(40))
            return HTTPResponse(status: 503)
        case .lateAcceptance:
            if attempt == 1 {
                state.withLock { $0.cases[id].isUndecided = true }
                answerOnItsOwn(id, after: .seconds(21), times: 1)
            }
            return .json(["status": "PENDING"], status: 202)
        case .duplicateAnswers:
            if attempt == 1 { answerOnItsOwn(id, after: .zero, times: 2) }
            return promise(id)
        case .garbageFirst:
            return attempt == 1 ? HTTPResponse(status: 200, body: Array("OK".utf8)) : promise(id)
        case .failsFirst:
            return attempt == 1 ? HTTPResponse(status: 500) : promise(id)
        case .answersAreLost:
            _ = promise(id)
            return HTTPResponse(status: 500)
        case .acceptsAfterRefusing, .neverReverses:
            if attempt == 1 { answerOnItsOwn(id, after: .seconds(2), times: 1) }
            return .json(["status": "REJECTED", "reason": "technical"])
        case .deliveredTwice, nil:
            return promise(id)
        }
    }

    /// Counts how often a credit has been asked for; without a count and an objection when another was asked for before.
    private func take(_ id: String, _ amount: Money, for shop: String) -> (attempt: Int?, objection: String?) {
        state.withLock { state in
            guard state.cases.row(id)?.amount ?? amount == amount else { return (nil, nil) }
            if let objection = SimulatedAcquirer.objection(to: amount, paidTo: state.shops[shop]) {
                return (nil, objection)
            }
            state.cases[id].attempts += 1
            state.cases[id].amount = amount
            return (state.cases[id].attempts, nil)
        }
    }

    /// Why a shop, by the currencies it is paid in, cannot be paid this amount; `nil` when it can.
    private static func objection(to amount: Money, paidTo currencies: Set<Currency>?) -> String? {
        guard let currencies else { return "merchant_not_found" }
        guard !currencies.isEmpty else { return "merchant_closed" }
        guard currencies.contains(amount.currency) else { return "currency_not_supported" }
        return amount.isPositive && amount.isPayable ? nil : "amount_invalid"
    }

    private func promise(_ id: String) -> HTTPResponse {
        let stands = state.withLock { state in
            state.cases[id].isUndecided = false
            switch state.cases[id].promise {
            case nil:
                state.cases[id].promise = .made
                if link == .singlePhase { credit(id, in: &state) }
                return true
            case .made, .kept: return true
            case .dropped, .refused: return false
            }
        }
        return stands ? .json(["status": "ACCEPTED"]) : .json(["status": "REJECTED", "reason": "technical"])
    }

    private func refuse(_ id: String, _ reason: String) -> HTTPResponse {
        state.withLock { $0.cases[id].promise = .refused }
        return .json(["status": "REJECTED", "reason": .string(reason)])
    }

    private func answerStatusQuery(_ id: String) -> HTTPResponse {
        let known = state.withLock { $0.cases.row(id) }
        if known?.isUndecided == true { return .json(["status": "PENDING"], status: 202) }
        return switch known?.promise {
        case .made, .kept: .json(["status": "ACCEPTED"])
        case .dropped, .refused: .json(["status": "REJECTED", "reason": "technical"])
        case nil: .json(["status": "NOT_FOUND"])
        }
    }

    /// Gives back what its shop has been credited.
    private func answerRecall(_ id: String) -> HTTPResponse {
        state.withLock { $0.cases.row(id)?.promise } == .kept
            ? .json(["status": "ACCEPTED"]) : .json(["status": "REFUSED", "reason": "NOOR"])
    }

    /// Undoes what it has promised or credited; the same again gets the same answer.
    private func cancel(_ id: String) -> HTTPResponse {
        let isUndone = state.withLock { state in
            // What comes after this, overtaken on its way, finds it dropped.
            guard let amount = state.cases.row(id)?.amount else {
                state.cases[id].promise = .dropped
                return true
            }
            guard MagicAmount(amount) != .neverReverses else { return false }
            if state.cases[id].promise == .kept {
                state.credited[amount.currency, default: 0] -= amount.minorUnits
                state.creditedPayments -= 1
            }
            state.cases[id].promise = .dropped
            return true
        }
        return .json(isUndone ? ["status": "CANCELLED"] : ["status": "REFUSED", "reason": "CUST"])
    }

    private func credit(_ id: String, in state: inout State) {
        guard state.cases[id].promise != .kept, let amount = state.cases[id].amount else { return }
        state.cases[id].promise = .kept
        state.credited[amount.currency, default: 0] += amount.minorUnits
        state.creditedPayments += 1
    }

    private func keepOrDrop(_ id: String, _ body: JSON) -> HTTPResponse {
        guard let amount = Money(json: body["merchantAmount"]), let decision = body.text(at: "decision"),
            ["COMMITTED", "ABORTED"].contains(decision)
        else {
            return HTTPResponse(status: 400)
        }
        guard state.withLock({ $0.cases.row(id)?.amount ?? amount }) == amount else { return HTTPResponse(status: 409) }
        state.withLock { state in
            state.cases[id].amount = amount
            if decision == "COMMITTED" {
                credit(id, in: &state)
            } else if state.cases[id].promise != .kept {
                state.cases[id].promise = .dropped
            }
        }
        return HTTPResponse(status: 204)
    }

    private func answerOnItsOwn(_ id: String, after delay: Duration, times: Int) {
        guard let client = state.withLock({ $0.client }) else { return }
        Task {
            try? await Task.sleep(for: delay)
            if link == .singlePhase { _ = promise(id) }
            for _ in 0..<times {
                _ = try? await client.post(
                    "/v1/payments/\(id)/answer",
                    ["status": "ACCEPTED"],
                    idempotencyKey: identities()
                )
            }
        }
    }
}

extension HTTPResponse {
    static func json(_ json: JSON, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: json.encoded)
    }
}

extension Money {
    /// Reads `{"value": "1980", "currency": "JPY"}`.
    package init?(json: JSON?) {
        guard let value = json?.text(at: "value"), let code = json?.text(at: "currency"),
            let currency = Currency(code: code),
            let money = try? Money(majorUnits: value, currency: currency)
        else { return nil }
        self = money
    }

    /// The form of the API.
    package var json: JSON { ["value": .string(majorUnits), "currency": .string(currency.code)] }
}
