import KizunaMoney

extension MerchantPayload {
    /// The ways in which the payload departs from the standard and is tolerated: stable names, in alphabetical order.
    public var quirks: [String] {
        var quirks: [String] = []
        let root = index.root
        let missing = TagBits(bits: Self.expected & ~root.present)
        if !missing.isEmpty { quirks.append("missing:" + missing.map(String.init).joined(separator: ",")) }
        if root.first != RootTag.payloadFormat { quirks.append("pfi-not-first") }
        if !root.isSorted { quirks.append("unsorted") }
        let bytes = utf8
        if Ascii.equals("02", root[RootTag.payloadFormat], in: bytes.span) { quirks.append("pfi-02") }
        if bytes[(bytes.count - 4)...].contains(where: { UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 }) {
            quirks.append("crc-lowercase")
        }
        addEmptyFields(to: &quirks)
        addLongFields(to: &quirks)
        if scheme.isKHQR { addKHQR(to: &quirks) }
        return quirks.count < 2 ? quirks : quirks.sorted()
    }

    /// 52, 58, 59 and 60, which the standard asks for and foreign schemes leave out.
    private static let expected: UInt128 = 0b1_1100_0001 << 52

    private func addEmptyFields(to quirks: inout [String]) {
        let bytes = utf8
        for tag in TagBits(bits: index.root.present) {
            let slot = index.root[tag]
            if slot.byteCount == 0 { quirks.append("empty:\(TagPath(tag: tag))") }
            guard RootTag.isTemplate(tag) else { continue }
            var cursor = ObjectCursor(inside: slot, isASCII: index.isASCII)
            var empty: [TagPath] = []
            walk: while true {
                switch cursor.next(bytes.span) {
                case .object(let sub, let field):
                    if field.byteCount == 0 { empty.append(TagPath(tag: tag, sub: sub)) }
                case .end:
                    quirks += empty.map { "empty:\($0)" }
                    break walk
                case .malformed, .overrun: break walk
                }
            }
        }
    }

    /// Names and cities of foreign schemes past the limits of EMVCo MPM 4.5.
    private func addLongFields(to quirks: inout [String]) {
        func add(_ tag: UInt8, past limit: Int) {
            if index.root[tag].scalarCount > limit { quirks.append("field-length:\(TagPath(tag: tag))") }
        }
        add(RootTag.name, past: 25)
        add(RootTag.city, past: 15)
        add(RootTag.postalCode, past: 10)
    }

    private func addKHQR(to quirks: inout [String]) {
        if isDynamic, index.expires == nil { quirks.append("expiry-missing") }
        let amount = index.root[RootTag.amount]
        if currency == .khr, utf8[amount.start..<amount.end].contains(UInt8(ascii: ".")) {
            quirks.append("khr-zero-fraction")
        }
    }
}
