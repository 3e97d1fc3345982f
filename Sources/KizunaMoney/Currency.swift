/// A currency of ISO 4217, known by its alphabetic and numeric code.
///
/// Only money that a shop can ask for is listed: precious metals, funds codes, units of account and test codes are not
/// (`Currency+Table.swift`). The value carries its facts with it, so that asking for one is a load and no look-up.
public struct Currency: Sendable {
    /// The three letters of the code, the first in the highest of the three bytes in use.
    let letters: UInt32
    private let number: UInt16
    private let decimals: UInt8

    /// The Japanese yen: no decimals.
    public static let jpy = Currency("J", "P", "Y", number: 392, decimals: 0)
    /// The Cambodian riel: two decimals in ISO 4217, whole riel in practice (see ``customerUnitMinorUnits``).
    public static let khr = Currency("K", "H", "R", number: 116, decimals: 2)
    /// The US dollar: cents.
    public static let usd = Currency("U", "S", "D", number: 840, decimals: 2)

    /// Accepts a listed three-letter code in capitals, such as `KHR`.
    public init?(code: some StringProtocol) {
        guard let letters = Currency.letters(of: code), let listed = Currency.listed(letters: letters) else {
            return nil
        }
        self = listed
    }

    /// Accepts a listed ISO 4217 number, 0 to 999, such as 116 for the riel.
    public init?(numeric: Int) {
        guard let listed = Currency.listed(number: numeric) else { return nil }
        self = listed
    }

    /// One row of the table, written with its letters.
    init(_ first: Unicode.Scalar, _ second: Unicode.Scalar, _ third: Unicode.Scalar, number: UInt16, decimals: UInt8) {
        self.init(letters: first.value << 16 | second.value << 8 | third.value, number: number, decimals: decimals)
    }

    init(letters: UInt32, number: UInt16, decimals: UInt8) {
        self.letters = letters
        self.number = number
        self.decimals = decimals
    }

    /// The three-letter code, such as `JPY`.
    public var code: String {
        String(unsafeUninitializedCapacity: 3) { bytes in
            bytes[0] = UInt8(truncatingIfNeeded: letters >> 16)
            bytes[1] = UInt8(truncatingIfNeeded: letters >> 8)
            bytes[2] = UInt8(truncatingIfNeeded: letters)
            return 3
        }
    }

    /// The ISO 4217 number, such as 392.
    public var numeric: Int { Int(number) }
    /// How many decimals the minor unit has: 0 for the yen, 2 for the riel and the dollar.
    public var exponent: Int { Int(decimals) }

    /// The number of minor units in one major unit: 1, 100 or 1,000.
    public var minorUnitsPerMajor: Int64 { powerOfTen(exponent) }

    /// The smallest step, in minor units, in which customers, merchants and banks pay.
    ///
    /// One for every currency but the riel, which has 100: nobody pays a fraction of a riel, although ISO 4217 gives it
    /// two decimals.
    public var customerUnitMinorUnits: Int64 { self == .khr ? 100 : 1 }
}

// The number alone says which currency it is: each is listed once, and nothing else makes one.
extension Currency: Hashable {
    public static func == (left: Currency, right: Currency) -> Bool { left.number == right.number }

    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension Currency: Comparable {
    /// Orders by alphabetic code, so that lists and files read the same everywhere.
    public static func < (left: Currency, right: Currency) -> Bool { left.letters < right.letters }
}

extension Currency: CustomStringConvertible {
    public var description: String { code }
}
