import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Resolutions name their shop by its id; the key that the code bore is read from the shop, whose key never changes. A
/// new one must find a shop that bears both.
extension Table where Key == ResolutionID, Row == Resolution {
    static let resolutions = Table(
        "resolutions",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("issuer", .int4) { $0.add($1.issuer) },
            Column("payer_country", .text) { $0.add($1.payerCountry.rawValue) },
            Column("scheme", .text) { $0.add($1.scheme) },
            Column("merchant", .uuid) { $0.add($1.merchantID) },
            Column("merchant_key", .text) { $0.add($1.merchantKey.text) },
            Column("acquirer", .int4) { $0.add($1.acquirer) },
            Column("currency", .int2) { $0.add($1.currency) },
            Column("fixed_amount", .int8) { $0.add($1.fixedAmount?.minorUnits) },
            Column("code", .uuid) { $0.add($1.code) },
            Column("is_single_use", .bool) { $0.add($1.isSingleUse) },
            Column("reference", .text) { $0.add($1.reference) },
            Column("created_at", .int8) { $0.add($1.createdAt) },
            Column("expires_at", .int8) { $0.add($1.expiresAt) },
        ],
        isRemovable: true,
        unwritten: ["merchant_key"],
        joining: "JOIN merchants AS m ON m.key = u.merchant_key AND m.id = u.merchant"
    )

    func writeResolutions(
        _ changes: [RecordTable<ResolutionID, Resolution>.Change],
        to commit: inout CommitCommands
    ) throws(StoreError) {
        for case let resolution? in changes.map(\.row) {
            try resolution.requireItsCurrency()
        }
        try write(changes, to: &commit)
    }
}

extension Query where Row == Resolution {
    static let resolutions = Query(
        """
        r.id, r.issuer, r.payer_country, r.scheme, m.key, r.merchant, r.acquirer, r.currency, r.fixed_amount, r.code,
            r.is_single_use, r.reference, r.created_at, r.expires_at
        """,
        from: "resolutions AS r JOIN merchants AS m ON m.id = r.merchant"
    ) { columns, names throws(StoreError) in
        let id: ResolutionID = try columns.id()
        let issuer = try names.institution(columns.int64())
        let country = try columns.country()
        let scheme = try columns.text()
        let key = try columns.merchantKey()
        let merchant: MerchantID = try columns.id()
        let acquirer = try names.institution(columns.int64())
        let currency = try columns.currency()
        return Resolution(
            id: id,
            issuer: issuer,
            payerCountry: country,
            scheme: scheme,
            merchantKey: key,
            merchantID: merchant,
            acquirer: acquirer,
            currency: currency,
            fixedAmount: columns.optionalInt64().map { Money(minorUnits: $0, currency: currency) },
            code: try columns.id(),
            isSingleUse: columns.bool(),
            reference: try columns.optionalText(),
            createdAt: columns.timestamp(),
            expiresAt: columns.timestamp()
        )
    }
}

extension Lookup where Key == ResolutionID, Row == Resolution {
    static let resolutions = Lookup(
        .resolutions,
        by: [Column("id", .uuid) { $0.add($1) }],
        matching: ["r.id"]
    ) { $0.id }
}
