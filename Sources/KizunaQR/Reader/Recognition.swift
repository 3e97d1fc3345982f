/// Tells the foreign schemes apart, by identifier first and by country where a scheme has none of its own.
enum Recognition {
    /// Whose code it is; ``Network/unknown`` when nothing tells.
    static func network(of index: QRIndex, in bytes: Span<UInt8>) -> Network {
        for row in identifiers where hasIdentifier(row.prefix, index, bytes) { return row.network }
        let country = index.root[RootTag.country]
        for row in countries where Ascii.equals(row.code, country, in: bytes) { return row.network }
        let isSample =
            Ascii.equals("BEST TRANSPORT", index.root[RootTag.name], in: bytes)
            && Ascii.equals("BEIJING", index.root[RootTag.city], in: bytes)
        return isSample ? .emvcoSample : .unknown
    }

    /// Whether an identifier is an application identifier of ISO/IEC 7816-5: hexadecimal, from `A0` on.
    static func isApplicationIdentifier(_ slot: Slot, in bytes: Span<UInt8>) -> Bool {
        guard slot.byteCount >= 10, Ascii.begins("A0", slot, in: bytes) else { return false }
        for index in slot.start..<slot.end where hexadecimalDigit(bytes[index]) == nil { return false }
        return true
    }

    /// Beginnings of sub-tag 00, in order of precedence: a Singaporean code may carry PayNow and SGQR.
    private static let identifiers: [(prefix: StaticString, network: Network)] = [
        ("A000000677", .promptPay), ("A000000727", .vietQR), ("A000000775", .vnpay), ("vn.airpay", .airPay),
        ("ID.CO.QRIS", .qris), ("SG.PAYNOW", .payNow), ("SG.SGQR", .sgqr), ("A000000615", .duitNow),
        ("hk.com.hkicl", .fps), ("A000000524", .bharatQR), ("A005266284662577", .laoQR),
        ("com.p2pqrpay", .qrPh), ("ph.ppmi.", .qrPh), ("br.gov.bcb.pix", .pix), ("int.bceao.pi", .piSPI),
        ("A000000656", .cemac), ("D1560000000", .emvcoSample),
    ]

    /// Countries whose scheme leaves the identifier to each acquirer.
    private static let countries: [(code: StaticString, network: Network)] = [
        ("ID", .qris), ("IN", .bharatQR), ("PY", .pyQR), ("OM", .mpclear), ("CM", .cemac), ("CF", .cemac),
        ("CG", .cemac), ("GA", .cemac), ("GQ", .cemac), ("TD", .cemac),
    ]

    private static func hasIdentifier(_ prefix: StaticString, _ index: QRIndex, _ bytes: Span<UInt8>) -> Bool {
        for tag in index.root.tags(in: RootTag.accountTemplates) {
            let template = TemplateIndex(index.root[tag], in: bytes, isASCII: index.isASCII)
            if Ascii.begins(prefix, template[0], in: bytes) { return true }
        }
        return false
    }
}
