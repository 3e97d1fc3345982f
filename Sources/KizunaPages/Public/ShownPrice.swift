import KizunaMoney
import KizunaPayments
import KizunaWeb

/// A price as people are shown it, whoever it comes from.
struct ShownPrice: Sendable {
    let merchantAmount: Money
    let interbankAmount: Money
    let issuerFee: Money
    let payerDebit: Money
    /// The payer's units for one of the shop's, as a decimal number.
    let rate: String
    let midRate: String
    /// How much dearer than at the market's middle, such as `+1.004`; `nil` where that does not fit.
    let markupPercent: String?
}

extension ShownPrice {
    init(_ price: Price) {
        self.init(
            merchantAmount: price.merchantAmount,
            interbankAmount: price.interbankAmount,
            issuerFee: price.issuerFee,
            payerDebit: price.payerDebit,
            rate: price.rate.description,
            midRate: price.midRate.description,
            markupPercent: price.markupPercent
        )
    }

    /// - Parameter quote: as the API gives it.
    init(_ quote: JSON) throws(BankRefusal) {
        self.init(
            merchantAmount: try quote.money("merchantAmount"),
            interbankAmount: try quote.money("interbankAmount"),
            issuerFee: try quote.money("issuerFee"),
            payerDebit: try quote.money("payerDebit"),
            rate: try quote.value("rate") { $0 },
            midRate: try quote.value("midRate") { $0 },
            markupPercent: quote.text(at: "markupPercent")
        )
    }
}

/// The two amounts, and the threads between them.
struct ExchangeFigure {
    let left: (name: String, amount: Money)
    let right: (name: String, amount: Money)

    var markup: Markup {
        """
        <div class="exchange">
        <p><span class="soft">\(left.name)</span> \(left.amount.markup)</p>
        \(Part.thread)
        <p><span class="soft">\(right.name)</span> \(right.amount.markup)</p>
        </div>
        """
    }
}

/// How the payer's amount comes about.
struct PriceFacts {
    let price: ShownPrice
    let bankName: String

    func markup(_ words: Words) -> Markup {
        let wallet = words.wallet
        return Part.facts(
            [
                rate(wallet.rate, price.rate), rate(wallet.midRate, price.midRate),
                Part.Fact(wallet.exchanged, price.interbankAmount.markup),
                Part.Fact(wallet.feeOf(bankName), price.issuerFee.markup),
                Part.Fact(wallet.total, price.payerDebit.markup, isTotal: true),
                Part.Fact(wallet.markup, text: price.markupPercent.map { "\($0)\u{A0}%" }),
            ].compactMap { $0 }
        )
    }

    private func rate(_ name: String, _ rate: String) -> Part.Fact? {
        RateText(rate, payer: price.payerDebit.currency, merchant: price.merchantAmount.currency).map { text in
            Part.Fact(name, "<data class=\"number\" value=\"\(rate)\">\(text.text)</data>")
        }
    }
}
