import KizunaMoney

extension MerchantPayload {
    /// The facts of a merchant-presented payload.
    ///
    /// - Parameter scheme: what its scheme makes of the account, or whose code it is.
    func facts(of scheme: (name: String, value: QRFacts.Value)?) -> QRFacts {
        var facts = QRFacts(reserving: 18)
        facts.add("initiation", initiation.rawValue)
        facts.add("accounts", .fields(accountFacts))
        for (name, tag) in Self.plainFields { facts.add(name, self[tag]) }
        facts.add("amountMinor", index.amountMinorUnits.map { .number($0) } ?? .absent)
        if index.root.contains(RootTag.additional) { facts.add("additional", templateFact(RootTag.additional)) }
        if index.root.contains(RootTag.language) { facts.add("language", templateFact(RootTag.language)) }
        addTimestamps(to: &facts)
        let others = otherFacts
        if !others.facts.isEmpty { facts.add("other", .fields(others)) }
        facts.add("crc", self[RootTag.crc])
        if let scheme { facts.add(scheme.name, scheme.value) }
        let quirks = quirks
        if !quirks.isEmpty { facts.add("quirks", .list(quirks.map { .text($0) })) }
        return facts
    }

    private static let plainFields: [(String, UInt8)] = [
        ("mcc", RootTag.category), ("currency", RootTag.currency), ("amount", RootTag.amount), ("tip", RootTag.tip),
        ("feeFixed", RootTag.fixedFee), ("feePercent", RootTag.percentageFee), ("country", RootTag.country),
        ("name", RootTag.name), ("city", RootTag.city), ("postal", RootTag.postalCode),
    ]

    /// Accounts by tag: plain text in 02 to 25, the inside of the template in 26 to 51.
    private var accountFacts: QRFacts {
        var facts = QRFacts()
        for tag in index.root.tags(in: RootTag.accounts) {
            let isTemplate = RootTag.accountTemplates ~= tag
            facts.add(TagPath.twoDigits(tag), isTemplate ? templateFact(tag) : .text(self[tag] ?? ""))
        }
        return facts
    }

    /// The inside of a template by sub-tag, or its text when it is none.
    private func templateFact(_ tag: UInt8) -> QRFacts.Value {
        fields(inside: index.root[tag]).map(QRFacts.Value.fields) ?? .text(self[tag] ?? "")
    }

    /// The objects inside a template in their order; nil when it holds none, or is no row of objects.
    private func fields(inside template: Slot) -> QRFacts? {
        let bytes = utf8
        var facts = QRFacts(reserving: 4)
        var cursor = ObjectCursor(inside: template, isASCII: index.isASCII)
        while true {
            switch cursor.next(bytes.span) {
            case .object(let sub, let slot): facts.add(TagPath.twoDigits(sub), text(of: slot))
            case .end: return facts.facts.isEmpty ? nil : facts
            case .malformed, .overrun: return nil
            }
        }
    }

    /// A KHQR's timestamps, or what its bank put in their place.
    private func addTimestamps(to facts: inout QRFacts) {
        guard scheme.isKHQR, index.root.contains(RootTag.timestamps) else { return }
        guard index.hasTimestamps else { return facts.add("tag99", templateFact(RootTag.timestamps)) }
        if let created = index.created { facts.add("created", .number(created.milliseconds)) }
        if let expires = index.expires { facts.add("expires", .number(expires.milliseconds)) }
    }

    /// Reserved tags and unreserved templates, as text.
    private var otherFacts: QRFacts {
        var facts = QRFacts()
        for tag in index.root.tags(in: RootTag.others) where !(scheme.isKHQR && tag == RootTag.timestamps) {
            facts.add(TagPath.twoDigits(tag), self[tag])
        }
        return facts
    }
}

extension KHQR {
    /// Whose account it is.
    var accountFacts: QRFacts {
        var facts = QRFacts(reserving: 5)
        facts.add("tag", TagPath.twoDigits(payload.index.accountTag))
        facts.add("id", account.description)
        switch holder {
        case .individual(let information, let bank):
            facts.add("info", information)
            facts.add("bank", bank)
        case .merchant(let id, let bank):
            facts.add("merchantId", id)
            facts.add("bank", bank)
        }
        facts.add("unionPay", unionPayAccount)
        return facts
    }
}

extension JPQR {
    /// The store's identifier by its levels.
    var storeFacts: QRFacts {
        var facts = QRFacts(reserving: 5)
        facts.add("tag", TagPath.twoDigits(payload.index.accountTag))
        facts.add("lv1", store.level1)
        facts.add("lv2", store.level2)
        facts.add("lv3", store.level3)
        facts.add("lv4", store.level4)
        return facts
    }
}
