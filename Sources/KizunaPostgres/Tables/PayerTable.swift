import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What payers have paid lately. Two payments of one payer at two nodes must both count.
extension Table where Key == PayerKey, Row == PayerTally {
    static let payers = Table(
        "payers",
        keys: [Column("payer", .uuid) { $0.add($1) }],
        changing: [
            Column("known_since", .int8, isCompared: false) { $0.add($1.knownSince) },
            Column("new_payer_yen", .int8) { $0.add($1.newPayerYen) },
            Column("day", .int8) { $0.add($1.day) },
            Column("day_yen", .int8) { $0.add($1.dayYen) },
            Column("day_payments", .int8) { $0.add($1.dayPayments) },
            Column("purchases", .bytea, isCompared: false) { $0.add(PurchaseBytes.encode($1.purchases)) },
        ]
    )
}

extension Lookup where Key == PayerKey, Row == PayerTally {
    static let payers = Lookup(
        Query(
            "payer, known_since, new_payer_yen, day, day_yen, day_payments, purchases",
            from: "payers"
        ) { columns, _ throws(StoreError) in
            PayerTally(
                payer: try columns.id(),
                knownSince: columns.timestamp(),
                newPayerYen: columns.int64(),
                day: columns.int(),
                dayYen: columns.int64(),
                dayPayments: columns.int(),
                purchases: try PurchaseBytes.decode(columns.bytes())
            )
        },
        by: [Column("payer", .uuid) { $0.add($1) }],
        matching: ["payer"]
    ) { $0.payer }
}
