extension Reading {
    /// Notes what is wrong inside the templates of the root, and opens 62 and 64.
    mutating func openTemplates(_ templates: inout AccountTemplates, _ bytes: Span<UInt8>) {
        if !templates.malformed.isEmpty { noteMalformed(templates) }
        if let found = templates.duplicate { noteDuplicate(found.tag, (found.sub, found.offset)) }
        let additional = index.root[RootTag.additional]
        if additional.isPresent {
            let template = TemplateIndex(additional, in: bytes, isASCII: index.isASCII)
            // 62 is tolerated as plain text: some banks write it so.
            if template.isWellFormed { index.additional = template }
            if template.isWellFormed, let found = template.duplicate { noteDuplicate(RootTag.additional, found) }
        }
        let language = index.root[RootTag.language]
        if language.isPresent {
            index.language = TemplateIndex(language, in: bytes, isASCII: index.isASCII)
            if let found = index.language.duplicate { noteDuplicate(RootTag.language, found) }
            if !index.language.isWellFormed {
                faults.note(.templateMalformed(TagPath(tag: RootTag.language)), at: language.start)
            }
        }
    }

    /// Settles the scheme: JPQR by its identifier, then KHQR by its account, then the foreign ones.
    mutating func recognise(_ templates: inout AccountTemplates, _ bytes: Span<UInt8>) {
        if let jpqr = templates.jpqr {
            settle(.jpqrMerchant, jpqr.tag, jpqr.template)
            if templates.hasSecondJPQR || templates.individualIsBakong || templates.merchantIsBakong {
                faults.note(.accountConflict, at: index.root[jpqr.tag].header)
            }
        } else if templates.merchantIsBakong {
            settle(.khqrMerchant, RootTag.bakongMerchant, templates.merchant)
            if templates.individualIsBakong {
                faults.note(.accountConflict, at: index.root[RootTag.bakongMerchant].header)
            }
        } else if templates.individualIsBakong {
            settle(.khqrIndividual, RootTag.bakongIndividual, templates.individual)
        } else {
            recogniseWithoutAccount(templates, bytes)
        }
        if index.scheme.isKHQR, index.root.contains(RootTag.unionPay) { index.scheme = .khqrUnionPay }
    }

    /// Guesses the scheme of a payload that cannot be read to its end; what is missing may stand in the rest.
    @inline(never)
    mutating func guessScheme(_ templates: inout AccountTemplates, _ bytes: Span<UInt8>) {
        let faults = faults
        recognise(&templates, bytes)
        self.faults = faults
        if index.network == .unknown {
            index.network = nil
            isRecognised = false
        }
    }

    private mutating func settle(_ scheme: QRScheme, _ tag: UInt8, _ template: TemplateIndex) {
        index.scheme = scheme
        index.accountTag = tag
        index.account = template
        isRecognised = true
    }

    /// Codes that name neither a Bakong account nor a Japanese store: foreign ones, and broken ones of ours.
    @inline(never)
    private mutating func recogniseWithoutAccount(_ templates: AccountTemplates, _ bytes: Span<UInt8>) {
        let country = index.root[RootTag.country]
        let mayBeCambodian = !country.isPresent || Ascii.equals("KH", country, in: bytes)
        let hasAccount = !index.root.tags(in: RootTag.accounts).isEmpty
        if mayBeCambodian, isBrokenBakong(templates.merchant, RootTag.bakongMerchant, bytes) {
            settle(.khqrMerchant, RootTag.bakongMerchant, templates.merchant)
        } else if mayBeCambodian, isBrokenBakong(templates.individual, RootTag.bakongIndividual, bytes) {
            settle(.khqrIndividual, RootTag.bakongIndividual, templates.individual)
        } else if mayBeCambodian, templates.hasStrayBakong || (country.isPresent && !hasAccount) {
            settle(.khqrIndividual, 0, TemplateIndex())
            faults.note(.accountMissing)
        } else {
            settle(.emvcoOther, 0, TemplateIndex())
            if !hasAccount { faults.note(.accountMissing) }
            index.network = Recognition.network(of: index, in: bytes)
            noteMissingJapaneseIdentifier(bytes)
        }
    }

    /// Whether 29 or 30 holds something that is neither a Bakong account nor another scheme's identifier.
    private func isBrokenBakong(_ template: TemplateIndex, _ tag: UInt8, _ bytes: Span<UInt8>) -> Bool {
        index.root.contains(tag) && !Recognition.isApplicationIdentifier(template[0], in: bytes)
    }

    private mutating func noteMissingJapaneseIdentifier(_ bytes: Span<UInt8>) {
        guard Ascii.equals("JP", index.root[RootTag.country], in: bytes),
            !index.root.tags(in: RootTag.accountTemplates).isEmpty
        else { return }
        settle(.jpqrMerchant, 0, TemplateIndex())
        faults.note(.guidMissing)
    }

    @inline(never)
    private mutating func noteMalformed(_ templates: AccountTemplates) {
        for tag in templates.malformed {
            faults.note(.templateMalformed(TagPath(tag: tag)), at: index.root[tag].start)
        }
    }

    @inline(never)
    mutating func noteDuplicate(_ tag: UInt8, _ found: (tag: UInt8, offset: Int)) {
        faults.note(.subtagDuplicate(TagPath(tag: tag, sub: found.tag)), at: found.offset)
    }
}
