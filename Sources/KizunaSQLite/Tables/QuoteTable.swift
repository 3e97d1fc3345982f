import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Quotes. Which payment has used one is not written here but read from the payment that names it.
final class QuoteTable {
    private let institutions: Institutions
    private let select: Statement
    private let selectNumber: Statement
    private let insert: Statement
    private let insertBridge: Statement
    private let delete: Statement
    private var numbers = RecentRows<QuoteID, Int64>()

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare(Quote.query)
        selectNumber = try connection.prepare("SELECT number FROM quotes WHERE id = ?")
        insert = try connection.prepare(
            """
            INSERT OR FAIL INTO quotes (id, resolution, issuer, provider, merchant_currency, payer_currency,
                merchant_amount, interbank_amount, issuer_fee, rate_digits, rate_decimals, mid_digits, mid_decimals,
                merchant_discount, interchange, switch_fee, created_at, expires_at, possible_duplicate)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        insertBridge = try connection.prepare(
            "INSERT OR FAIL INTO bridges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        delete = try connection.prepare("DELETE FROM quotes WHERE id = ?")
    }

    func quote(_ id: QuoteID) throws(StoreError) -> Quote? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try Quote(&columns, institutions) }
    }

    /// The number that stands for a quote in this database.
    func number(_ id: QuoteID) throws(StoreError) -> Int64? {
        try numbers.row(id) { () throws(StoreError) in
            try selectNumber.first({ $0.add(id) }) { columns in columns.int64() }
        }
    }

    /// Forgets what a rollback took back.
    func forget() { numbers = RecentRows() }

    func write(
        _ changes: [RecordTable<QuoteID, Quote>.Change],
        on connection: borrowing Connection
    ) throws(StoreError) {
        for change in changes {
            if let quote = change.row {
                // Of a quote that exists only its use changes, and that is not written here.
                guard change.isNew else { continue }
                try add(quote)
                let number = connection.lastNumber
                numbers.remember(quote.id, number)
                if let bridge = quote.price.route.bridge { try add(bridge, to: number) }
            } else {
                try delete.run { $0.add(change.key) }
                numbers.forget(change.key)
            }
        }
    }

    /// Makes sure, once the payments are written, that the quotes said to be used are those that payments name.
    func checkUse(
        _ changes: [RecordTable<QuoteID, Quote>.Change],
        by payments: RecordTable<PaymentID, Payment>
    ) throws(StoreError) {
        for change in changes {
            guard let quote = change.row else { continue }
            guard let user = quote.usedBy else {
                guard change.stored?.usedBy == nil else { throw .brokenRule("A used quote stays used") }
                continue
            }
            if payments[user]?.quote == quote.id { continue }
            guard try self.quote(quote.id)?.usedBy == user else {
                throw .brokenRule("A quote is used by the payment that names it")
            }
        }
    }

    private func add(_ quote: Quote) throws(StoreError) {
        try quote.price.requireItsCurrencies()
        let issuer = try institutions.numberEnrolling(quote.issuer)
        let provider = try institutions.numberEnrolling(quote.provider)
        try insert.run {
            $0.add(quote.id)
            $0.add(quote.resolution)
            $0.add(issuer)
            $0.add(provider)
            $0.add(quote.price)
            $0.add(quote.createdAt)
            $0.add(quote.expiresAt)
            $0.add(quote.possibleDuplicate.map { $0 ? 1 : 0 as Int64 })
        }
    }

    private func add(_ bridge: Bridge, to quote: Int64) throws(StoreError) {
        let provider = try institutions.numberEnrolling(bridge.provider)
        try insertBridge.run {
            $0.add(quote)
            $0.add(bridge, provider: provider)
        }
    }
}

extension Quote {
    static let query = """
        SELECT quotes.id, quotes.resolution, quotes.issuer, quotes.provider, \(Price.columnList), quotes.created_at,
            quotes.expires_at, quotes.possible_duplicate, payments.id
        FROM quotes LEFT JOIN bridges ON bridges.quote = quotes.number
            LEFT JOIN payments ON payments.quote = quotes.number WHERE quotes.id = ?
        """

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        self.init(
            id: try columns.id(),
            resolution: try columns.id(),
            issuer: try institutions.id(columns.int64()),
            provider: try institutions.id(columns.int64()),
            price: try Price(&columns, institutions),
            createdAt: columns.timestamp(),
            expiresAt: columns.timestamp(),
            possibleDuplicate: columns.optionalInt64().map { $0 != 0 },
            usedBy: try columns.optionalID()
        )
    }
}
