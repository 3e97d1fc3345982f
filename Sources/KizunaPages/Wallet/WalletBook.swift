import KizunaLedger
import KizunaSwitch
import KizunaWeb
import Synchronization

/// What the wallet remembers: scans, prices, payments; each bounded.
final class WalletBook: Sendable {
    private static let mostOpen = 1_000
    private static let mostPayments = 2_000

    /// Whom a change wakes.
    private enum Subject: Hashable, Sendable { case payment(UniqueID), account(String) }

    private struct State {
        var shops = Recent<UniqueID, ScannedShop>(most: WalletBook.mostOpen)
        var offers = Recent<UniqueID, WalletOffer>(most: WalletBook.mostOpen)
        var payments = Recent<UniqueID, WalletPayment>(most: WalletBook.mostPayments)
        /// What the switch said about payments before the bank had its answer.
        var early = Recent<UniqueID, JSON>(most: WalletBook.mostOpen)
    }

    private let state = Mutex(State())
    private let watch = Watch<Subject>()

    func keep(_ shop: ScannedShop) { state.withLock { $0.shops[shop.resolution] = shop } }
    func shop(_ id: UniqueID) -> ScannedShop? { state.withLock { $0.shops[id] } }

    func keep(_ offer: WalletOffer) { state.withLock { $0.offers[offer.id] = offer } }
    func offer(_ id: UniqueID) -> WalletOffer? { state.withLock { $0.offers[id] } }

    func begin(_ payment: WalletPayment) {
        state.withLock { state in
            var payment = payment
            if let early = state.early[payment.id] { payment.update(early) }
            state.payments[payment.id] = payment
        }
        watch.wake(.account(payment.account))
    }

    func payment(_ id: UniqueID) -> WalletPayment? { state.withLock { $0.payments[id] } }

    /// An account's payments, the latest first.
    func payments(of account: String, most: Int) -> [WalletPayment] {
        state.withLock { Array($0.payments.latest.lazy.filter { $0.account == account }.prefix(most)) }
    }

    /// Changes whenever something about an account's payments does.
    func version(of account: String) -> String {
        let payments = payments(of: account, most: WalletBook.mostPayments)
        return "\(payments.count).\(payments.reduce(0) { $0 + $1.version })"
    }

    /// Takes what the switch tells the payer's bank.
    func take(_ path: String, _ body: JSON) {
        switch path {
        case "/payment-updates": if let id = try? body.id("id") { update(id, body) }
        case "/refund-notices": if let id = try? body.id("paymentId") { change(id) { $0.refund(body) } }
        default: break
        }
    }

    func update(_ id: UniqueID, _ body: JSON) {
        let isKnown = change(id) { $0.update(body) }
        if !isKnown { state.withLock { $0.early[id] = body } }
    }

    @discardableResult
    private func change(_ id: UniqueID, _ body: (inout WalletPayment) -> Void) -> Bool {
        let payment = state.withLock { state -> WalletPayment? in
            guard var payment = state.payments[id] else { return nil }
            body(&payment)
            state.payments[id] = payment
            return payment
        }
        guard let payment else { return false }
        watch.wake(.payment(id))
        watch.wake(.account(payment.account))
        return true
    }

    /// Returns when a payment is another than in a version, or the time is over.
    func wait(for id: UniqueID, after version: Int, atMost limit: Duration) async {
        await watch.wait(for: .payment(id), atMost: limit) { self.payment(id)?.version != version }
    }

    /// Returns when something about an account's payments has changed since, or the time is over.
    func wait(for account: String, after version: String, atMost limit: Duration) async {
        await watch.wait(for: .account(account), atMost: limit) { self.version(of: account) != version }
    }
}
