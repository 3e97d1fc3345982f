import KizunaLedger
import KizunaMoney
import KizunaWeb

/// The wallet: a payer scans a shop's code of the other country, sees what it costs, agrees, and watches it being paid.
///
/// It is for the demonstration: whoever opens it may pay from its accounts.
package struct WalletPages: PageSection {
    let accounts: [WalletAccount]
    let samples: [SampleCode]
    let pictures: any CodePictures
    let book = WalletBook()

    package init(accounts: [WalletAccount], samples: [SampleCode], pictures: any CodePictures) {
        self.accounts = accounts
        self.samples = samples
        self.pictures = pictures
        var followed: Set<String> = []
        for account in accounts where followed.insert(account.bankName).inserted {
            account.bank.follow { [book] path, body in book.take(path, body) }
        }
    }

    package let entry: NavigationEntry? = NavigationEntry(path: "/wallet") { $0.frame.wallet }

    package var routes: [PageRoute] {
        [
            .page("/wallet") { visit throws(PageRefusal) in choose(visit) },
            .page("/wallet/{account:name}") { visit throws(PageRefusal) in
                scanPage(visit, try account(visit)).response(to: visit)
            },
            .page("/wallet/{account:name}/events") { visit throws(PageRefusal) in try await accountEvent(visit) },
            .page("/wallet/{account:name}/payments") { visit throws(PageRefusal) in try history(visit) },
            .action("/wallet/{account:name}/scans") { visit throws(PageRefusal) in try await scan(visit) },
            .action("/wallet/{account:name}/pictures", takesFile: true) { visit throws(PageRefusal) in
                try await scanPicture(visit)
            },
            .page("/wallet/{account:name}/scans/{scan:id}") { visit throws(PageRefusal) in
                AmountPage(account: try account(visit), shop: try shop(visit)).response(to: visit)
            },
            .action("/wallet/{account:name}/scans/{scan:id}/quotes") { visit throws(PageRefusal) in
                try await quote(visit)
            },
            .page("/wallet/{account:name}/quotes/{quote:id}") { visit throws(PageRefusal) in
                OfferPage(account: try account(visit), offer: try offer(visit)).response(to: visit)
            },
            .action("/wallet/{account:name}/quotes/{quote:id}/payments") { visit throws(PageRefusal) in
                try await pay(visit)
            },
            .page("/wallet/{account:name}/payments/{payment:id}") { visit throws(PageRefusal) in
                PaymentPage(account: try account(visit), payment: try payment(visit)).response(to: visit)
            },
            .page("/wallet/{account:name}/payments/{payment:id}/events") { visit throws(PageRefusal) in
                try await paymentEvent(visit)
            },
        ]
    }

    // MARK: Showing

    private func choose(_ visit: Visit) -> HTTPResponse {
        ChooserPage(accounts: accounts, words: visit.words).response(to: visit)
    }

    private func scanPage(_ visit: Visit, _ account: WalletAccount, refusal: BankRefusal? = nil) -> ScanPage {
        ScanPage(
            account: account,
            samples: samples.filter { $0.country != account.country },
            latest: book.payments(of: account.name, most: ScanPage.mostPayments),
            version: book.version(of: account.name),
            refusal: refusal
        )
    }

    private func history(_ visit: Visit) throws(PageRefusal) -> HTTPResponse {
        let account = try account(visit)
        let words = visit.words
        let list = PaymentList(account: account, payments: book.payments(of: account.name, most: 200), words: words)
        return visit.page(
            words.wallet.history,
            options: .init(isNarrow: true),
            """
            <h1>\(words.wallet.history)</h1>
            \(list.markup)
            <p><a class="button quiet" href="/wallet/\(account.name)">\(words.frame.back)</a></p>
            """
        )
    }

    // MARK: Doing

    private func scan(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        let account = try account(visit)
        guard let payload = visit.form["code"] else { throw .badForm }
        return await read(payload, account, visit)
    }

    /// A photograph: the script wants the code's text to send it as if it had been pasted, a form wants the next page.
    private func scanPicture(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        let account = try account(visit)
        guard let file = visit.form.file else { throw .badForm }
        let code = await pictures.codes(in: file).first
        guard visit.request.headers["Content-Type"]?.hasPrefix("image/") == true else {
            guard let code else {
                return scanPage(visit, account, refusal: BankRefusal(code: "qr_invalid")).response(to: visit)
            }
            return await read(code, account, visit)
        }
        guard let code else { return HTTPResponse(status: 204) }
        let type: HTTPHeaders = ["Content-Type": "text/plain; charset=utf-8"]
        return HTTPResponse(status: 200, headers: type, body: Array(code.utf8))
    }

    private func read(_ payload: String, _ account: WalletAccount, _ visit: Visit) async -> HTTPResponse {
        do throws(BankRefusal) {
            let shop = try await teller(account).read(payload)
            return visit.lead(to: "/wallet/\(account.name)/scans/\(shop.resolution)")
        } catch {
            return scanPage(visit, account, refusal: error).response(to: visit)
        }
    }

    private func quote(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        let (account, shop) = (try account(visit), try shop(visit))
        do throws(BankRefusal) {
            let offer = try await price(shop, account, visit.form)
            return visit.lead(to: "/wallet/\(account.name)/quotes/\(offer.id)")
        } catch {
            return AmountPage(account: account, shop: shop, typed: visit.form["amount"], refusal: error)
                .response(to: visit)
        }
    }

    private func price(
        _ shop: ScannedShop,
        _ account: WalletAccount,
        _ form: Form
    ) async throws(BankRefusal) -> WalletOffer {
        if shop.amount != nil { return try await teller(account).price(shop, nil) }
        let currency = form["currency"].flatMap { Currency(code: $0) } ?? shop.currency
        guard let amount = form.money("amount", currency), amount.isPositive, amount.isPayable
        else {
            throw BankRefusal(code: "amount_invalid")
        }
        if currency == shop.currency { return try await teller(account).price(shop, amount) }
        guard currency == account.currency else { throw BankRefusal(code: "currency_not_supported") }
        return try await teller(account).price(shop, forAtMost: amount)
    }

    private func pay(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        let (account, offer) = (try account(visit), try offer(visit))
        do throws(BankRefusal) {
            let payment = try await teller(account).pay(offer)
            return visit.lead(to: "/wallet/\(account.name)/payments/\(payment.id)")
        } catch {
            return OfferPage(account: account, offer: offer, refusal: error).response(to: visit)
        }
    }

    // MARK: News

    /// How long nothing is heard until the bank asks the switch.
    private static let patience = Duration.seconds(5)

    private func paymentEvent(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        let (account, known) = (try account(visit), try payment(visit))
        let seen = visit.lastEvent.flatMap { Int($0) } ?? 0
        return try await visit.live.answer { () throws(PageRefusal) in
            await book.wait(for: known.id, after: seen, atMost: WalletPages.patience)
            if book.payment(known.id)?.version == seen { await teller(account).ask(about: known.id) }
            guard let payment = book.payment(known.id), payment.version != seen else { return nil }
            return PaymentPage(account: account, payment: payment).event(visit.words)
        }
    }

    private func accountEvent(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        let account = try account(visit)
        let seen = visit.lastEvent ?? ""
        return try await visit.live.answer { () throws(PageRefusal) in
            await book.wait(for: account.name, after: seen, atMost: LiveSeats.longestWait)
            guard book.version(of: account.name) != seen else { return nil }
            return scanPage(visit, account).event(visit.words)
        }
    }

    // MARK: What a path names

    private func teller(_ account: WalletAccount) -> WalletTeller { WalletTeller(account: account, book: book) }

    private func account(_ visit: Visit) throws(PageRefusal) -> WalletAccount {
        let name = visit.parameters.name("account")
        guard let account = accounts.first(where: { $0.name == name }) else { throw .notFound }
        return account
    }

    private func shop(_ visit: Visit) throws(PageRefusal) -> ScannedShop {
        guard let shop = book.shop(visit.parameters.id("scan")) else { throw .notFound }
        return shop
    }

    private func offer(_ visit: Visit) throws(PageRefusal) -> WalletOffer {
        guard let offer = book.offer(visit.parameters.id("quote")) else { throw .notFound }
        return offer
    }

    private func payment(_ visit: Visit) throws(PageRefusal) -> WalletPayment {
        guard let payment = book.payment(visit.parameters.id("payment")),
            payment.account == visit.parameters.name("account")
        else { throw .notFound }
        return payment
    }
}
