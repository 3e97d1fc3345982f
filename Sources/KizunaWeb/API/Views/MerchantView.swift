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

extension Schema {
    static let merchant = answer([
        "id": .id(ExampleID.merchant),
        "code": .choice([jpqrCode(answer), khqrCode(answer)]),
        "name": .text(1...25, "KIZUNA SHOTEN"),
        "localName": .text(1...50, "きずな商店").nullable,
        "city": .text(1...15, "Tokyo"),
        "categoryCode": .categoryCode,
        "country": .country(.japan),
        "acceptsForeignPayers": .boolean(true),
        "status": .words(["active", "blocked", "closed"]),
    ])
    .named("Merchant", "A shop as its acquirer sees it.")

    static let categoryCode = text(matching: "^[0-9]{4}$", "5812").saying("ISO 18245.")

    /// The unified store identifier of JPQR, in an answer or a request.
    static func jpqrCode(_ object: (KeyValuePairs<String, Schema>) -> Schema) -> Schema {
        object([
            "scheme": .words(["jpqr"]),
            "storeId": .text(matching: "^[0-9A-Za-z]{13}$", "0000000000001"),
            "level2": .text(matching: "^[0-9A-Za-z]{4}$", "0001"),
            "level3": .text(matching: "^[0-9A-Za-z]{6}$", "000001"),
            "level4": .text(matching: "^[0-9A-Za-z]{6}$", "000001"),
        ])
    }

    /// A Bakong account, in an answer or a request.
    static func khqrCode(_ object: (KeyValuePairs<String, Schema>) -> Schema) -> Schema {
        object([
            "scheme": .words(["khqr"]),
            "account": .text(matching: "^[!-.0-?A-~]+@[!-.0-?A-~]+$", length: 3...32, "kizuna_cafe@aclb"),
            "merchantId": .text(matching: "^[ -~]+$", length: 1...32, "KZN000123").optional.nullable,
        ])
    }
}
