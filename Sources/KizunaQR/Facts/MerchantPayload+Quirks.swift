import KizunaMoney

extension MerchantPayload {
    /// The ways in which the payload departs from the standard and is tolerated: stable names, in alphabetical order.
    public var quirks: [String] {
        var quirks: [String] = []
        let root = index.root
        let missing = [RootTag.category, RootTag.country, RootTag.name, RootTag.city].filter { !root.contains($0) }
        if !missing.isEmpty { quirks.append("missing:" + missing.map(String.init).joined(separator: ",")) }
        if root.first != RootTag.payloadFormat { quirks.append("pfi-not-first") }
        if !root.isSorted { quirks.append("unsorted") }
        if self[RootTag.payloadFormat] == "02" { quirks.append("pfi-02") }
        if self[RootTag.crc]?.utf8.contains(where: { UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 }) == true {
            quirks.append("crc-lowercase")
        }
        quirks += emptyFields.map { "empty:\($0)" } + longFields.map { "field-length:\($0)" }
        if scheme.isKHQR { quirks += khqrQuirks }
        return quirks.sorted()
    }

    private var emptyFields: [TagPath] {
        var paths: [TagPath] = []
        for tag in index.root.tags(in: 0...99) {
            let slot = index.root[tag]
            if slot.byteCount == 0 { paths.append(TagPath(tag: tag)) }
            guard RootTag.isTemplate(tag), let objects = objects(inside: slot) else { continue }
            paths += objects.filter { $0.slot.byteCount == 0 }.map { TagPath(tag: tag, sub: $0.tag) }
        }
        return paths
    }

    /// Names and cities of foreign schemes past the limits of EMVCo MPM 4.5.
    private var longFields: [TagPath] {
        [(RootTag.name, 25), (RootTag.city, 15), (RootTag.postalCode, 10)]
            .filter { index.root[$0.0].scalarCount > $0.1 }
            .map { TagPath(tag: $0.0) }
    }

    private var khqrQuirks: [String] {
        var quirks: [String] = []
        if isDynamic, index.expires == nil { quirks.append("expiry-missing") }
        if currency == .khr, amountText?.utf8.contains(UInt8(ascii: ".")) == true { quirks.append("khr-zero-fraction") }
        return quirks
    }
}
