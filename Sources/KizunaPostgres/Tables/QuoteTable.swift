import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Quotes. Which payment has used one is not written here but read from the payment that names it.
extension Table where Key == QuoteID, Row == Quote {
    static let quotes = Table(
        "quotes",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("resolution", .uuid) { $0.add($1.resolution) },
            Column("issuer", .int4) { $0.add($1.issuer) },
            Column("provider", .int4) { $0.add($1.provider) },
        ] + Column<Quote>.price + [
            Column("created_at", .int8) { $0.add($1.createdAt) },
            Column("expires_at", .int8) { $0.add($1.expiresAt) },
            Column("possible_duplicate", .bool) { $0.add($1.possibleDuplicate) },
        ],
        isRemovable: true
    )

    /// Adds new quotes and removals; of a quote that exists only its use changes, which its payment bears.
    func writeQuotes(of transaction: Transaction, to commit: inout CommitCommands) throws(StoreError) {
        var rows: [Change] = []
        for change in transaction.quotes.changes {
            guard let quote = change.row else {
                rows.append(Change(key: change.key, row: nil, stored: change.stored))
                continue
            }
            try checkUse(of: quote, before: change.stored?.usedBy, in: transaction)
            guard change.isNew else { continue }
            try quote.price.requireItsCurrencies()
            rows.append(Change(key: change.key, row: quote, stored: nil))
        }
        try write(rows, to: &commit)
        let bridges = rows.compactMap { change in
            change.row?.price.route.bridge.map { RowChange(key: change.key, row: $0, stored: nil) }
        }
        if !bridges.isEmpty { try Table<QuoteID, Bridge>.bridges.write(bridges, to: &commit) }
    }

    /// A quote is used by the payment that names it, and stays used by it.
    private func checkUse(of quote: Quote, before: PaymentID?, in transaction: Transaction) throws(StoreError) {
        guard let user = quote.usedBy else {
            guard before == nil else { throw .brokenRule("A used quote stays used") }
            return
        }
        guard before == user || before == nil && transaction.payments[user]?.quote == quote.id else {
            throw .brokenRule("A quote is used by the payment that names it")
        }
    }
}

extension Query where Row == Quote {
    static let quotes = Query(
        """
        quotes.id, quotes.resolution, quotes.issuer, quotes.provider, \(Price.columnList), quotes.created_at,
            quotes.expires_at, quotes.possible_duplicate, payments.id
        """,
        from: """
            quotes LEFT JOIN bridges ON bridges.quote = quotes.id LEFT JOIN payments ON payments.quote = quotes.id
            """
    ) { columns, names throws(StoreError) in
        Quote(
            id: try columns.id(),
            resolution: try columns.id(),
            issuer: try names.institution(columns.int64()),
            provider: try names.institution(columns.int64()),
            price: try Price(&columns, names),
            createdAt: columns.timestamp(),
            expiresAt: columns.timestamp(),
            possibleDuplicate: columns.optionalInt64().map { $0 != 0 },
            usedBy: try columns.optionalID()
        )
    }
}

extension Lookup where Key == QuoteID, Row == Quote {
    static let quotes = Lookup(.quotes, by: [Column("id", .uuid) { $0.add($1) }], matching: ["quotes.id"]) { $0.id }
}
