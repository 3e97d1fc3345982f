import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Boards of rates: a row for each provider, with its tiers and improvements. A board without rates leaves no row and
/// reads like none.
///
/// What changes on a board is written provider by provider, for two of them may publish at two nodes at once.
enum RateTable {
    struct Key: Sendable, Hashable {
        let pair: CurrencyPair
        let provider: ParticipantID
    }

    private static let rates = Table<Key, ProviderRate>(
        "rates",
        keys: Column<Key>.rates,
        changing: [
            Column("mid_digits", .int8) { $0.add($1.mid.digits) },
            Column("mid_decimals", .int2) { $0.add($1.mid.decimals) },
            Column("spread_basis_points", .int8) { $0.add($1.spreadBasisPoints) },
            Column("published_at", .int8) { $0.add($1.publishedAt) },
        ],
        isRemovable: true
    )
    private static let tiers = Table<Keyed<Key, ProviderRate.Tier>, Int64>(
        "rate_tiers",
        keys: Column<Key>.rates.map { column in column.of(\.key) } + [
            Column("from_amount", .int8) { $0.add($1.value.fromMinorUnits) }
        ],
        fixed: [Column("spread_basis_points", .int8) { $0.add($1) }]
    )
    private static let improvements = Table<Keyed<Key, ProviderRate.Improvement>, Int64>(
        "rate_improvements",
        keys: Column<Key>.rates.map { column in column.of(\.key) } + [
            Column("issuer", .int4) { $0.add($1.value.issuer) }
        ],
        fixed: [Column("basis_points", .int8) { $0.add($1) }]
    )
    private static let deleteTerms = ["rate_tiers", "rate_improvements"].map { table in
        Statement(
            """
            DELETE FROM \(table) AS t USING unnest($1::int2[], $2::int2[], $3::int4[]) AS u(payer, merchant, provider)
            WHERE t.payer_currency = u.payer AND t.merchant_currency = u.merchant AND t.provider = u.provider
            """
        )
    }
    private static let deleteBoards = Statement(
        """
        DELETE FROM rates AS t USING unnest($1::int2[], $2::int2[]) AS u(payer, merchant)
        WHERE t.payer_currency = u.payer AND t.merchant_currency = u.merchant
        """
    )

    static func write(
        _ changes: [RecordTable<CurrencyPair, RateBoard>.Change],
        to commit: inout CommitCommands
    ) throws(StoreError) {
        guard !changes.isEmpty else { return }
        // What was never read may be there all the same.
        let unread = changes.filter { $0.stored == nil }.map(\.key)
        if !unread.isEmpty { commit.add(deleteBoards) { $0.add(pairColumns, of: unread) } }
        let rows = changes.flatMap { change in
            differences(from: change.stored, to: change.row, of: change.key)
        }
        let changed = rows.filter { $0.stored != nil && $0.row != nil }.map(\.key)
        if !changed.isEmpty {
            for statement in deleteTerms { commit.add(statement) { $0.add(Column<Key>.rates, of: changed) } }
        }
        try rates.write(rows, to: &commit)
        try writeTerms(rows, to: &commit)
    }

    private static func differences(
        from stored: RateBoard?,
        to board: RateBoard?,
        of pair: CurrencyPair
    ) -> [RowChange<Key, ProviderRate>] {
        let before = Dictionary((stored?.rates ?? []).map { ($0.provider, $0) }) { first, _ in first }
        let after = Dictionary((board?.rates ?? []).map { ($0.provider, $0) }) { first, _ in first }
        let providers = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
        return providers.sorted().map { provider in
            RowChange(key: Key(pair: pair, provider: provider), row: after[provider], stored: before[provider])
        }
    }

    private static func writeTerms(
        _ rows: [RowChange<Key, ProviderRate>],
        to commit: inout CommitCommands
    ) throws(StoreError) {
        var newTiers: [RowChange<Keyed<Key, ProviderRate.Tier>, Int64>] = []
        var newImprovements: [RowChange<Keyed<Key, ProviderRate.Improvement>, Int64>] = []
        for change in rows {
            for tier in change.row?.tiers ?? [] {
                let key = Keyed(key: change.key, value: tier)
                newTiers.append(RowChange(key: key, row: tier.spreadBasisPoints, stored: nil))
            }
            for improvement in change.row?.improvements ?? [] {
                let key = Keyed(key: change.key, value: improvement)
                newImprovements.append(RowChange(key: key, row: improvement.basisPoints, stored: nil))
            }
        }
        try tiers.write(newTiers, to: &commit)
        try improvements.write(newImprovements, to: &commit)
    }

    static let pairColumns: [Column<CurrencyPair>] = [
        Column("payer_currency", .int2) { $0.add($1.payer) },
        Column("merchant_currency", .int2) { $0.add($1.merchant) },
    ]
}

extension Column where Source == RateTable.Key {
    fileprivate static var rates: [Column<RateTable.Key>] {
        [
            Column("payer_currency", .int2) { $0.add($1.pair.payer) },
            Column("merchant_currency", .int2) { $0.add($1.pair.merchant) },
            Column("provider", .int4) { $0.add($1.provider) },
        ]
    }
}
