import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What the Bakong facade keeps, and payments at KHQRs.
extension World {
    static let dollars = Price(
        merchantAmount: Money(minorUnits: 12_50, currency: .usd),
        interbankAmount: yen(1_880),
        issuerFee: yen(10),
        rate: rate("150.2475"),
        midRate: rate("149.5"),
        merchantDiscount: Money(minorUnits: 20, currency: .usd),
        interchange: Money(minorUnits: 10, currency: .usd),
        switchFee: Money(minorUnits: 1, currency: .usd)
    )

    static func project(
        _ number: UInt64,
        _ standing: BakongProject.Standing = .active,
        id: UInt64? = nil
    ) -> BakongProject {
        BakongProject(
            id: id ?? .max - number,
            email: "shop\(number)@kizuna.example",
            organisation: "ក្រុមហ៊ុន \(number)",
            name: "Till 'n' \u{0}",
            createdAt: now.adding(.milliseconds(Int64(number))),
            standing: standing,
            codeDigest: standing == .unconfirmed ? [UInt8](repeating: UInt8(number), count: 32) : nil
        )
    }

    static func bakongKey(_ number: Int) -> BakongKey {
        BakongKey(number: number, secret: [UInt8](repeating: UInt8(number), count: 32), createdAt: now)
    }

    static func deepLink(_ number: UInt64, lapsing milliseconds: Int64 = 0, source: Bool = false) -> DeepLink {
        DeepLink(
            id: UniqueID(high: 1 << 60, low: number),
            payload: "000201…\(number)",
            source: source
                ? DeepLink.Source(appName: "App", iconURL: "https://icon.example", callback: "https://back.example")
                : nil,
            expiresAt: now.adding(.milliseconds(milliseconds))
        )
    }

    /// Rows for each of its tables.
    static func addBakong(_ transaction: inout Transaction) {
        pay(payment(950, price: dollars, state: .completed), in: &transaction)
        transaction.codeNotes.set(CodeDigest(id(.code, 950)), .reusable)
        transaction.codeNotes.set(CodeDigest(id(.code, 951)), .failed)
        for project in [project(1), project(2, .unconfirmed), project(3, .revoked)] {
            transaction.bakongProjects.set(project.email, project)
        }
        transaction.bakongKeys.set(1, bakongKey(1))
        for link in [deepLink(1), deepLink(2, source: true)] { transaction.deepLinks.set(link.id, link) }
    }
}
