import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Which payment has claimed a code that may be paid once.
extension Table where Key == CodeDigest, Row == PaymentID {
    static let codeClaims = Table(
        "code_claims",
        keys: [Column("code", .uuid) { $0.add($1) }],
        changing: [Column("payment", .uuid) { $0.add($1) }],
        isRemovable: true
    )
}

extension Lookup where Key == CodeDigest, Row == Keyed<CodeDigest, PaymentID> {
    static let codeClaims = Lookup(
        Query("code, payment", from: "code_claims") { columns, _ throws(StoreError) in
            Keyed(key: try columns.id(), value: try columns.id())
        },
        by: [Column("code", .uuid) { $0.add($1) }],
        matching: ["code"]
    ) { $0.key }
}

/// Who bears a UETR. The rows come with payments and refunds, by a trigger.
extension Lookup where Key == UETR, Row == Keyed<UETR, UniqueID> {
    static let bearers = Lookup(
        Query("uetr, bearer", from: "uetrs") { columns, _ throws(StoreError) in
            Keyed(key: try columns.id(), value: try columns.uniqueID())
        },
        by: [Column("uetr", .uuid) { $0.add($1) }],
        matching: ["uetr"]
    ) { $0.key }
}
