extension Reading {
    /// Applies the rules of the scheme that was recognised.
    mutating func checkRules(_ bytes: Span<UInt8>) {
        switch index.scheme {
        case .khqrIndividual, .khqrMerchant, .khqrUnionPay: checkKHQR(bytes)
        case .jpqrMerchant: checkJPQR(bytes)
        case .emvcoOther: checkOther(bytes)
        case .jpqrConsumer, .emvcoConsumer: break
        }
    }

    // MARK: Lengths and forms that several schemes share

    /// Notes a field, if it is there, whose length in characters is not allowed.
    @inline(__always)
    mutating func limit(_ tag: UInt8, to allowed: ClosedRange<Int>) {
        let slot = index.root[tag]
        if slot.isPresent, !(allowed ~= slot.scalarCount) { noteLength(TagPath(tag: tag), slot, allowed) }
    }

    /// Notes a sub-field, if it is there, whose length in characters is not allowed.
    @inline(__always)
    mutating func limit(_ slot: Slot, _ tag: UInt8, _ sub: UInt8, to allowed: ClosedRange<Int>) {
        if slot.isPresent, !(allowed ~= slot.scalarCount) { noteLength(TagPath(tag: tag, sub: sub), slot, allowed) }
    }

    /// Notes mandatory fields that are missing.
    @inline(__always)
    mutating func require(_ tags: UInt128) {
        let missing = tags & ~index.root.present
        if missing != 0 { noteMissing(TagBits(bits: missing)) }
    }

    @inline(never)
    private mutating func noteLength(_ path: TagPath, _ slot: Slot, _ allowed: ClosedRange<Int>) {
        faults.note(.fieldLength(path, found: slot.scalarCount, allowed: allowed), at: slot.start)
    }

    @inline(never)
    private mutating func noteMissing(_ tags: TagBits) {
        for tag in tags { faults.note(.fieldMissing(TagPath(tag: tag))) }
    }

    @inline(never)
    mutating func noteValue(_ path: TagPath, _ rule: QRFinding.ValueRule, _ slot: Slot) {
        faults.note(.fieldValue(path, rule), at: slot.start)
    }

    /// 00 is `01` (EMVCo MPM 4.7.1); 01, if there, is `11` or `12` (4.7.2).
    mutating func checkFormatAndInitiation(_ bytes: Span<UInt8>, anyFormat: Bool = false) {
        let format = index.root[RootTag.payloadFormat]
        limit(RootTag.payloadFormat, to: 2...2)
        if format.scalarCount == 2, !anyFormat, !Ascii.equals("01", format, in: bytes) {
            noteValue(TagPath(tag: RootTag.payloadFormat), .exactly("01"), format)
        }
        let initiation = index.root[RootTag.initiation]
        limit(RootTag.initiation, to: 2...2)
        index.isDynamic = initiation.isPresent ? false : index.root.contains(RootTag.amount)
        guard initiation.scalarCount == 2 else { return }
        index.isDynamic = Ascii.equals("12", initiation, in: bytes)
        if !index.isDynamic, !Ascii.equals("11", initiation, in: bytes) {
            noteValue(TagPath(tag: RootTag.initiation), .oneOf(["11", "12"]), initiation)
        }
    }

    /// 52 is four digits (EMVCo MPM 4.7.12).
    mutating func checkCategory(_ bytes: Span<UInt8>) {
        let slot = index.root[RootTag.category]
        limit(RootTag.category, to: 4...4)
        if slot.scalarCount == 4, !TimestampText.isDigits(slot, in: bytes) {
            noteValue(TagPath(tag: RootTag.category), .digits, slot)
        }
    }

    /// 54 fits the currency: the only reading of an amount that money moves by.
    mutating func checkAmount(_ bytes: Span<UInt8>) {
        let slot = index.root[RootTag.amount]
        guard slot.isPresent else { return }
        limit(RootTag.amount, to: 1...13)
        guard let currency = index.currency, 1...13 ~= slot.scalarCount else { return }
        switch AmountText(slot, in: bytes).minorUnits(of: currency) {
        case .success(let units): index.amountMinorUnits = units
        case .failure(let broken): noteValue(TagPath(tag: RootTag.amount), broken.rule, slot)
        }
    }
}

extension Reading {
    /// Names the fields in which marks stand that turn or control text.
    ///
    /// A mark that turns the direction of text makes a name show as another one.
    @inline(never)
    mutating func noteMarks(_ scan: TextScan, _ bytes: Span<UInt8>) {
        if let offset = scan.bidirectionalOffset {
            faults.note(.fieldValue(path(at: offset, bytes), .noBidirectionalControls), at: offset)
        }
        if let offset = scan.controlOffset {
            faults.note(.fieldValue(path(at: offset, bytes), .noControlCharacters), at: offset)
        }
    }

    /// The field that holds a byte offset of a payload whose root is a row of data objects.
    private func path(at offset: Int, _ bytes: Span<UInt8>) -> TagPath {
        for tag in index.root.tags(in: 0...99) {
            let slot = index.root[tag]
            guard slot.start..<slot.end ~= offset else { continue }
            return RootTag.isTemplate(tag) ? path(at: offset, inside: slot, of: tag, bytes) : TagPath(tag: tag)
        }
        return TagPath(tag: 0)
    }

    private func path(at offset: Int, inside template: Slot, of tag: UInt8, _ bytes: Span<UInt8>) -> TagPath {
        var cursor = ObjectCursor(inside: template, isASCII: index.isASCII)
        while case .object(let sub, let slot) = cursor.next(bytes) {
            if slot.start..<slot.end ~= offset { return TagPath(tag: tag, sub: sub) }
        }
        return TagPath(tag: tag)
    }
}
