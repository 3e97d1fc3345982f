/// A currency of ISO 4217, known by its alphabetic and numeric code.
///
/// Only currencies that have a minor unit are listed: precious metals, funds codes and test codes are not money that a
/// shop can ask for. Source: ISO 4217 list one, as amended to 2026.
public struct Currency: Sendable, Hashable {
    /// The row of ``table``; at most 255 rows, so a currency is one byte.
    private let row: UInt8

    /// The Japanese yen: no decimals.
    public static let jpy = known("JPY")
    /// The Cambodian riel: two decimals in ISO 4217, whole riel in practice (see ``customerUnitMinorUnits``).
    public static let khr = known("KHR")
    /// The US dollar: cents.
    public static let usd = known("USD")

    /// Every listed currency, by decimals and then by alphabetic code.
    public static let all: [Currency] = table.indices.map { Currency(row: UInt8($0)) }

    /// Accepts a listed three-letter code in capitals, such as `KHR`.
    public init?(code: some StringProtocol) {
        guard let row = Currency.rowByCode[String(code)] else { return nil }
        self.row = row
    }

    /// Accepts a listed ISO 4217 number, 0 to 999, such as 116 for the riel.
    public init?(numeric: Int) {
        guard let row = Currency.rowByNumber[numeric] else { return nil }
        self.row = row
    }

    private init(row: UInt8) { self.row = row }

    private static func known(_ code: String) -> Currency {
        guard let currency = Currency(code: code) else { preconditionFailure("\(code) is not in the ISO 4217 table") }
        return currency
    }

    /// The three-letter code, such as `JPY`.
    public var code: String { Currency.table[Int(row)].code }
    /// The ISO 4217 number, such as 392.
    public var numeric: Int { Currency.table[Int(row)].numeric }
    /// How many decimals the minor unit has: 0 for the yen, 2 for the riel and the dollar.
    public var exponent: Int { Currency.table[Int(row)].exponent }

    /// The number of minor units in one major unit: 1, 100, 1,000 or 10,000.
    public var minorUnitsPerMajor: Int64 { powerOfTen(exponent) }

    /// The smallest step, in minor units, in which customers, merchants and banks pay.
    ///
    /// One for every currency but the riel, which has 100: nobody pays a fraction of a riel, although ISO 4217 gives it
    /// two decimals.
    public var customerUnitMinorUnits: Int64 { self == .khr ? 100 : 1 }
}

extension Currency: CustomStringConvertible {
    public var description: String { code }
}

extension Currency: Comparable {
    public static func < (left: Currency, right: Currency) -> Bool { left.row < right.row }
}

extension Currency {
    private typealias Row = (code: String, numeric: Int, exponent: Int)

    private static let rowByCode = [String: UInt8](
        uniqueKeysWithValues: table.enumerated().map { ($1.code, UInt8($0)) })
    private static let rowByNumber = [Int: UInt8](
        uniqueKeysWithValues: table.enumerated().map { ($1.numeric, UInt8($0)) })

    private static let table: [Row] =
        rows(exponent: 0, zeroDecimals) + rows(exponent: 2, twoDecimals) + rows(exponent: 3, threeDecimals)

    private static func rows(exponent: Int, _ list: [(String, Int)]) -> [Row] {
        list.map { (code: $0.0, numeric: $0.1, exponent: exponent) }
    }

    private static let zeroDecimals: [(String, Int)] = [
        ("BIF", 108), ("CLP", 152), ("DJF", 262), ("GNF", 324), ("ISK", 352), ("JPY", 392), ("KMF", 174),
        ("KRW", 410), ("PYG", 600), ("RWF", 646), ("UGX", 800), ("VND", 704), ("VUV", 548), ("XAF", 950),
        ("XOF", 952), ("XPF", 953),
    ]

    private static let threeDecimals: [(String, Int)] = [
        ("BHD", 48), ("IQD", 368), ("JOD", 400), ("KWD", 414), ("LYD", 434), ("OMR", 512), ("TND", 788),
    ]

    private static let twoDecimals: [(String, Int)] = [
        ("AED", 784), ("AFN", 971), ("ALL", 8), ("AMD", 51), ("AOA", 973), ("ARS", 32), ("AUD", 36), ("AWG", 533),
        ("AZN", 944), ("BAM", 977), ("BBD", 52), ("BDT", 50), ("BMD", 60), ("BND", 96), ("BOB", 68), ("BRL", 986),
        ("BSD", 44), ("BTN", 64), ("BWP", 72), ("BYN", 933), ("BZD", 84), ("CAD", 124), ("CDF", 976), ("CHF", 756),
        ("CNY", 156), ("COP", 170), ("CRC", 188), ("CUP", 192), ("CVE", 132), ("CZK", 203), ("DKK", 208), ("DOP", 214),
        ("DZD", 12), ("EGP", 818), ("ERN", 232), ("ETB", 230), ("EUR", 978), ("FJD", 242), ("FKP", 238), ("GBP", 826),
        ("GEL", 981), ("GHS", 936), ("GIP", 292), ("GMD", 270), ("GTQ", 320), ("GYD", 328), ("HKD", 344), ("HNL", 340),
        ("HTG", 332), ("HUF", 348), ("IDR", 360), ("ILS", 376), ("INR", 356), ("IRR", 364), ("JMD", 388), ("KES", 404),
        ("KGS", 417), ("KHR", 116), ("KPW", 408), ("KYD", 136), ("KZT", 398), ("LAK", 418), ("LBP", 422), ("LKR", 144),
        ("LRD", 430), ("LSL", 426), ("MAD", 504), ("MDL", 498), ("MGA", 969), ("MKD", 807), ("MMK", 104), ("MNT", 496),
        ("MOP", 446), ("MRU", 929), ("MUR", 480), ("MVR", 462), ("MWK", 454), ("MXN", 484), ("MYR", 458), ("MZN", 943),
        ("NAD", 516), ("NGN", 566), ("NIO", 558), ("NOK", 578), ("NPR", 524), ("NZD", 554), ("PAB", 590), ("PEN", 604),
        ("PGK", 598), ("PHP", 608), ("PKR", 586), ("PLN", 985), ("QAR", 634), ("RON", 946), ("RSD", 941), ("RUB", 643),
        ("SAR", 682), ("SBD", 90), ("SCR", 690), ("SDG", 938), ("SEK", 752), ("SGD", 702), ("SHP", 654), ("SLE", 925),
        ("SOS", 706), ("SRD", 968), ("SSP", 728), ("STN", 930), ("SVC", 222), ("SYP", 760), ("SZL", 748), ("THB", 764),
        ("TJS", 972), ("TMT", 934), ("TOP", 776), ("TRY", 949), ("TTD", 780), ("TWD", 901), ("TZS", 834), ("UAH", 980),
        ("USD", 840), ("UYU", 858), ("UZS", 860), ("VED", 926), ("VES", 928), ("WST", 882), ("XAD", 396), ("XCD", 951),
        ("XCG", 532), ("YER", 886), ("ZAR", 710), ("ZMW", 967), ("ZWG", 924),
    ]
}
