import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The fractions that the providers' gains leave below a lot. They move by differences, as balances do: what two nodes
/// leave together may be above a lot, and the next gain moves it.
enum RoundingRestTable {
    private static let add = Statement(
        """
        INSERT INTO rounding_rests (provider, currency, parts) SELECT * FROM unnest($1::int4[], $2::int2[], $3::int8[])
        ON CONFLICT (provider, currency) DO UPDATE SET parts = rounding_rests.parts + excluded.parts
        """
    )

    fileprivate static let keys: [Column<RoundingKey>] = [
        Column("provider", .int4) { $0.add($1.provider) }, Column("currency", .int2) { $0.add($1.currency) },
    ]

    /// Adds what moves; to be done under the journal's lock.
    static func write(
        _ changes: [RecordTable<RoundingKey, RoundingRest>.Change],
        to commit: inout CommitCommands
    ) throws(StoreError) {
        guard !changes.isEmpty else { return }
        var differences: [Int64] = []
        for change in changes {
            guard let rest = change.row else { throw .brokenRule("A rest is carried and never removed") }
            differences.append(rest.parts &- (change.stored?.parts ?? 0))
        }
        commit.add(add) { parameters in
            parameters.add(keys, of: changes.map(\.key))
            parameters.add([Column("parts", .int8) { $0.add($1) }], of: differences)
        }
    }
}

extension Query where Row == RoundingRest {
    static let roundingRests = Query("provider, currency, parts", from: "rounding_rests") {
        columns,
        names throws(StoreError) in
        let key = RoundingKey(provider: try names.institution(columns.int64()), currency: try columns.currency())
        return RoundingRest(key: key, parts: columns.int64())
    }
}

extension Lookup where Key == RoundingKey, Row == RoundingRest {
    static let roundingRests = Lookup(
        .roundingRests,
        by: RoundingRestTable.keys,
        matching: ["provider", "currency"]
    ) { $0.key }
}
