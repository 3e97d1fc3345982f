import KizunaCrypto
import KizunaMoney
import KizunaPages
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb

/// The pages of the demo: the public ones, the wallets of both countries, the shops of both countries.
enum DemoPages {
    /// What is where, for the terminal.
    static let addresses = [
        ("Start", "/"), ("Wallet", "/wallet"), ("Shop", "/merchant"), ("Status page", "/status"), ("Guides", "/docs"),
    ]

    private static let wallet = NavigationEntry(path: "/wallet") { $0.frame.wallet }
    private static let shop = NavigationEntry(path: "/merchant") { $0.frame.shop }

    /// What the switch's own process serves; the rest is the banks'.
    static func ofSwitch(_ engine: Switch, _ console: ConsolePages) -> [any PageSection] {
        [PublicPages(engine, of: .demo), Signpost(to: wallet), Signpost(to: shop), console]
    }

    /// What the banks serve: the wallets of their payers, and what their shops have on the counter.
    static func ofBanks(_ banks: SimulatedBanks, clock: any KizunaSwitch.Clock) -> [any PageSection] {
        let pictures = PictureDesk()
        let sheets = PrintedSheets()
        return [
            Signpost.toPublicPages,
            WalletPages(accounts: accounts(banks), samples: samples, pictures: pictures),
            ShopPages(shops: shops(banks), pictures: pictures, sheets: sheets, clock: clock, newID: Site.Tools.newID),
            Signpost.toConsole,
        ]
    }

    private static func accounts(_ banks: SimulatedBanks) -> [WalletAccount] {
        let (riel, yen) = (IssuerWay(issuer: banks.rielBank), IssuerWay(issuer: banks.yenWallet))
        return [
            account("sokha-riel", .sokhaRiel, .mekongBank, .khr, riel),
            account("sokha-dollars", .sokhaDollars, .mekongBank, .usd, riel),
            account("yuki-yen", .yuki, .sakuraPay, .jpy, yen),
        ]
    }

    private static func account(
        _ name: String,
        _ payer: DemoPayer,
        _ bank: Institution,
        _ currency: Currency,
        _ way: IssuerWay
    ) -> WalletAccount {
        WalletAccount(
            name: name,
            payer: payer.name,
            bankName: bank.title,
            country: bank.country,
            currency: currency,
            number: payer.account,
            bank: way
        )
    }

    private static let printed: [(name: String, shop: DemoShop, bank: Institution)] = [
        ("kizuna-shoten", .kizunaShoten, .naniwaAcquiring), ("kizuna-cafe", .kizunaCafe, .angkorAcquiring),
        ("klaing-cafe", .klaingCafe, .angkorAcquiring),
    ]

    private static let samples = printed.map { entry in
        SampleCode(
            payload: entry.shop.payload,
            name: entry.shop.text("name"),
            localName: entry.shop.text("localName"),
            country: entry.bank.country
        )
    }

    private static func shops(_ banks: SimulatedBanks) -> [Shop] {
        printed.compactMap { name, shop, bank in
            Shop(
                name: name,
                latinName: shop.text("name"),
                localName: shop.text("localName"),
                city: shop.text("city"),
                bankName: bank.title,
                payload: shop.payload,
                bank: AcquirerWay(acquirer: bank == .naniwaAcquiring ? banks.yenAcquirer : banks.rielAcquirer)
            )
        }
    }
}

extension DemoShop {
    fileprivate func text(_ name: String) -> String { registration.text(at: name) ?? "" }
}

/// A simulated payer's bank as the wallet's bank.
private struct IssuerWay: WalletBank {
    let issuer: SimulatedIssuer

    func post(_ path: String, _ body: JSON) async throws(BankRefusal) -> JSON {
        do throws(SwitchProblem) { return try await issuer.ask(path, body) } catch { throw BankRefusal(error) }
    }

    func get(_ path: String) async throws(BankRefusal) -> JSON {
        do throws(SwitchProblem) { return try await issuer.look(path) } catch { throw BankRefusal(error) }
    }

    func submit(_ quote: JSON, from account: String) async throws(BankRefusal) -> JSON {
        do throws(SwitchProblem) { return try await issuer.submit(quote, from: account) } catch {
            throw BankRefusal(error)
        }
    }

    func available(on account: String) -> Money? {
        issuer.balance(of: account).flatMap { try? $0.balance.subtracting($0.held) }
    }

    func name(of bank: String) -> String { Institution(rawValue: bank)?.title ?? bank }

    func follow(_ listener: @escaping @Sendable (_ path: String, _ body: JSON) -> Void) { issuer.follow(listener) }
}

/// A simulated shop's bank as the shop's.
private struct AcquirerWay: BankWay {
    let acquirer: SimulatedAcquirer

    func post(_ path: String, _ body: JSON) async throws(BankRefusal) -> JSON {
        do throws(SwitchProblem) { return try await acquirer.ask(path, body) } catch { throw BankRefusal(error) }
    }

    func get(_ path: String) async throws(BankRefusal) -> JSON {
        do throws(SwitchProblem) { return try await acquirer.look(path) } catch { throw BankRefusal(error) }
    }

    func follow(_ listener: @escaping @Sendable (_ path: String, _ body: JSON) -> Void) { acquirer.follow(listener) }
}

extension BankRefusal {
    fileprivate init(_ problem: SwitchProblem) { self.init(code: problem.code) }
}
