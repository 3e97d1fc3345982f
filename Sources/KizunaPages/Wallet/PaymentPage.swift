import KizunaLedger
import KizunaPayments
import KizunaWeb

/// What becomes of a payment, as it happens.
struct PaymentPage {
    let account: WalletAccount
    let payment: WalletPayment

    private var path: String { "/wallet/\(account.name)/payments/\(payment.id.description)" }

    func response(to visit: Visit) -> HTTPResponse {
        let event = event(visit.words)
        return visit.page(
            title(visit.words.wallet),
            options: .init(isNarrow: true, refreshSeconds: payment.isOver ? nil : 2),
            Part.live("\(path)/events", id: event.id, event.content)
        )
    }

    /// The page's content as it is now. It is never the last: a refund may come any day.
    func event(_ words: Words) -> LiveEvent { LiveEvent(id: String(payment.version), content: content(words)) }

    private func title(_ wallet: WalletWords) -> String {
        switch payment.outcome {
        case "success": wallet.paidTitle
        case "failure": wallet.refusedTitle
        case "unknown": wallet.waitingTitle
        default: wallet.pendingTitle
        }
    }

    private func content(_ words: Words) -> Markup {
        switch payment.outcome {
        case "success": paid(words)
        case "failure": refused(words)
        default: underWay(words)
        }
    }

    private func paid(_ words: Words) -> Markup {
        let (wallet, offer) = (words.wallet, payment.offer)
        let back = payment.refunded.map { Part.notice(.good, "<p><b>\(wallet.refundArrived($0.priced))</b></p>") }
        return """
            <div class="centre" data-sound="paid-\(payment.id.description)">\(Part.mark(.good, isNew: true))
            <h1>\(wallet.paidTitle)</h1>
            <p class="lead">\(wallet.paid(offer.shop.title, offer.price.merchantAmount.priced))</p></div>
            \(back)
            \(ExchangeFigure(left: (wallet.youPay, offer.price.payerDebit), right: (wallet.shopReceives, offer.price.merchantAmount))
                .markup)
            \(PriceFacts(price: offer.price, bankName: account.bankName).markup(words))
            <div class="buttons"><a class="button block" href="/receipts/\(payment.uetr)">\(wallet.receipt)</a>
            <a class="button quiet block" href="/wallet/\(account.name)">\(wallet.another)</a></div>
            """
    }

    private func refused(_ words: Words) -> Markup {
        let wallet = words.wallet
        let said = words.refusal.refusal(payment.reason ?? "technical")
        return """
            <div class="centre">\(Part.mark(.bad, isNew: true))
            <h1>\(wallet.refusedTitle)</h1>
            <p class="lead">\(said.title)</p></div>
            \(Part.notice(.bad, "<p>\(said.advice)</p><p>\(wallet.nothingTaken)</p>"))
            <div class="buttons"><a class="button block" \
            href="/wallet/\(account.name)/scans/\(payment.offer.shop.resolution.description)">\(wallet.newPrice)</a>
            <a class="button quiet block" href="/wallet/\(account.name)">\(wallet.another)</a></div>
            """
    }

    private func underWay(_ words: Words) -> Markup {
        let wallet = words.wallet
        let isUnknown = payment.outcome == "unknown"
        return """
            <h1>\(title(wallet))</h1>
            \(isUnknown ? Part.notice(.warn, "<p>\(wallet.waiting)</p>") : nil)
            \(Part.timeline([
                Part.Step(.done, .text(wallet.setAside(payment.offer.price.payerDebit.priced))),
                Part.Step(reached(.reserved), .text(wallet.checked)),
                Part.Step(reached(.accepted), .text(wallet.askedBank)),
                Part.Step(reached(.completed), .text(wallet.shopPaid)),
            ]))
            <p class="soft">\(words.payment.state(payment.state).sentence)</p>
            """
    }

    /// Where the payment is, seen from a state that it has to pass.
    private func reached(_ state: PaymentState) -> Part.Step.Standing {
        let order: [PaymentState] = [.submitted, .reserved, .sent, .accepted, .completed]
        let here = order.firstIndex(of: payment.state == .unknown ? .sent : payment.state) ?? 0
        let there = order.firstIndex(of: state) ?? 0
        if here >= there { return .done }
        return there - here <= (state == .accepted ? 2 : 1) ? .now : .later
    }
}
