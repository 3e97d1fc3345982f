import KizunaMoney

extension MerchantPayload {
    /// The facts of a merchant-presented payload.
    var facts: QRFacts {
        var facts = QRFacts()
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
        addScheme(to: &facts)
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
            facts.add(TagPath(tag: tag).description, isTemplate ? templateFact(tag) : .text(self[tag] ?? ""))
        }
        return facts
    }

    /// The inside of a template by sub-tag, or its text when it is none.
    private func templateFact(_ tag: UInt8) -> QRFacts.Value {
        guard let objects = objects(inside: index.root[tag]), !objects.isEmpty else { return .text(self[tag] ?? "") }
        var facts = QRFacts()
        for object in objects { facts.add(TagPath(tag: object.tag).description, text(of: object.slot)) }
        return .fields(facts)
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
            facts.add(TagPath(tag: tag).description, self[tag])
        }
        return facts
    }

    private func addScheme(to facts: inout QRFacts) {
        if let khqr = KHQR(self) { return facts.add("khqr", .fields(khqr.accountFacts)) }
        if let jpqr = JPQR(self) { return facts.add("jpqr", .fields(jpqr.storeFacts)) }
        facts.add("network", network?.rawValue)
    }
}

extension MerchantPayload {
    /// The objects inside a template in their order, or nil when it is not a row of objects.
    func objects(inside template: Slot) -> [(tag: UInt8, slot: Slot)]? {
        var objects: [(tag: UInt8, slot: Slot)] = []
        var cursor = ObjectCursor(inside: template, isASCII: index.isASCII)
        while true {
            switch cursor.next(utf8.span) {
            case .object(let tag, let slot): objects.append((tag: tag, slot: slot))
            case .end: return objects
            case .malformed, .overrun: return nil
            }
        }
    }
}

extension KHQR {
    fileprivate var accountFacts: QRFacts {
        var facts = QRFacts()
        facts.add("tag", TagPath(tag: payload.index.accountTag).description)
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
    fileprivate var storeFacts: QRFacts {
        var facts = QRFacts()
        facts.add("tag", TagPath(tag: payload.index.accountTag).description)
        facts.add("lv1", store.level1)
        facts.add("lv2", store.level2)
        facts.add("lv3", store.level3)
        facts.add("lv4", store.level4)
        return facts
    }
}
