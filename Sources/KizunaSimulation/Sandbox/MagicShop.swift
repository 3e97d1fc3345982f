package import KizunaMoney
package import KizunaPayments
import KizunaSwitch
package import KizunaWeb

/// The sandbox's own shops: some can be paid, and each of the others shows one way in which a code is refused.
package enum MagicShop: Int, Sendable, CaseIterable {
    case yen = 1
    case yenPriced, yenDomestic, yenOffline, yenUnknown, yenDamaged
    case riel, dollars, rielPriced, rielDomestic, rielOffline, rielUnknown, rielExpired

    /// Whose shop it is.
    package enum Bank: Sendable {
        /// One that answers, and misbehaves at magic amounts.
        case open
        /// One that takes no payments now.
        case offline
        /// Nobody's: the code is well made and no bank knows it.
        case nobody
    }

    package var bank: Bank {
        switch self {
        case .yenOffline, .rielOffline: .offline
        case .yenUnknown, .rielUnknown: .nobody
        case .yen, .yenPriced, .yenDomestic, .yenDamaged, .riel, .dollars, .rielPriced, .rielDomestic, .rielExpired:
            .open
        }
    }

    package var country: Country { counter.registration.key.country }

    package var counter: SandboxCounter {
        switch self {
        case .yen, .yenPriced, .yenDamaged: .japanese(store: "SANDBOX000001")
        case .yenDomestic: .japanese(store: "SANDBOX000002", acceptsForeignPayers: false)
        case .yenOffline: .japanese(store: "SANDBOX000003")
        case .yenUnknown: .japanese(store: "SANDBOX000004")
        case .riel, .rielPriced, .rielExpired: .cambodian(account: "cafe@sandbox")
        case .dollars: .cambodian(account: "hotel@sandbox", currency: .usd)
        case .rielDomestic: .cambodian(account: "home@sandbox", acceptsForeignPayers: false)
        case .rielOffline: .cambodian(account: "away@sandbox")
        case .rielUnknown: .cambodian(account: "nobody@sandbox")
        }
    }

    /// How long a code with an amount can be paid: as long as the National Bank of Cambodia lets one live.
    private static let life = Duration.seconds(600)
    private static let yenPrice = Money(minorUnits: 1_980, currency: .jpy)
    private static let rielPrice = Money(minorUnits: 42_000_00, currency: .khr)

    /// The shop as it can be scanned now.
    package func shop(at now: Timestamp) -> SandboxShop {
        SandboxShop(
            country: country,
            currency: counter.currency,
            summary: summary,
            payload: payload(at: now),
            refusal: refusal
        )
    }

    private func payload(at now: Timestamp) -> String {
        let end = now.adding(MagicShop.life)
        switch self {
        case .yenPriced: return counter.code(for: MagicShop.yenPrice, from: now, until: end)
        case .rielPriced: return counter.code(for: MagicShop.rielPrice, from: now, until: end)
        case .rielExpired:
            let made = Timestamp(milliseconds: now.milliseconds - 2 * MagicShop.life.wholeMilliseconds)
            return counter.code(for: MagicShop.rielPrice, from: made, until: made.adding(MagicShop.life))
        case .yenDamaged:
            // The last digit of the checksum.
            let whole = counter.printedCode
            return whole.dropLast() + (whole.last == "0" ? "1" : "0")
        case .yen, .yenDomestic, .yenOffline, .yenUnknown, .riel, .dollars, .rielDomestic, .rielOffline, .rielUnknown:
            return counter.printedCode
        }
    }

    private var refusal: RefusalCode? {
        switch self {
        case .yen, .yenPriced, .riel, .dollars, .rielPriced: nil
        case .yenDomestic, .rielDomestic: .merchantNotEnabled
        case .yenOffline, .rielOffline: .participantOffline
        case .yenUnknown, .rielUnknown: .merchantNotFound
        case .yenDamaged: .qrInvalid
        case .rielExpired: .qrExpired
        }
    }

    private var summary: String {
        switch self {
        case .yen, .riel, .dollars: "The payer types the amount; the code can be paid again and again."
        case .yenPriced, .rielPriced: "The code says the amount and can be paid once; ask again for another."
        case .yenDomestic, .rielDomestic: "The shop takes no payers from abroad."
        case .yenOffline, .rielOffline: "The shop's bank takes no payments now."
        case .yenUnknown, .rielUnknown: "No bank knows the shop."
        case .yenDamaged: "The checksum is wrong: a code that was read badly."
        case .rielExpired: "The code could be paid until ten minutes ago."
        }
    }
}
