import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Quotes. Which payment has used one is not written here but read from the payment that names it.
final class QuoteTable {
    private let institutions: Institutions
    private let select: Statement
    private let selectUse: Statement
    private let insert: Statement
    private let delete: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare(Quote.query)
        selectUse = try connection.prepare("SELECT 1 FROM payments WHERE quote = ? AND id = ?")
        insert = try connection.prepare(
            """
            INSERT INTO quotes (id, resolution, issuer, provider, \(Price.columnList), created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        delete = try connection.prepare("DELETE FROM quotes WHERE id = ?")
    }

    func quote(_ id: QuoteID) throws(StoreError) -> Quote? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try Quote(&columns, institutions) }
    }

    func write(_ changes: [RecordTable<QuoteID, Quote>.Change]) throws(StoreError) {
        for change in changes {
            if let quote = change.row {
                if change.isNew { try add(quote) }
            } else {
                try delete.run { $0.add(change.key) }
            }
        }
    }

    /// Makes sure, once the payments are written, that the quotes said to be used are named by their payments.
    func checkUse(
        _ changes: [RecordTable<QuoteID, Quote>.Change],
        by payments: RecordTable<PaymentID, Payment>
    ) throws(StoreError) {
        for change in changes {
            guard let quote = change.row else { continue }
            guard let user = quote.usedBy else {
                guard change.isNew else { throw .brokenRule("A used quote stays used") }
                continue
            }
            if payments[user]?.quote == quote.id { continue }
            let isUsed = try selectUse.first({
                $0.add(quote.id)
                $0.add(user)
            }) { _ in true }
            guard isUsed != nil else { throw .brokenRule("A used quote is named by its payment") }
        }
    }

    private func add(_ quote: Quote) throws(StoreError) {
        try quote.price.requireTwoCurrencies()
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
        }
    }
}

extension Quote {
    static let query = """
        SELECT q.id, q.resolution, q.issuer, q.provider, \
        q.\(Price.columnList.replacing(", ", with: ", q.")), \
        q.created_at, q.expires_at, p.id
        FROM quotes q LEFT JOIN payments p ON p.quote = q.id WHERE q.id = ?
        """

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        self.init(
            id: try columns.id(),
            resolution: try columns.id(),
            issuer: try institutions.id(columns.int64()),
            provider: try institutions.id(columns.int64()),
            price: try Price(&columns),
            createdAt: columns.timestamp(),
            expiresAt: columns.timestamp(),
            usedBy: try columns.optionalID()
        )
    }
}
