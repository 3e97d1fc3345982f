import KizunaLedger
import KizunaMoney
import KizunaWeb

/// What it costs, how that comes about, how long it holds, and the question whether to pay.
struct OfferPage {
    let account: WalletAccount
    let offer: WalletOffer
    var refusal: BankRefusal?

    private var path: String { "/wallet/\(account.name)/quotes/\(offer.id.description)" }

    func response(to visit: Visit) -> HTTPResponse {
        let wallet = visit.words.wallet
        return visit.page(
            wallet.offerTitle,
            status: refusal == nil ? 200 : 422,
            options: .init(isNarrow: true),
            """
            <h1>\(wallet.offerTitle)</h1>
            \(ShopCard(shop: offer.shop).markup(visit.words))
            \(ExchangeFigure(left: (wallet.youPay, offer.price.payerDebit), right: (wallet.shopReceives, offer.price.merchantAmount))
                .markup)
            \(PriceFacts(price: offer.price, bankName: account.bankName).markup(visit.words))
            \(offer.possibleDuplicate ? Part.notice(.warn, "<p>\(wallet.duplicate)</p>") : nil)
            \(refusal.map { RefusalNotice(refusal: $0).markup(visit.words) })
            \(question(visit))
            """
        )
    }

    private func question(_ visit: Visit) -> Markup {
        let wallet = visit.words.wallet
        let anew: Markup = """
            <div class="buttons"><a class="button block" \
            href="/wallet/\(account.name)/scans/\(offer.shop.resolution.description)">\(wallet.newPrice)</a>\
            <a class="button quiet block" href="/wallet/\(account.name)">\(wallet.cancel)</a></div>
            """
        guard let countdown = Part.countdown(wallet.heldFor, until: offer.expiresAt, at: visit.now), refusal == nil
        else {
            return refusal == nil ? "\(Part.notice(.warn, "<p>\(wallet.lapsed)</p>"))\(anew)" : anew
        }
        return """
            <div data-while>
            \(countdown)
            <form method="post" action="\(path)/payments">\(visit.tokenField)
            <button type="submit" class="block">\(wallet.pay(offer.price.payerDebit.priced))</button></form>
            <p><a class="button quiet block" href="/wallet/\(account.name)">\(wallet.cancel)</a></p>
            </div>
            <div data-over hidden>\(Part.notice(.warn, "<p>\(wallet.lapsed)</p>"))\(anew)</div>
            """
    }
}
