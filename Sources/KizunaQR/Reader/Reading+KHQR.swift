import KizunaMoney

/// The rules of KHQR (specification 1.0 of December 2019; the National Bank of Cambodia's SDK documents).
extension Reading {
    /// 00, 52, 53, 58, 59 and 60.
    private static let mandatory: UInt128 = 1 | 0b1_1100_0011 << 52

    mutating func checkKHQR(_ bytes: Span<UInt8>) {
        checkFormatAndInitiation(bytes)
        checkBakongAccount(bytes)
        checkKHQRCurrency(bytes)
        checkCategory(bytes)
        checkAmount(bytes)
        checkPlace(bytes)
        checkAdditional()
        checkKHQRLanguage()
        require(Self.mandatory)
        checkTimestamps(bytes)
        if index.isDynamic, !index.root.contains(RootTag.amount) { faults.note(.amountMissingDynamic) }
        if faults.isEmpty { index.strictErrorCode = KHQRStrictCheck.code(for: index, in: bytes, at: now) }
    }

    /// 29 or 30: the account of the form `name@bank`, then who holds it; each at most 32 characters.
    private mutating func checkBakongAccount(_ bytes: Span<UInt8>) {
        let tag = index.accountTag
        guard tag != 0 else { return }
        let account = index.account[0]
        guard account.isPresent else { return faults.note(.fieldMissing(TagPath(tag: tag, sub: 0))) }
        limit(account, tag, 0, to: 1...32)
        if account.byteCount > 0, !BakongAccount.isWellFormed(account, in: bytes) {
            noteValue(TagPath(tag: tag, sub: 0), .bakongAccount, account)
        }
        limit(index.account[1], tag, 1, to: 0...32)
        limit(index.account[2], tag, 2, to: 0...32)
    }

    /// 53 is 116 or 840, and 116 beside a UnionPay account.
    private mutating func checkKHQRCurrency(_ bytes: Span<UInt8>) {
        let slot = index.root[RootTag.currency]
        guard slot.isPresent else { return }
        limit(RootTag.currency, to: 3...3)
        guard slot.scalarCount == 3 else { return }
        if Ascii.equals("116", slot, in: bytes) {
            index.currency = .khr
        } else if Ascii.equals("840", slot, in: bytes) {
            index.currency = .usd
            if index.root.contains(RootTag.unionPay) {
                faults.note(.unionPayWithDollars, at: index.root[RootTag.unionPay].header)
            }
        } else {
            faults.note(.currencyUnsupported, at: slot.start)
        }
    }

    /// 58 is KH; 59 and 60 have at most 25 and 15 characters, 61 at most 10.
    private mutating func checkPlace(_ bytes: Span<UInt8>) {
        let country = index.root[RootTag.country]
        limit(RootTag.country, to: 2...2)
        if country.scalarCount == 2, !Ascii.equals("KH", country, in: bytes) {
            noteValue(TagPath(tag: RootTag.country), .exactly("KH"), country)
        }
        limit(RootTag.name, to: 1...25)
        limit(RootTag.city, to: 1...15)
        limit(RootTag.postalCode, to: 0...10)
    }

    /// 62.01 to 62.09 have at most 25 characters each; none at all is tolerated.
    private mutating func checkAdditional() {
        guard index.additional.present != 0 else { return }
        for sub: UInt8 in 1...9 { limit(index.additional[sub], RootTag.additional, sub, to: 0...25) }
    }

    /// 64 needs a language of two characters and a name; the city is optional (EMVCo MPM 4.9).
    private mutating func checkKHQRLanguage() {
        let slot = index.root[RootTag.language]
        guard slot.byteCount > 0, index.language.isWellFormed else { return }
        for sub: UInt8 in 0...1 where !index.language[sub].isPresent {
            faults.note(.fieldMissing(TagPath(tag: RootTag.language, sub: sub)))
        }
        limit(index.language[0], RootTag.language, 0, to: 2...2)
        limit(index.language[1], RootTag.language, 1, to: 1...25)
        limit(index.language[2], RootTag.language, 2, to: 0...15)
    }
}

/// Tag 99: when the code was made and until when it can be paid.
extension Reading {
    private mutating func checkTimestamps(_ bytes: Span<UInt8>) {
        let slot = index.root[RootTag.timestamps]
        guard slot.isPresent else { return }
        let template = TemplateIndex(slot, in: bytes, isASCII: index.isASCII)
        guard template.isWellFormed, areTimestamps(template, bytes) else { return }
        index.hasTimestamps = true
        if let found = template.duplicate { noteDuplicate(RootTag.timestamps, found) }
        let (created, expires) = (template[0], template[1])
        index.created = TimestampText.read(created, in: bytes)
        index.expires = TimestampText.read(expires, in: bytes)
        if expires.byteCount > 0, index.expires == nil { noteExpiry(expires) }
        if created.isPresent, index.created == nil {
            faults.note(.timestampInvalid(TagPath(tag: RootTag.timestamps, sub: 0)), at: created.start)
        }
        if index.isDynamic, let now, let moment = index.expires, moment < now {
            faults.note(.expired, at: expires.start)
        }
    }

    /// Banks put words of their own into 99; timestamps are digits in 00, or alone in 01, or at least look the part.
    private func areTimestamps(_ template: TemplateIndex, _ bytes: Span<UInt8>) -> Bool {
        let created = template[0]
        if created.isPresent {
            return TimestampText.isDigits(created, in: bytes)
                || created.scalarCount == TimestampText.length && template.holdsOnly(0b11)
        }
        return TimestampText.isDigits(template[1], in: bytes)
    }

    private mutating func noteExpiry(_ slot: Slot) {
        let path = TagPath(tag: RootTag.timestamps, sub: 1)
        let hasLength = slot.scalarCount == TimestampText.length
        faults.note(hasLength ? .timestampInvalid(path) : .expiryLength(found: slot.scalarCount), at: slot.start)
    }
}
