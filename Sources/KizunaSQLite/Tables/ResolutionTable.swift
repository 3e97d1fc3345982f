import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Resolutions name their shop by its id; the key that the code bore is read from the shop, whose key never changes.
final class ResolutionTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: Statement
    private let delete: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare(
            """
            SELECT r.id, r.issuer, r.payer_country, r.scheme, m.key, r.merchant, r.acquirer, r.currency,
                r.fixed_amount, r.code, r.is_single_use, r.reference, r.created_at, r.expires_at
            FROM resolutions r JOIN merchants m ON m.id = r.merchant WHERE r.id = ?
            """
        )
        // A shop that does not bear both the key and the id comes out as NULL, which the column refuses.
        insert = try connection.prepare(
            """
            INSERT INTO resolutions (id, issuer, payer_country, scheme, merchant, acquirer, currency, fixed_amount,
                code, is_single_use, reference, created_at, expires_at)
            VALUES (?, ?, ?, ?, (SELECT id FROM merchants WHERE key = ? AND id = ?), ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        delete = try connection.prepare("DELETE FROM resolutions WHERE id = ?")
    }

    func resolution(_ id: ResolutionID) throws(StoreError) -> Resolution? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try Resolution(&columns, institutions) }
    }

    func write(_ changes: [RecordTable<ResolutionID, Resolution>.Change]) throws(StoreError) {
        for change in changes {
            guard let resolution = change.row else {
                try delete.run { $0.add(change.key) }
                continue
            }
            guard change.isNew else { throw .brokenRule("A resolution never changes") }
            try add(resolution)
        }
    }

    private func add(_ resolution: Resolution) throws(StoreError) {
        try resolution.requireItsCurrency()
        let issuer = try institutions.numberEnrolling(resolution.issuer)
        let acquirer = try institutions.numberEnrolling(resolution.acquirer)
        try insert.run {
            $0.add(resolution.id)
            $0.add(issuer)
            $0.add(resolution.payerCountry.rawValue)
            $0.add(resolution.scheme)
            $0.add(resolution.merchantKey.text)
            $0.add(resolution.merchantID)
            $0.add(acquirer)
            $0.add(resolution.currency)
            $0.add(resolution.fixedAmount?.minorUnits)
            $0.add(resolution.code)
            $0.add(resolution.isSingleUse)
            $0.add(resolution.reference)
            $0.add(resolution.createdAt)
            $0.add(resolution.expiresAt)
        }
    }
}

extension Resolution {
    fileprivate init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        let id: ResolutionID = try columns.id()
        let issuer = try institutions.id(columns.int64())
        let country = try columns.country()
        let scheme = try columns.text()
        let key = try columns.merchantKey()
        let merchant: MerchantID = try columns.id()
        let acquirer = try institutions.id(columns.int64())
        let currency = try columns.currency()
        self.init(
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
