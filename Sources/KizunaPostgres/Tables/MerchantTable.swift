import KizunaLedger
import KizunaPayments
import KizunaSwitch

extension Table where Key == MerchantKey, Row == Merchant {
    static let merchants = Table(
        "merchants",
        keys: [Column("key", .text) { $0.add($1.text) }],
        fixed: [Column("id", .uuid) { $0.add($1.id) }],
        changing: [
            Column("acquirer", .int4) { $0.add($1.acquirer) },
            Column("name", .text) { $0.add($1.name) },
            Column("local_name", .text) { $0.add($1.localName) },
            Column("city", .text) { $0.add($1.city) },
            Column("category_code", .text) { $0.add($1.categoryCode) },
            Column("accepts_foreign_payers", .bool) { $0.add($1.acceptsForeignPayers) },
            Column("status", .int2) { $0.add($1.status) },
        ]
    )

    /// Adds shops to a commit; one that is known keeps its id.
    func writeShops(
        _ changes: [RecordTable<MerchantKey, Merchant>.Change],
        to commit: inout CommitCommands
    ) throws(StoreError) {
        for change in changes {
            guard let before = change.stored, let after = change.row else { continue }
            guard before.id == after.id else { throw .brokenRule("A shop keeps its id") }
        }
        try write(changes, to: &commit)
    }
}

extension Query where Row == Merchant {
    static let merchants = Query(
        "id, acquirer, key, name, local_name, city, category_code, accepts_foreign_payers, status",
        from: "merchants"
    ) { columns, names throws(StoreError) in
        Merchant(
            id: try columns.id(),
            acquirer: try names.institution(columns.int64()),
            key: try columns.merchantKey(),
            name: try columns.text(),
            localName: try columns.optionalText(),
            city: try columns.text(),
            categoryCode: try columns.text(),
            acceptsForeignPayers: columns.bool(),
            status: try columns.value()
        )
    }
}

extension Lookup where Key == MerchantKey, Row == Merchant {
    static let merchants = Lookup(
        .merchants,
        by: [Column("key", .text) { $0.add($1.text) }],
        matching: ["key"]
    ) { $0.key }
}

extension Columns {
    mutating func merchantKey() throws(StoreError) -> MerchantKey {
        guard let key = MerchantKey(text: try text()) else { throw .unreadable("a shop's key") }
        return key
    }
}
