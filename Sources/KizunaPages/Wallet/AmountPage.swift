import KizunaLedger
import KizunaMoney
import KizunaWeb

/// Whom the code pays; and how much, where the code does not say it.
struct AmountPage {
    let account: WalletAccount
    let shop: ScannedShop
    var typed: String?
    var refusal: BankRefusal?

    func response(to visit: Visit) -> HTTPResponse {
        let wallet = visit.words.wallet
        return visit.page(
            wallet.amountTitle,
            status: refusal == nil ? 200 : 422,
            options: .init(isNarrow: true),
            """
            \(ShopCard(shop: shop).markup(visit.words))
            \(refusal.map { RefusalNotice(refusal: $0).markup(visit.words) })
            <form method="post" action="/wallet/\(account.name)/scans/\(shop.resolution.description)/quotes">\
            \(visit.tokenField)
            \(question(wallet))
            <div class="buttons"><button type="submit" class="block">\(wallet.seePrice)</button>
            <a class="button quiet block" href="/wallet/\(account.name)">\(wallet.cancel)</a></div>
            </form>
            """
        )
    }

    private func question(_ wallet: WalletWords) -> Markup {
        if let amount = shop.amount {
            return """
                <h1 class="centre">\(wallet.amountFixed)</h1>
                <p class="centre">\(amount.largeMarkup)</p>
                """
        }
        return """
            <h1><label for="amount">\(wallet.amountTitle)</label></h1>
            <input id="amount" class="amount" name="amount" inputmode="decimal" autocomplete="off" required maxlength="15" \
            value="\(typed ?? "")" autofocus>
            <fieldset><legend>\(wallet.currency)</legend><div class="choice">
            <label><input type="radio" name="currency" value="\(shop.currency.code)" checked>\
            \(wallet.inShops(sign(shop.currency)))</label>
            <label><input type="radio" name="currency" value="\(account.currency.code)">\
            \(wallet.inYours(sign(account.currency)))</label>
            </div></fieldset>
            <p class="hint">\(wallet.yourCurrencyHint)</p>
            """
    }

    private func sign(_ currency: Currency) -> String {
        currency.sign.map { "\($0) \(currency.code)" } ?? currency.code
    }
}

/// The shop, according to its own bank.
struct ShopCard {
    let shop: ScannedShop

    func markup(_ words: Words) -> Markup {
        let wallet = words.wallet
        let tag = Language(of: shop.country).rawValue
        let latin: Markup? = shop.localName == nil ? nil : "<p class=\"soft\">\(shop.name)</p>"
        let facts = [
            Part.Fact(wallet.city, "\(shop.city), \(words.frame.name(of: shop.country))"),
            Part.Fact(wallet.reference, text: shop.reference),
            shop.bearsOtherName ? Part.Fact(wallet.codeSays, text: shop.printedNames.first) : nil,
        ]
        let warning = shop.bearsOtherName ? Part.notice(.warn, "<p>\(wallet.nameDiffers)</p>") : nil
        return """
            <section class="card">
            <p class="soft small">\(wallet.shopByBank(shop.bankName))</p>
            <h2 lang="\(tag)">\(shop.title)</h2>
            \(latin)
            \(Part.facts(facts.compactMap { $0 }))
            </section>
            \(warning)
            """
    }
}
