import KizunaPayments

extension JSON {
    /// A shop as its acquirer sees it.
    init(_ merchant: Merchant) {
        self = [
            "id": JSON(name: merchant.id),
            "code": JSON(merchant.key),
            "name": .string(merchant.name),
            "localName": JSON(merchant.localName),
            "city": .string(merchant.city),
            "categoryCode": .string(merchant.categoryCode),
            "country": .string(merchant.key.country.rawValue),
            "acceptsForeignPayers": .bool(merchant.acceptsForeignPayers),
            "status": .string(merchant.status.name),
        ]
    }

    private init(_ key: MerchantKey) {
        switch key {
        case .khqr(let account, let merchantID):
            self = ["scheme": "khqr", "account": .string(account), "merchantId": JSON(merchantID)]
        case .jpqr(let levels):
            let names = ["storeId", "level2", "level3", "level4"]
            self = .object(
                [Member(name: "scheme", value: "jpqr")]
                    + zip(names, levels).map { Member(name: $0, value: .string($1)) }
            )
        }
    }
}

extension Merchant.Status {
    fileprivate var name: String {
        switch self {
        case .active: "active"
        case .blocked: "blocked"
        case .closed: "closed"
        }
    }
}
