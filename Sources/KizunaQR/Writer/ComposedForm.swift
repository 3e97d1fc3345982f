/// Whether a text is in Unicode's normalisation form C, in which EMVCo wants text sent (MPM 4.5.3).
///
/// The standard library compares strings by canonical equivalence but does not publish the composed form. So every pair
/// of characters that may compose is compared with the characters of the blocks in which its composite would stand.
func isComposed(_ text: String) -> Bool {
    var starter: Unicode.Scalar?
    var lastClass: UInt8 = 0
    for scalar in text.unicodeScalars {
        let properties = scalar.properties
        let combiningClass = properties.canonicalCombiningClass.rawValue
        if properties.isFullCompositionExclusion { return false }
        if combiningClass != 0, combiningClass < lastClass { return false }
        let isBlocked = lastClass != 0 && lastClass >= combiningClass
        if let starter, !isBlocked, compose(starter, scalar) { return false }
        if combiningClass == 0 { starter = scalar }
        lastClass = combiningClass
    }
    return true
}

/// Whether two scalars in a row have one scalar that means the same.
private func compose(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    if areJamo(first, second) { return true }
    guard mayCompose(second) else { return false }
    let pair = String(String.UnicodeScalarView([first, second]))
    return blocks(of: first).contains { block in
        block.contains { code in Unicode.Scalar(code).map { String($0) == pair } ?? false }
    }
}

/// The marks below U+10000 that some scalar composes with (NFC_Quick_Check is Maybe; Unicode annex 15). No other will ever
/// join them: texts that are composed stay so in every later version.
private func mayCompose(_ mark: Unicode.Scalar) -> Bool {
    switch mark.value {
    case 0x300...0x304, 0x306...0x30C, 0x30F, 0x311, 0x313...0x314, 0x31B, 0x323...0x328, 0x32D...0x32E,
        0x330...0x331, 0x338, 0x342, 0x345, 0x653...0x655, 0x93C, 0x9BE, 0x9D7, 0xB3E, 0xB56...0xB57, 0xBBE, 0xBD7,
        0xC56, 0xCC2, 0xCD5...0xCD6, 0xD3E, 0xD57, 0xDCA, 0xDCF, 0xDDF, 0x102E, 0x1B35, 0x3099...0x309A:
        true
    default: false
    }
}

/// Where the composites of a scalar stand: in its own block, and for the European alphabets in their extensions.
private func blocks(of first: Unicode.Scalar) -> [ClosedRange<UInt32>] {
    let page = first.value & ~0xFF
    let own = page...(page + 0xFF)
    return first.value < 0x530 ? [own, 0xC0...0x233, 0x1E00...0x1FFF] : [own]
}

/// Korean letters that make a syllable: a consonant and a vowel, or an open syllable and a final consonant.
private func areJamo(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    switch (first.value, second.value) {
    case (0x1100...0x1112, 0x1161...0x1175): true
    case (0xAC00...0xD7A3, 0x11A8...0x11C2): (first.value - 0xAC00) % 28 == 0
    default: false
    }
}
