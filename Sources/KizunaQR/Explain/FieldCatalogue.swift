/// What each field means, and where that is written.
enum FieldCatalogue {
    struct Entry {
        let title: String
        let source: String

        init(_ title: String, _ source: String) {
            self.title = title
            self.source = source
        }
    }

    /// The name of a field for people, or nil when the standards give it none.
    static func title(of path: TagPath) -> String? { entry(for: path, scheme: nil)?.title }

    /// The meaning of a field in a scheme; without a scheme, KHQR's meanings stand for 29, 30 and 99.
    static func entry(for path: TagPath, scheme: QRScheme?) -> Entry? {
        guard path.notation == .decimal else { return consumerEntry(path) }
        guard let sub = path.sub else { return rootEntry(path.root, scheme) }
        return subEntry(path.root, sub, scheme)
    }

    private static func rootEntry(_ tag: UInt16, _ scheme: QRScheme?) -> Entry? {
        if let entry = root[tag] { return entry }
        let isKHQR = scheme?.isKHQR ?? true
        switch tag {
        case 15 where isKHQR: return Entry("UnionPay account", "KHQR 1.0; EMVCo MPM 4.7.10")
        case 2...25: return Entry(cardNetwork(tag), "EMVCo MPM 4.7.10")
        case 29 where isKHQR: return Entry("Individual's account", "KHQR 1.0, tag 29")
        case 30 where isKHQR: return Entry("Merchant's account", "KHQR 1.0, tag 30")
        case 26...51: return Entry("Account template", "EMVCo MPM 4.7.11")
        case 65...79: return Entry("Reserved for EMVCo", "EMVCo MPM 4.10")
        case 99 where isKHQR: return Entry("Timestamps", "KHQR 1.0, tag 99")
        case 80...99: return Entry("Unreserved template", "EMVCo MPM 4.11")
        default: return nil
        }
    }

    private static func subEntry(_ tag: UInt16, _ sub: UInt16, _ scheme: QRScheme?) -> Entry? {
        let isKHQR = scheme?.isKHQR ?? true
        switch (tag, sub) {
        case (29, 0...2) where isKHQR, (30, 0...2) where isKHQR: return bakong(tag, sub)
        case (26...51, 0): return Entry("Unique identifier", "EMVCo MPM 4.7.11.2")
        case (26...51, 1...4) where scheme == .jpqrMerchant:
            return Entry("Store level \(sub)", "JPQR MPM 1.0")
        case (26...51, _): return Entry("Account data", "EMVCo MPM 4.7.11")
        case (62, _): return additional(sub)
        case (64, 0): return Entry("Language", "EMVCo MPM 4.9.2")
        case (64, 1): return Entry("Name in local script", "EMVCo MPM 4.9.3")
        case (64, 2): return Entry("City in local script", "EMVCo MPM 4.9.4")
        case (99, 0) where isKHQR: return Entry("Created", "KHQR 1.0, 99.00")
        case (99, 1) where isKHQR: return Entry("Expires", "KHQR 1.0, 99.01")
        case (80...99, 0): return Entry("Unique identifier", "EMVCo MPM 4.11")
        default: return nil
        }
    }

    private static func cardNetwork(_ tag: UInt16) -> String {
        switch tag {
        case 2...3: "Visa account"
        case 4...5: "Mastercard account"
        case 9...10: "Discover account"
        case 11...12: "American Express account"
        case 13...14: "JCB account"
        case 15...16: "UnionPay account"
        default: "Card network's account"
        }
    }

    private static func bakong(_ tag: UInt16, _ sub: UInt16) -> Entry? {
        switch (tag, sub) {
        case (_, 0): Entry("Bakong account", "KHQR 1.0, \(tag).00")
        case (29, 1): Entry("Account information", "KHQR 1.0, 29.01")
        case (30, 1): Entry("Merchant ID", "KHQR 1.0, 30.01")
        default: Entry("Acquiring bank", "KHQR 1.0, \(tag).02")
        }
    }

    private static func additional(_ sub: UInt16) -> Entry? {
        let titles = [
            "Bill number", "Mobile number", "Store label", "Loyalty number", "Reference label", "Customer label",
            "Terminal label", "Purpose", "Consumer data request", "Merchant tax ID", "Merchant channel",
        ]
        switch sub {
        case 1...9: return Entry(titles[Int(sub) - 1], "EMVCo MPM 4.8")
        case 10...11: return Entry(titles[Int(sub) - 1], "EMVCo MPM 1.1, 4.8")
        case 50...99: return Entry("Payment system's data", "EMVCo MPM 4.8.1.5")
        default: return Entry("Reserved for EMVCo", "EMVCo MPM 4.8")
        }
    }

    private static let root: [UInt16: Entry] = [
        0: Entry("Payload format", "EMVCo MPM 4.7.1"),
        1: Entry("Point of initiation", "EMVCo MPM 4.7.2"),
        52: Entry("Merchant category", "EMVCo MPM 4.7.12"),
        53: Entry("Currency", "EMVCo MPM 4.7.5"),
        54: Entry("Amount", "EMVCo MPM 4.7.4"),
        55: Entry("Tip or fee", "EMVCo MPM 4.7.6"),
        56: Entry("Fixed fee", "EMVCo MPM 4.7.7"),
        57: Entry("Fee in percent", "EMVCo MPM 4.7.8"),
        58: Entry("Country", "EMVCo MPM 4.7.13"),
        59: Entry("Merchant name", "EMVCo MPM 4.7.14"),
        60: Entry("Merchant city", "EMVCo MPM 4.7.15"),
        61: Entry("Postal code", "EMVCo MPM 4.7.16"),
        62: Entry("Additional data", "EMVCo MPM 4.8"),
        63: Entry("Checksum", "EMVCo MPM 4.7.3"),
        64: Entry("Language template", "EMVCo MPM 4.9"),
    ]
}

extension FieldCatalogue {
    /// The objects of consumer-presented codes (EMVCo CPM 3.1.1 and Annex A; EMV Book 3, Annex A).
    private static func consumerEntry(_ path: TagPath) -> Entry? {
        let tag = path.leaf ?? path.sub ?? path.root
        guard let title = consumerTitles[tag] else { return nil }
        return Entry(title, tag == 0x99 ? "JPQR CPM 1.2" : "EMVCo CPM 3.1.1")
    }

    private static let consumerTitles: [UInt16: String] = [
        0x85: "Payload format", 0x61: "Application template", 0x62: "Common data template",
        0x63: "Transparent template", 0x64: "Transparent template",
        0x4F: "Application or operator", 0x50: "Application label", 0x57: "Track 2 or payment ID",
        0x5A: "Account number", 0x5F20: "Cardholder's name", 0x5F2D: "Language preference", 0x5F50: "Issuer's address",
        0x5F34: "Sequence number", 0x9F08: "Application version", 0x9F19: "Token requestor",
        0x9F24: "Account reference", 0x9F25: "Last four digits", 0x9F26: "Application cryptogram",
        0x9F27: "Cryptogram information", 0x9F10: "Issuer's data", 0x9F36: "Transaction counter",
        0x9F37: "Unpredictable number", 0x82: "Interchange profile", 0x99: "Free text",
    ]
}
