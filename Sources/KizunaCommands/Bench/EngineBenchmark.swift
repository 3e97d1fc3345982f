import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Synchronization

/// Durable payments without HTTP: each caller submits one payment, then brings the destination's promise, and waits for
/// both commits before it begins the next.
///
/// A payment here is everything that its two commits write: quote, payment and parties, two holds, two postings, fees,
/// the idempotency record, timer, and messages. Quotes are made before the clock runs.
struct EngineBenchmark {
    var secondsEach = 3.0

    struct Row: Sendable {
        let paymentsPerSecond: Double
        let latencies: Latencies
    }

    /// Who pays whom: many pairs of banks, or one.
    enum Spread { case uniform, hotPair }

    private let committer: GroupCommitter
    private let store: any Store
    private let world: EngineWorld
    private let outbox: CreditRequests

    /// The credit requests that commits have written, for the callers to answer.
    private final class CreditRequests: Sendable {
        private let byPayment = Mutex<[PaymentID: UniqueID]>([:])

        func note(_ transaction: Transaction) {
            byPayment.withLock { byPayment in
                for case let message? in transaction.messages.changes.map(\.row) where message.kind == .creditRequest {
                    byPayment[message.payment] = message.id
                }
            }
        }

        func take(_ payment: PaymentID) -> UniqueID? { byPayment.withLock { $0.removeValue(forKey: payment) } }
    }

    init(store: any Store) async throws {
        self.store = store
        let outbox = CreditRequests()
        self.outbox = outbox
        committer = GroupCommitter(store: store, clock: SystemClock(), random: SystemRandom()) { outbox.note($0) }
        world = try await EngineWorld(committer: committer)
    }

    func run(callers: Int, spread: Spread) async throws -> Row {
        var (latencies, elapsed) = (Latencies(), Duration.zero)
        var chunk = max(callers * 4, 64)
        while elapsed < .seconds(secondsEach) {
            let orders = try await world.orders(chunk, spread: spread)
            let start = ContinuousClock.now
            latencies.merge(try await pay(orders, callers: callers))
            let took = start.duration(to: .now)
            elapsed += took
            // The next chunk should take about half a second.
            let rate = Double(chunk) / max(0.001, Double(took.wholeMilliseconds) / 1_000)
            chunk = min(max(Int(rate / 2), callers * 4), 40_000)
        }
        let seconds = Double(elapsed.wholeMilliseconds) / 1_000
        return Row(paymentsPerSecond: Double(latencies.count) / seconds, latencies: latencies)
    }

    private func pay(_ orders: [EngineWorld.Order], callers: Int) async throws -> Latencies {
        try await withThrowingTaskGroup(of: Latencies.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var latencies = Latencies()
                    for index in stride(from: caller, to: orders.count, by: callers) {
                        let start = ContinuousClock.now
                        try await pay(orders[index])
                        latencies.add(start.duration(to: .now))
                    }
                    return latencies
                }
            }
            var all = Latencies()
            for try await latencies in group { all.merge(latencies) }
            return all
        }
    }

    private func pay(_ order: EngineWorld.Order) async throws {
        let submitted = try await committer.submit(order.submission).result.get()
        guard case .payment(let payment) = submitted else { throw Refusal(.technical, "Not a payment.") }
        guard let message = outbox.take(payment.id) else { throw Refusal(.technical, "No credit request.") }
        let promise = Command.delivered(message: message, about: payment.id, .accepted)
        _ = try await committer.submit(Submission(caller: .system, command: promise)).result.get()
    }

    /// Whether the journal agrees with every balance.
    func isBalanced() throws -> Bool {
        let audit = try store.read { reader throws(StoreError) in
            var audit = Audit()
            try reader.audit(&audit)
            return audit
        }
        return audit.violations.isEmpty && audit.openHoldIDs.isEmpty
    }
}
