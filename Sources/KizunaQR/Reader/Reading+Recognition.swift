extension Reading {
    /// Notes what is wrong inside the templates of the root, and opens 62 and 64.
    mutating func openTemplates(_ templates: AccountTemplates, _ bytes: Span<UInt8>) {
        if !templates.malformed.isEmpty { noteMalformed(templates) }
        if let found = templates.duplicate { noteDuplicate(found.tag, (found.sub, found.offset)) }
        let additional = index.root[RootTag.additional]
        if additional.isPresent {
            index.additional = TemplateIndex(additional, in: bytes, isASCII: index.isASCII)
            // 62 is tolerated as plain text: some banks write it so.
            if !index.additional.isWellFormed { index.additional = TemplateIndex() }
            if let found = index.additional.duplicate { noteDuplicate(RootTag.additional, found) }
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
    mutating func recognise(_ templates: AccountTemplates, _ bytes: Span<UInt8>) {
        if templates.jpqrTag != 0 {
            settle(.jpqrMerchant, templates.jpqrTag, bytes)
            if templates.hasSecondJPQR || templates.individualIsBakong || templates.merchantIsBakong {
                faults.note(.accountConflict, at: index.root[templates.jpqrTag].header)
            }
        } else if templates.merchantIsBakong {
            settle(.khqrMerchant, RootTag.bakongMerchant, bytes)
            if templates.individualIsBakong {
                faults.note(.accountConflict, at: index.root[RootTag.bakongMerchant].header)
            }
        } else if templates.individualIsBakong {
            settle(.khqrIndividual, RootTag.bakongIndividual, bytes)
        } else {
            recogniseWithoutAccount(templates, bytes)
        }
        if index.scheme.isKHQR, index.root.contains(RootTag.unionPay) { index.scheme = .khqrUnionPay }
    }

    /// Guesses the scheme of a payload that cannot be read to its end; what is missing may stand in the rest.
    @inline(never)
    mutating func guessScheme(_ templates: AccountTemplates, _ bytes: Span<UInt8>) {
        let faults = faults
        recognise(templates, bytes)
        self.faults = faults
        if index.network == .unknown {
            index.network = nil
            isRecognised = false
        }
    }

    /// - Parameter tag: the template that names the payee; 0 when none does.
    private mutating func settle(_ scheme: QRScheme, _ tag: UInt8, _ bytes: Span<UInt8>) {
        index.scheme = scheme
        index.accountTag = tag
        if tag != 0 { index.account = TemplateIndex(index.root[tag], in: bytes, isASCII: index.isASCII) }
        isRecognised = true
    }

    /// Codes that name neither a Bakong account nor a Japanese store: foreign ones, and broken ones of ours.
    @inline(never)
    private mutating func recogniseWithoutAccount(_ templates: AccountTemplates, _ bytes: Span<UInt8>) {
        let country = index.root[RootTag.country]
        let mayBeCambodian = !country.isPresent || Ascii.equals("KH", country, in: bytes)
        let hasAccount = !index.root.tags(in: RootTag.accounts).isEmpty
        if mayBeCambodian, isBrokenBakong(RootTag.bakongMerchant, bytes) {
            settle(.khqrMerchant, RootTag.bakongMerchant, bytes)
        } else if mayBeCambodian, isBrokenBakong(RootTag.bakongIndividual, bytes) {
            settle(.khqrIndividual, RootTag.bakongIndividual, bytes)
        } else if mayBeCambodian, templates.hasStrayBakong || (country.isPresent && !hasAccount) {
            settle(.khqrIndividual, 0, bytes)
            faults.note(.accountMissing)
        } else {
            settle(.emvcoOther, 0, bytes)
            if !hasAccount { faults.note(.accountMissing) }
            index.network = Recognition.network(of: index, in: bytes)
            noteMissingJapaneseIdentifier(bytes)
        }
    }

    /// Whether 29 or 30 holds something that is neither a Bakong account nor another scheme's identifier.
    private func isBrokenBakong(_ tag: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard index.root.contains(tag) else { return false }
        let template = TemplateIndex(index.root[tag], in: bytes, isASCII: index.isASCII)
        return !Recognition.isApplicationIdentifier(template[0], in: bytes)
    }

    private mutating func noteMissingJapaneseIdentifier(_ bytes: Span<UInt8>) {
        guard Ascii.equals("JP", index.root[RootTag.country], in: bytes),
            !index.root.tags(in: RootTag.accountTemplates).isEmpty
        else { return }
        settle(.jpqrMerchant, 0, bytes)
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
