import KizunaLedger
import KizunaMoney
import KizunaWeb

/// Does for a payer what a bank's own app would ask of the bank: reads codes, asks for prices, pays.
struct WalletTeller: Sendable {
    let account: WalletAccount
    let book: WalletBook

    /// How many prices are asked for until one is at most what the payer typed.
    private static let mostTries = 4

    func read(_ payload: String) async throws(BankRefusal) -> ScannedShop {
        let answer = try await account.bank.post("/v1/resolutions", ["payload": .string(payload)])
        let shop = try ScannedShop(answer, payload: payload, bankName: account.bank.name)
        book.keep(shop)
        return shop
    }

    /// Asks what it costs that the shop receives an amount.
    ///
    /// - Parameter amount: `nil` where the code says it.
    func price(_ shop: ScannedShop, _ amount: Money?) async throws(BankRefusal) -> WalletOffer {
        var request: [JSON.Member] = [
            JSON.Member(name: "resolutionId", value: JSON(name: shop.resolution)),
            JSON.Member(name: "payerCurrency", value: .string(account.currency.code)),
            JSON.Member(name: "payer", value: ["account": .string(account.number)]),
        ]
        if let amount { request.append(JSON.Member(name: "amount", value: JSON(amount))) }
        let offer = try WalletOffer(try await account.bank.post("/v1/quotes", .object(request)), of: shop)
        book.keep(offer)
        return offer
    }

    /// Asks how much the shop receives for at most an amount of the payer's money.
    ///
    /// The shop's amount is always the one that is fixed, so this looks for it: a first price shows the rate, and each
    /// further one goes down by what the last was too dear.
    func price(_ shop: ScannedShop, forAtMost budget: Money) async throws(BankRefusal) -> WalletOffer {
        var amount = WalletTeller.firstGuess(shop.currency)
        for _ in 0..<WalletTeller.mostTries {
            let offer = try await price(shop, amount)
            let isFirst = amount == WalletTeller.firstGuess(shop.currency)
            if !isFirst, offer.price.payerDebit.minorUnits <= budget.minorUnits { return offer }
            let affordable = try? amount.proportion(
                budget.minorUnits,
                of: max(offer.price.payerDebit.minorUnits, 1),
                rounding: .down
            )
            guard let affordable, affordable.isPositive else { throw BankRefusal(code: "amount_invalid") }
            // The fee and the roundings may make it a unit too dear once more.
            let step = affordable == amount ? shop.currency.customerUnitMinorUnits : 0
            amount = Money(minorUnits: affordable.minorUnits - step, currency: shop.currency)
        }
        throw BankRefusal(code: "amount_invalid")
    }

    /// About ten dollars.
    private static func firstGuess(_ currency: Currency) -> Money {
        switch currency {
        case .jpy: Money(minorUnits: 1_500, currency: .jpy)
        case .khr: Money(minorUnits: 40_000_00, currency: .khr)
        default: Money(minorUnits: 10 * currency.minorUnitsPerMajor, currency: currency)
        }
    }

    func pay(_ offer: WalletOffer) async throws(BankRefusal) -> WalletPayment {
        let answer = try await account.bank.submit(offer.quote, from: account.number)
        let payment = try WalletPayment(answer, of: offer, from: account.name)
        book.begin(payment)
        return payment
    }

    /// Asks what became of a payment of which nothing was heard.
    func ask(about payment: UniqueID) async {
        guard let answer = try? await account.bank.get("/v1/payments/\(payment)") else { return }
        book.update(payment, answer)
    }
}
