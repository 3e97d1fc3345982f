public import KizunaMoney

/// A Japanese store's code to be written.
public struct JPQRDraft: Sendable, Hashable {
    /// The store, as the association numbers it.
    public var store: StoreIdentifier
    /// The name in Latin letters (59): 1 to 25 characters.
    public var name: String
    /// The city in Latin letters (60): 1 to 15 characters.
    public var city: String
    /// The postal code (61): 7 digits.
    public var postalCode: String
    /// The name in Japanese (64.01): 1 to 25 characters.
    public var localName: String
    /// The merchant category code (52): four digits.
    public var category = "5999"
    /// The amount in yen; nil for the printed sticker, whose payer types it.
    public var amount: Money?
    /// The additional data (62): 1 to 25 characters of any script each.
    public var additional: [AdditionalField: String] = [:]

    public init(store: StoreIdentifier, name: String, city: String, postalCode: String, localName: String) {
        self.store = store
        self.name = name
        self.city = city
        self.postalCode = postalCode
        self.localName = localName
    }

    /// What a code says, without other accounts beside JPQR's and fields that we do not write.
    public init(_ code: JPQR) {
        let payload = code.payload
        self.init(
            store: code.store,
            name: payload.name ?? "",
            city: payload.city ?? "",
            postalCode: payload.postalCode ?? "",
            localName: payload.localName ?? ""
        )
        category = payload.category ?? ""
        amount = code.amount
        additional = payload.additionalFields
    }
}

extension JPQRDraft {
    /// The tag in which published codes carry the store's identifier.
    private static let accountTag: UInt8 = 26

    /// Writes the code in the order of the standard, reads it back and compares.
    ///
    /// - Throws: ``QRFault`` with every limit that the draft breaks.
    public func written() throws(QRFault) -> JPQR {
        var writer = PayloadWriter()
        writer.add(RootTag.payloadFormat, "01", 2...2)
        writer.add(RootTag.initiation, amount == nil ? "11" : "12", 2...2)
        writer.add(template: Self.accountTag, storeFields)
        addDigits(RootTag.category, category, count: 4, &writer)
        if let amount, amount.currency != .jpy {
            writer.refuse(.fieldValue(TagPath(tag: RootTag.currency), .exactly("392")))
        }
        writer.add(amount.map { .fixed($0) } ?? .payerTypes(.jpy))
        writer.add(RootTag.country, "JP", 2...2)
        writer.add(RootTag.name, name, 1...25, .latin)
        writer.add(RootTag.city, city, 1...15, .latin)
        addDigits(RootTag.postalCode, postalCode, count: 7, &writer)
        writer.add(template: RootTag.additional, PayloadWriter.fields(of: additional))
        writer.add(
            template: RootTag.language,
            [
                .init(sub: 0, value: "JA", allowed: 2...2),
                .init(sub: 1, value: localName, allowed: 1...25, script: .any),
            ]
        )
        return try readBack(try writer.finished(as: .jpqrMerchant))
    }

    private var storeFields: [PayloadWriter.Field] {
        [
            .init(sub: 0, value: "jp.or.paymentsjapan", allowed: 1...32),
            .init(sub: 1, value: store.level1, allowed: 13...13), .init(sub: 2, value: store.level2, allowed: 4...4),
            .init(sub: 3, value: store.level3, allowed: 6...6), .init(sub: 4, value: store.level4, allowed: 6...6),
        ]
    }

    private func addDigits(_ tag: UInt8, _ value: String, count: Int, _ writer: inout PayloadWriter) {
        writer.add(tag, value, count...count)
        if !value.utf8.allSatisfy(isDigit) { writer.refuse(.fieldValue(TagPath(tag: tag), .digits)) }
    }

    private func readBack(_ bytes: [UInt8]) throws(QRFault) -> JPQR {
        guard let code = JPQR(try MerchantPayload(utf8: bytes, at: nil)), JPQRDraft(code) == self else {
            preconditionFailure("A JPQR that was just written reads as another one")
        }
        return code
    }
}
