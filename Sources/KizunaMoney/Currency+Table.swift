// The list of ISO 4217 and how to find a row in it.
extension Currency {
    /// Every listed currency, in the order of the alphabetic codes.
    public static let all: [Currency] =
        (rows(decimals: 0, zeroDecimals) + rows(decimals: 2, twoDecimals) + rows(decimals: 3, threeDecimals)).sorted()

    /// The letters of a code packed as in ``letters``; nil for anything but three capitals.
    static func letters(of code: some StringProtocol) -> UInt32? {
        var letters: UInt32 = 0
        var count = 0
        for byte in code.utf8 {
            guard count < 3, UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte else { return nil }
            letters = letters << 8 | UInt32(byte)
            count += 1
        }
        return count == 3 ? letters : nil
    }

    /// The row with these letters, by halving the sorted list.
    static func listed(letters: UInt32) -> Currency? {
        let list = all
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle].letters < letters { low = middle + 1 } else { high = middle }
        }
        return low < list.count && list[low].letters == letters ? list[low] : nil
    }

    /// The row with this number.
    static func listed(number: Int) -> Currency? {
        guard byNumber.indices.contains(number) else { return nil }
        return byNumber[number]
    }

    private static let byNumber: [Currency?] = all.reduce(into: Array(repeating: nil, count: 1_000)) { list, currency in
        list[currency.numeric] = currency
    }

    private static func rows(decimals: UInt8, _ list: [(code: String, number: UInt16)]) -> [Currency] {
        list.map { row in
            guard let letters = letters(of: row.code) else { preconditionFailure("\(row.code) is not three capitals") }
            return Currency(letters: letters, number: row.number, decimals: decimals)
        }
    }

    // ISO 4217 list one, as amended to 2026: the lev left it with the euro, the guilder of Curaçao became XCG.

    private static let zeroDecimals: [(code: String, number: UInt16)] = [
        ("BIF", 108), ("CLP", 152), ("DJF", 262), ("GNF", 324), ("ISK", 352), ("JPY", 392), ("KMF", 174),
        ("KRW", 410), ("PYG", 600), ("RWF", 646), ("UGX", 800), ("VND", 704), ("VUV", 548), ("XAF", 950),
        ("XOF", 952), ("XPF", 953),
    ]

    private static let threeDecimals: [(code: String, number: UInt16)] = [
        ("BHD", 48), ("IQD", 368), ("JOD", 400), ("KWD", 414), ("LYD", 434), ("OMR", 512), ("TND", 788),
    ]

    private static let twoDecimals: [(code: String, number: UInt16)] = [
        ("AED", 784), ("AFN", 971), ("ALL", 8), ("AMD", 51), ("AOA", 973), ("ARS", 32), ("AUD", 36), ("AWG", 533),
        ("AZN", 944), ("BAM", 977), ("BBD", 52), ("BDT", 50), ("BMD", 60), ("BND", 96), ("BOB", 68), ("BRL", 986),
        ("BSD", 44), ("BTN", 64), ("BWP", 72), ("BYN", 933), ("BZD", 84), ("CAD", 124), ("CDF", 976), ("CHF", 756),
        ("CNY", 156), ("COP", 170), ("CRC", 188), ("CUP", 192), ("CVE", 132), ("CZK", 203), ("DKK", 208),
        ("DOP", 214), ("DZD", 12), ("EGP", 818), ("ERN", 232), ("ETB", 230), ("EUR", 978), ("FJD", 242), ("FKP", 238),
        ("GBP", 826), ("GEL", 981), ("GHS", 936), ("GIP", 292), ("GMD", 270), ("GTQ", 320), ("GYD", 328),
        ("HKD", 344), ("HNL", 340), ("HTG", 332), ("HUF", 348), ("IDR", 360), ("ILS", 376), ("INR", 356),
        ("IRR", 364), ("JMD", 388), ("KES", 404), ("KGS", 417), ("KHR", 116), ("KPW", 408), ("KYD", 136),
        ("KZT", 398), ("LAK", 418), ("LBP", 422), ("LKR", 144), ("LRD", 430), ("LSL", 426), ("MAD", 504),
        ("MDL", 498), ("MGA", 969), ("MKD", 807), ("MMK", 104), ("MNT", 496), ("MOP", 446), ("MRU", 929),
        ("MUR", 480), ("MVR", 462), ("MWK", 454), ("MXN", 484), ("MYR", 458), ("MZN", 943), ("NAD", 516),
        ("NGN", 566), ("NIO", 558), ("NOK", 578), ("NPR", 524), ("NZD", 554), ("PAB", 590), ("PEN", 604),
        ("PGK", 598), ("PHP", 608), ("PKR", 586), ("PLN", 985), ("QAR", 634), ("RON", 946), ("RSD", 941),
        ("RUB", 643), ("SAR", 682), ("SBD", 90), ("SCR", 690), ("SDG", 938), ("SEK", 752), ("SGD", 702), ("SHP", 654),
        ("SLE", 925), ("SOS", 706), ("SRD", 968), ("SSP", 728), ("STN", 930), ("SVC", 222), ("SYP", 760),
        ("SZL", 748), ("THB", 764), ("TJS", 972), ("TMT", 934), ("TOP", 776), ("TRY", 949), ("TTD", 780),
        ("TWD", 901), ("TZS", 834), ("UAH", 980), ("USD", 840), ("UYU", 858), ("UZS", 860), ("VED", 926),
        ("VES", 928), ("WST", 882), ("XCD", 951), ("XCG", 532), ("YER", 886), ("ZAR", 710), ("ZMW", 967),
        ("ZWG", 924),
    ]
}
