/// The tags of the root by name (EMVCo MPM 3.3 and 4.7; KHQR specification 1.0).
enum RootTag {
    static let payloadFormat: UInt8 = 0
    static let initiation: UInt8 = 1
    static let unionPay: UInt8 = 15
    static let bakongIndividual: UInt8 = 29
    static let bakongMerchant: UInt8 = 30
    static let category: UInt8 = 52
    static let currency: UInt8 = 53
    static let amount: UInt8 = 54
    static let tip: UInt8 = 55
    static let fixedFee: UInt8 = 56
    static let percentageFee: UInt8 = 57
    static let country: UInt8 = 58
    static let name: UInt8 = 59
    static let city: UInt8 = 60
    static let postalCode: UInt8 = 61
    static let additional: UInt8 = 62
    static let crc: UInt8 = 63
    static let language: UInt8 = 64
    static let timestamps: UInt8 = 99

    /// Every tag that may name an account to pay.
    static let accounts: ClosedRange<UInt8> = 2...51
    /// Those that hold templates with an identifier in sub-tag 00.
    static let accountTemplates: ClosedRange<UInt8> = 26...51
    /// Reserved tags and unreserved templates.
    static let others: ClosedRange<UInt8> = 65...99
}

extension RootTag {
    /// Whether a tag's value is, by the standard, a row of data objects itself.
    static func isTemplate(_ tag: UInt8) -> Bool {
        accountTemplates ~= tag || tag == additional || tag == language || 80...99 ~= tag
    }

    /// A bit for each of some tags.
    static func bits(_ tags: UInt8...) -> UInt128 { tags.reduce(0) { $0 | TagBits.bit($1) } }
}
