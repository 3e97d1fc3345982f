import KizunaMoney

/// The rules of JPQR MPM (the association's guideline 1.0, by way of mercari/go-emv-code and kenmaz/JPQRReader).
extension Reading {
    /// 00, 52, 53, 58, 59, 60, 61 and 64.
    private static let mandatory: UInt128 = 1 | 0b1_0011_1100_0011 << 52

    mutating func checkJPQR(_ bytes: Span<UInt8>) {
        checkFormatAndInitiation(bytes)
        checkLevels(bytes)
        checkYen(bytes)
        checkCategory(bytes)
        checkAmount(bytes)
        checkJapanesePlace(bytes)
        checkJapaneseName(bytes)
        require(Self.mandatory)
    }

    /// The unified store identifier: four levels of 13, 4, 6 and 6 characters.
    private mutating func checkLevels(_ bytes: Span<UInt8>) {
        let tag = index.accountTag
        guard tag != 0 else { return }
        checkLevel(1, of: tag, length: 13, bytes)
        checkLevel(2, of: tag, length: 4, bytes)
        checkLevel(3, of: tag, length: 6, bytes)
        checkLevel(4, of: tag, length: 6, bytes)
    }

    private mutating func checkLevel(_ level: UInt8, of tag: UInt8, length: Int, _ bytes: Span<UInt8>) {
        let slot = index.account[level]
        guard slot.isPresent else { return faults.note(.fieldMissing(TagPath(tag: tag, sub: level))) }
        limit(slot, tag, level, to: length...length)
        if slot.scalarCount == length, !isAlphanumeric(slot, bytes) {
            noteValue(TagPath(tag: tag, sub: level), .alphanumeric, slot)
        }
    }

    /// 53 is 392.
    private mutating func checkYen(_ bytes: Span<UInt8>) {
        let slot = index.root[RootTag.currency]
        limit(RootTag.currency, to: 3...3)
        if Ascii.equals("392", slot, in: bytes) {
            index.currency = .jpy
        } else if slot.scalarCount == 3 {
            noteValue(TagPath(tag: RootTag.currency), .exactly("392"), slot)
        }
    }

    /// 58 is JP; name and city in Latin have at most 25 and 15 characters; the postal code is there.
    private mutating func checkJapanesePlace(_ bytes: Span<UInt8>) {
        let country = index.root[RootTag.country]
        limit(RootTag.country, to: 2...2)
        if country.scalarCount == 2, !Ascii.equals("JP", country, in: bytes) {
            noteValue(TagPath(tag: RootTag.country), .exactly("JP"), country)
        }
        limit(RootTag.name, to: 1...25)
        limit(RootTag.city, to: 1...15)
        limit(RootTag.postalCode, to: 1...10)
    }

    /// 64 holds the language JA and the shop's name in Japanese, and no city.
    private mutating func checkJapaneseName(_ bytes: Span<UInt8>) {
        guard index.root.contains(RootTag.language), index.language.isWellFormed else { return }
        for sub: UInt8 in 0...1 where !index.language[sub].isPresent {
            faults.note(.fieldMissing(TagPath(tag: RootTag.language, sub: sub)))
        }
        let language = index.language[0]
        limit(language, RootTag.language, 0, to: 2...2)
        if language.scalarCount == 2, !Ascii.equals("JA", language, in: bytes) {
            noteValue(TagPath(tag: RootTag.language, sub: 0), .exactly("JA"), language)
        }
        limit(index.language[1], RootTag.language, 1, to: 1...25)
        if index.language[2].byteCount > 0 {
            faults.note(.fieldUnexpected(TagPath(tag: RootTag.language, sub: 2)), at: index.language[2].header)
        }
    }

    private func isAlphanumeric(_ slot: Slot, _ bytes: Span<UInt8>) -> Bool {
        for index in slot.start..<slot.end where !KizunaQR.isAlphanumeric(bytes[index]) { return false }
        return true
    }
}
