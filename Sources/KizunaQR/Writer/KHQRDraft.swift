public import KizunaMoney

/// A KHQR to be written.
///
/// Limits are counted in Unicode scalars, as readers count them. What a draft says comes back unchanged from
/// ``KHQRDraft/init(_:)`` over the code that it wrote.
public struct KHQRDraft: Sendable, Hashable {
    /// The account to pay: 29.00 or 30.00.
    public var account: BakongAccount
    /// Whose account it is. A merchant needs its identifier and its bank; each text has 1 to 32 characters of ASCII.
    public var holder: KHQR.Holder
    /// The name (59): 1 to 25 characters of ASCII.
    public var name: String
    /// The city (60): 1 to 15 characters of ASCII.
    public var city = "Phnom Penh"
    /// Riel or US dollar, with or without an amount of at most 13 characters.
    public var price = QRPrice.payerTypes(.khr)
    /// The merchant category code (52): four digits.
    public var category = "5999"
    /// The UnionPay account (15): 1 to 99 characters of ASCII, with riel only.
    public var unionPayAccount: String?
    /// The additional data (62): 1 to 25 characters of any script each.
    public var additional: [AdditionalField: String] = [:]
    /// Name and city in local script (64).
    public var local: LocalText?
    /// From when until when the code can be paid (99): needed with an amount, refused without.
    public var validity: Validity?

    /// Name and city as people there write them.
    public struct LocalText: Sendable, Hashable {
        /// ISO 639 alpha-2, such as `km`.
        public var language: String
        /// 1 to 25 characters.
        public var name: String
        /// 1 to 15 characters.
        public var city: String?

        public init(language: String, name: String, city: String? = nil) {
            self.language = language
            self.name = name
            self.city = city
        }
    }

    /// A span of time of which both ends belong to it.
    public struct Validity: Sendable, Hashable {
        /// When the code was made.
        public var created: Timestamp
        /// The last moment at which it can be paid.
        public var expires: Timestamp

        public init(created: Timestamp, expires: Timestamp) {
            self.created = created
            self.expires = expires
        }
    }

    public init(account: BakongAccount, holder: KHQR.Holder, name: String) {
        self.account = account
        self.holder = holder
        self.name = name
    }

    /// What a code says, without extra accounts and fields that we do not write.
    public init(_ code: KHQR) {
        let payload = code.payload
        self.init(account: code.account, holder: code.holder, name: payload.name ?? "")
        city = payload.city ?? ""
        price = code.amount.map { .fixed($0) } ?? .payerTypes(code.currency)
        category = payload.category ?? ""
        unionPayAccount = code.unionPayAccount
        additional = payload.additionalFields
        if let language = payload.localLanguage, let name = payload.localName {
            local = LocalText(language: language, name: name, city: payload.localCity)
        }
        if let created = code.created, let expires = code.expires {
            validity = Validity(created: created, expires: expires)
        }
    }
}

extension KHQRDraft {
    /// Writes the code in the order of the banks' SDKs, reads it back and compares.
    ///
    /// - Throws: ``QRFault`` with every limit that the draft breaks.
    public func written() throws(QRFault) -> KHQR {
        var writer = PayloadWriter()
        writer.add(RootTag.payloadFormat, "01", 2...2)
        writer.add(RootTag.initiation, price.amount == nil ? "11" : "12", 2...2)
        if let unionPayAccount { addUnionPay(unionPayAccount, &writer) }
        addAccount(&writer)
        addCategory(&writer)
        if price.currency != .khr, price.currency != .usd { writer.refuse(.currencyUnsupported) }
        writer.add(price)
        writer.add(RootTag.country, "KH", 2...2)
        writer.add(RootTag.name, name, 1...25)
        writer.add(RootTag.city, city, 1...15)
        writer.add(template: RootTag.additional, PayloadWriter.fields(of: additional))
        if let local { addLocal(local, &writer) }
        addValidity(&writer)
        return try readBack(try writer.finished(as: scheme))
    }

    private var scheme: QRScheme {
        if unionPayAccount != nil { return .khqrUnionPay }
        if case .merchant = holder { return .khqrMerchant }
        return .khqrIndividual
    }

    private func readBack(_ bytes: [UInt8]) throws(QRFault) -> KHQR {
        let payload = try MerchantPayload(utf8: bytes, at: validity?.created)
        guard let code = KHQR(payload), KHQRDraft(code) == self, payload.scheme == scheme, code.strictError == nil
        else { preconditionFailure("A KHQR that was just written reads as another one") }
        return code
    }

    private func addUnionPay(_ account: String, _ writer: inout PayloadWriter) {
        writer.add(RootTag.unionPay, account, 1...99)
        if price.currency == .usd { writer.refuse(.unionPayWithDollars) }
    }

    private func addAccount(_ writer: inout PayloadWriter) {
        let tag: UInt8
        let (first, bank): (String?, String?)
        switch holder {
        case .individual(let information, let acquirer):
            (tag, first, bank) = (RootTag.bakongIndividual, information, acquirer)
        case .merchant(let id, let acquirer):
            (tag, first, bank) = (RootTag.bakongMerchant, id, acquirer)
            if id == nil { writer.refuse(.fieldMissing(TagPath(tag: tag, sub: 1))) }
            if acquirer == nil { writer.refuse(.fieldMissing(TagPath(tag: tag, sub: 2))) }
        }
        writer.add(
            template: tag,
            [
                .init(sub: 0, value: account.description, allowed: 1...BakongAccount.longestCharacters),
                .init(sub: 1, value: first, allowed: 1...32), .init(sub: 2, value: bank, allowed: 1...32),
            ]
        )
    }

    private func addCategory(_ writer: inout PayloadWriter) {
        writer.add(RootTag.category, category, 4...4)
        if !category.utf8.allSatisfy(isDigit) { writer.refuse(.fieldValue(TagPath(tag: RootTag.category), .digits)) }
    }

    private func addLocal(_ local: LocalText, _ writer: inout PayloadWriter) {
        writer.add(
            template: RootTag.language,
            [
                .init(sub: 0, value: local.language, allowed: 2...2),
                .init(sub: 1, value: local.name, allowed: 1...25, script: .any),
                .init(sub: 2, value: local.city, allowed: 1...15, script: .any),
            ]
        )
    }

    private func addValidity(_ writer: inout PayloadWriter) {
        let (created, expires) = (TagPath(99, 0), TagPath(99, 1))
        guard let validity else {
            if price.amount != nil { writer.refuse(.fieldMissing(expires)) }
            return
        }
        guard price.amount != nil else { return writer.refuse(.fieldUnexpected(TagPath(99))) }
        let thirteenDigits: ClosedRange<Int64> = 1_000_000_000_000...9_999_999_999_999
        for (path, moment) in [(created, validity.created), (expires, validity.expires)]
        where !(thirteenDigits ~= moment.milliseconds) {
            writer.refuse(.timestampInvalid(path))
        }
        if validity.expires <= validity.created { writer.refuse(.fieldValue(expires, .later(than: created))) }
        writer.add(
            template: RootTag.timestamps,
            [
                .init(sub: 0, value: String(validity.created.milliseconds), allowed: 13...13),
                .init(sub: 1, value: String(validity.expires.milliseconds), allowed: 13...13),
            ]
        )
    }
}

extension PayloadWriter {
    /// The fields of 62 in rising order.
    static func fields(of additional: [AdditionalField: String]) -> [Field] {
        additional.map { field, value in
            let longest = field == .consumerDataRequest ? 3 : 25
            return Field(sub: field.rawValue, value: value, allowed: 1...longest, script: .any)
        }
        .sorted { $0.sub < $1.sub }
    }
}
