package import KizunaMoney
package import KizunaWeb
import Synchronization

/// A payer's bank or wallet: holds the payer's money, asks for a quote, submits, and settles with its payer when the
/// switch says how it ended.
package final class SimulatedIssuer: HTTPHandler {
    /// A payment as the payer's bank saw it, from the scan to the receipt.
    package struct Story: Sendable {
        package let resolution: JSON
        package let quote: JSON
        /// The switch's answer to the submission.
        package let submitted: JSON
        /// The payment in its final state, or as it stood when the bank stopped waiting.
        package let final: JSON

        package var state: String { final.text(at: "state") ?? "" }
        package var paymentID: String { final.text(at: "id") ?? "" }
    }

    private struct Payer {
        let name: String
        var balance: Int64
        var held: Int64 = 0
        let currency: Currency
    }

    private struct Running {
        let account: String
        let debit: Int64
        var isSettled = false
    }

    private struct State {
        var payers: [String: Payer] = [:]
        var running: [String: Running] = [:]
        var updates: [String: JSON] = [:]
        var waiting: [String: CheckedContinuation<JSON?, Never>] = [:]
        var refunds: Set<String> = []
        var client: SwitchClient?
    }

    private let state = Mutex(State())
    private let news = BankNews()
    private let identities: @Sendable () -> String
    /// How long a wallet waits for the end of a payment before it shows "pending".
    private let patience: Duration

    /// - Parameter identities: makes a new version 4 UUID at each call.
    package init(patience: Duration = .seconds(25), identities: @escaping @Sendable () -> String) {
        self.patience = patience
        self.identities = identities
    }

    /// Gives the bank its way to the switch.
    package func connect(_ client: SwitchClient) { state.withLock { $0.client = client } }

    /// Has everything that the switch tells the bank from now on handed over, once the bank has dealt with it.
    package func follow(_ listener: @escaping @Sendable (_ path: String, _ body: JSON) -> Void) { news.add(listener) }

    /// Opens an account with money on it.
    package func open(_ account: String, name: String, balance: Money) {
        state.withLock {
            $0.payers[account] = Payer(name: name, balance: balance.minorUnits, currency: balance.currency)
        }
    }

    /// What is on an account, and how much of it is held.
    package func balance(of account: String) -> (balance: Money, held: Money)? {
        state.withLock { state in
            state.payers[account].map {
                (
                    Money(minorUnits: $0.balance, currency: $0.currency),
                    Money(minorUnits: $0.held, currency: $0.currency)
                )
            }
        }
    }

    /// Reads something of the bank's own from the switch.
    package func look(_ path: String) async throws(SwitchProblem) -> JSON {
        guard let client = state.withLock({ $0.client }) else { preconditionFailure("The bank is not connected") }
        return try await client.get(path)
    }

    /// Asks the switch for something under a new idempotency key.
    package func ask(_ path: String, _ body: JSON) async throws(SwitchProblem) -> JSON {
        guard let client = state.withLock({ $0.client }) else { preconditionFailure("The bank is not connected") }
        return try await client.post(path, body, idempotencyKey: identities())
    }

    /// Pays a scanned code from an account: the whole way of a wallet.
    ///
    /// - Parameter amount: what the payer typed, in the shop's currency; `nil` when the code says it.
    package func pay(_ payload: String, amount: Money?, from account: String) async throws(SwitchProblem) -> Story {
        let (client, payer) = connection(for: account)
        let resolution = try await client.post(
            "/v1/resolutions",
            ["payload": .string(payload)],
            idempotencyKey: identities()
        )
        let quote = try await client.post(
            "/v1/quotes",
            quoteRequest(resolution, amount, payer.currency),
            idempotencyKey: identities()
        )
        let submitted = try await submit(quote, from: account)
        let final = await end(of: submitted.text(at: "id") ?? "", client) ?? submitted
        return Story(resolution: resolution, quote: quote, submitted: submitted, final: final)
    }

    private func connection(for account: String) -> (SwitchClient, Payer) {
        let (client, payer) = state.withLock { ($0.client, $0.payers[account]) }
        guard let client, let payer else { preconditionFailure("The bank is not connected, or has no such account") }
        return (client, payer)
    }

    /// Holds the payer's money and submits a payment, without waiting for how it ends.
    ///
    /// - Returns: the payment as the switch answered.
    package func submit(_ quote: JSON, from account: String) async throws(SwitchProblem) -> JSON {
        let (client, payer) = connection(for: account)
        guard let debit = Money(json: quote["payerDebit"]) else {
            throw SwitchProblem(status: 0, code: "no_sense", detail: "The quote names no debit.")
        }
        try hold(debit, on: account)
        let submitted: JSON
        do throws(SwitchProblem) {
            submitted = try await client.post(
                "/v1/payments",
                submission(quote, payer: payer.name, account: account),
                idempotencyKey: identities()
            )
        } catch {
            // Refused for certain: let go. Without an answer the hold stays, for silence is not failure.
            if error.status != 0 { release(debit, on: account) }
            throw error
        }
        begin(submitted.text(at: "id") ?? "", account: account, debit: debit)
        return submitted
    }

    private func quoteRequest(_ resolution: JSON, _ amount: Money?, _ currency: Currency) -> JSON {
        let request: JSON = ["resolutionId": resolution["id"] ?? .null, "payerCurrency": .string(currency.code)]
        return amount.map { request.adding([JSON.Member(name: "amount", value: JSON($0))]) } ?? request
    }

    private func submission(_ quote: JSON, payer: String, account: String) -> JSON {
        [
            "quoteId": quote["id"] ?? .null,
            "uetr": .string(identities()),
            "merchantAmount": quote["merchantAmount"] ?? .null,
            "payerDebit": quote["payerDebit"] ?? .null,
            "payer": ["name": .string(payer), "account": .string(account)],
        ]
    }

    private func hold(_ debit: Money, on account: String) throws(SwitchProblem) {
        let isCovered = state.withLock { state in
            guard let payer = state.payers[account], payer.balance - payer.held >= debit.minorUnits else {
                return false
            }
            state.payers[account]?.held += debit.minorUnits
            return true
        }
        guard isCovered else {
            throw SwitchProblem(status: 422, code: "payer_funds", detail: "There is not enough on the account.")
        }
    }

    private func release(_ debit: Money, on account: String) {
        state.withLock { $0.payers[account]?.held -= debit.minorUnits }
    }

    private func begin(_ id: String, account: String, debit: Money) {
        state.withLock { state in
            state.running[id] = Running(account: account, debit: debit.minorUnits)
            if let early = state.updates[id] { settle(id, early, in: &state) }
        }
    }

    /// Waits for the switch's word; asks for it when none comes.
    private func end(of id: String, _ client: SwitchClient) async -> JSON? {
        let timeout = Task {
            try? await Task.sleep(for: patience)
            wake(id, nil)
        }
        defer { timeout.cancel() }
        let told = await withCheckedContinuation { (continuation: CheckedContinuation<JSON?, Never>) in
            let early = state.withLock { state -> JSON? in
                if let update = state.updates[id], update.isFinal { return update }
                state.waiting[id] = continuation
                return nil
            }
            if let early { continuation.resume(returning: early) }
        }
        if let told { return told }
        return try? await client.get("/v1/payments/\(id)")
    }

    private func wake(_ id: String, _ update: JSON?) {
        state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: update)
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.method == "POST" else { return HTTPResponse(status: 405, headers: ["Allow": "POST"]) }
        guard let body = try? JSON.parse(request.body) else { return HTTPResponse(status: 400) }
        switch request.path {
        case "/payment-updates":
            guard let id = body.text(at: "id") else { return HTTPResponse(status: 400) }
            state.withLock { state in
                state.updates[id] = body
                settle(id, body, in: &state)
            }
            if body.isFinal { wake(id, body) }
            news.tell(request.path, body)
            return HTTPResponse(status: 204)
        case "/refund-notices":
            guard creditRefund(body) else { return HTTPResponse(status: 400) }
            news.tell(request.path, body)
            return HTTPResponse(status: 204)
        case "/recall-updates", "/dispute-updates":
            return HTTPResponse(status: 204)
        default:
            return HTTPResponse(status: 404)
        }
    }

    /// Debits the payer when the payment is paid, lets the hold go when it never will be; once.
    private func settle(_ id: String, _ update: JSON, in state: inout State) {
        guard update.isFinal, let running = state.running[id], !running.isSettled else { return }
        state.running[id]?.isSettled = true
        state.payers[running.account]?.held -= running.debit
        if update.text(at: "outcome") == "success" { state.payers[running.account]?.balance -= running.debit }
    }

    private func creditRefund(_ notice: JSON) -> Bool {
        guard let id = notice.text(at: "id"), let payment = notice.text(at: "paymentId"),
            let amount = Money(json: notice["payerAmount"]), let fee = Money(json: notice["issuerFeeReturned"])
        else { return false }
        state.withLock { state in
            guard let account = state.running[payment]?.account, state.refunds.insert(id).inserted else { return }
            state.payers[account]?.balance += amount.minorUnits + fee.minorUnits
        }
        return true
    }
}

extension JSON {
    /// Whether a payment, as the API shows it, has ended.
    var isFinal: Bool { text(at: "outcome") == "success" || text(at: "outcome") == "failure" }
}
