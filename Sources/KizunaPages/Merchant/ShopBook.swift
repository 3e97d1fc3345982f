import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb
import Synchronization

/// What a shop's device remembers: its codes and its sales, each bounded.
final class ShopBook: Sendable {
    private static let mostCodes = 500
    private static let mostSales = 5_000

    private struct State {
        var codes = Recent<UniqueID, ShopCode>(most: ShopBook.mostCodes)
        var sales = Recent<UniqueID, Sale>(most: ShopBook.mostSales)
        var version = 1
    }

    private let key: MerchantKey
    private let clock: any Clock
    private let state = Mutex(State())
    private let watch = Watch<MerchantKey>()

    init(of shop: Shop, clock: any Clock) {
        key = shop.key
        self.clock = clock
    }

    /// Counts what has changed.
    var version: Int { state.withLock { $0.version } }

    func keep(_ code: ShopCode) { state.withLock { $0.codes[code.id] = code } }
    func code(_ id: UniqueID) -> ShopCode? { state.withLock { $0.codes[id] } }
    func sale(_ id: UniqueID) -> Sale? { state.withLock { $0.sales[id] } }

    /// The sale on a code that was made for it: the one that is paid, or else the latest.
    func sale(on code: ShopCode) -> Sale? {
        state.withLock { state in
            let sales = state.sales.latest.filter { $0.reference == code.reference }
            return sales.first { $0.standing == .paid } ?? sales.first
        }
    }

    /// The sales that were paid on a day of the shop's country, the latest first.
    func sales(on day: Int, in country: Country) -> [Sale] {
        state.withLock { state in
            state.sales.latest.filter { $0.standing == .paid && country.day(at: $0.at) == day }
        }
    }

    /// Takes what the switch tells the shop's bank.
    func take(_ path: String, _ body: JSON) {
        let now = clock.now()
        switch path {
        case "/credit-requests":
            guard body.text(at: "merchant", "code") == key.text, let sale = try? Sale(body, at: now) else { return }
            change { state in
                // The same request again is no other sale.
                if state.sales[sale.id] == nil { state.sales[sale.id] = sale }
            }
        case "/credit-decisions":
            guard let id = try? body.id("paymentId") else { return }
            change { $0.sales[id]?.decide(body, at: now) }
        default: break
        }
    }

    func add(_ refund: JSON, to sale: UniqueID) { change { state in try? state.sales[sale]?.add(refund) } }

    /// Returns when something has changed since a version, or the time is over.
    func wait(after version: Int, atMost limit: Duration) async {
        await watch.wait(for: key, atMost: limit) { self.version != version }
    }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            state.version += 1
        }
        watch.wake(key)
    }
}
