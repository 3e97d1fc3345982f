import KizunaLedger
import KizunaWeb

/// The wallet's first page: scan a code, and what was paid lately.
struct ScanPage {
    static let mostPayments = 5

    let account: WalletAccount
    let samples: [SampleCode]
    let latest: [WalletPayment]
    let version: String
    var refusal: BankRefusal?

    private var path: String { "/wallet/\(account.name)" }

    func response(to visit: Visit) -> HTTPResponse {
        let wallet = visit.words.wallet
        return visit.page(
            wallet.scanTitle,
            status: refusal == nil ? 200 : 422,
            options: .init(isNarrow: true),
            """
            <h1>\(wallet.scanTitle)</h1>
            <p class="lead">\(wallet.scanLead)</p>
            \(refusal.map { RefusalNotice(refusal: $0).markup(visit.words) })
            \(camera(visit.words))
            <details\(refusal == nil ? nil : " open" as Markup?)><summary>\(wallet.otherWays)</summary>
            \(pictureForm(visit))
            \(pasteForm(visit))
            </details>
            \(sampleForms(visit))
            \(Part.live("\(path)/events", id: version, event(visit.words).content))
            """
        )
    }

    /// The part that changes by itself: the balance, and what was paid.
    func event(_ words: Words) -> LiveEvent {
        let wallet = words.wallet
        let more: Markup? =
            latest.count < ScanPage.mostPayments
            ? nil : "<p><a href=\"\(path)/payments\">\(wallet.wholeHistory)</a></p>"
        return LiveEvent(
            id: version,
            content: """
                <section class="card">
                <h2>\(account.payer) · \(account.bankName)</h2>
                <p class="soft">\(wallet.balance)</p>
                <p>\(account.bank.available(on: account.number).map(\.markup))</p>
                <p><a href="/wallet">\(wallet.change)</a></p>
                </section>
                <h2>\(wallet.history)</h2>
                \(PaymentList(account: account, payments: latest, words: words).markup)
                \(more)
                """
        )
    }

    private func camera(_ words: Words) -> Markup {
        let wallet = words.wallet
        return """
            <section class="camera" data-reader="\(path)/pictures" data-field="code" data-file="picture" \
            data-looking="\(wallet.looking)" data-nothing="\(wallet.nothingFound)" \
            data-refused="\(wallet.cameraRefused)">
            <button type="button" class="block" hidden>\(wallet.useCamera)</button>
            <video playsinline muted hidden aria-label="\(wallet.camera)"></video>
            <p role="status" class="soft"></p>
            </section>
            """
    }

    private func pictureForm(_ visit: Visit) -> Markup {
        let wallet = visit.words.wallet
        return """
            <form method="post" action="\(path)/pictures" enctype="multipart/form-data">\(visit.tokenField)
            <label for="picture">\(wallet.picture)</label>
            <input id="picture" name="picture" type="file" accept="image/png,image/jpeg" required>
            <p class="hint">\(wallet.pictureHint)</p>
            <button type="submit" class="quiet">\(wallet.readPicture)</button>
            </form>
            """
    }

    private func pasteForm(_ visit: Visit) -> Markup {
        let wallet = visit.words.wallet
        return """
            <form method="post" action="\(path)/scans">\(visit.tokenField)
            <label for="code">\(wallet.paste)</label>
            <textarea id="code" name="code" required spellcheck="false" autocomplete="off" maxlength="8192"></textarea>
            <button type="submit" class="quiet">\(wallet.readCode)</button>
            </form>
            """
    }

    private func sampleForms(_ visit: Visit) -> Markup {
        let buttons = samples.map { sample -> Markup in
            """
            <form method="post" action="\(path)/scans">\(visit.tokenField)\
            <input type="hidden" name="code" value="\(sample.payload)">\
            <button type="submit" class="quiet"><span lang="\(Language(of: sample.country).rawValue)">\
            \(sample.localName)</span></button></form>
            """
        }
        return "<h2>\(visit.words.wallet.samples)</h2>\n<div class=\"buttons\">\n\(buttons)\n</div>"
    }
}

/// Why not, and what to do.
struct RefusalNotice {
    let refusal: BankRefusal

    func markup(_ words: Words) -> Markup {
        let said = words.refusal.refusal(refusal.code)
        return Part.notice(.bad, "<p><b>\(said.title)</b></p><p>\(said.advice)</p>")
    }
}

/// Payments under each other, each a way to its page.
struct PaymentList {
    let account: WalletAccount
    let payments: [WalletPayment]
    let words: Words

    var markup: Markup {
        guard !payments.isEmpty else { return "<p class=\"soft\">\(words.wallet.noHistory)</p>" }
        return "<ul class=\"list\">\n\(payments.map(line))\n</ul>"
    }

    private func line(_ payment: WalletPayment) -> Markup {
        let moment = MomentText(payment.startedAt, in: account.country)
        let state = words.payment.state(payment.state).name
        let back = payment.refunded.map {
            "<br><small class=\"good\">\(words.wallet.refundArrived($0.priced))</small>" as Markup
        }
        return """
            <li><a href="/wallet/\(account.name)/payments/\(payment.id.description)">\
            <span><b lang="\(Language(of: payment.offer.shop.country).rawValue)">\(payment.offer.shop.title)</b><br>\
            <small class="soft">\(moment.timeMarkup)</small> \(Part.badge(state, Part.Tone(payment.state)))\(back)</span>\
            <span class="amounts"><b>\(payment.offer.price.payerDebit.markup)</b><br>\
            <small class="soft">\(payment.offer.price.merchantAmount.markup)</small></span></a></li>
            """
    }
}
