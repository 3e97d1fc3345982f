import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The fractions that the providers' gains leave below a lot.
final class RoundingRestTable {
    private let institutions: Institutions
    private let select: Statement
    private let selectAll: Statement
    private let upsert: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("SELECT parts FROM rounding_rests WHERE provider = ? AND currency = ?")
        selectAll = try connection.prepare("SELECT currency, parts FROM rounding_rests WHERE provider = ?")
        upsert = try connection.prepare(
            """
            INSERT INTO rounding_rests VALUES (?, ?, ?)
                ON CONFLICT (provider, currency) DO UPDATE SET parts = excluded.parts
            """
        )
    }

    func rest(_ key: RoundingKey) throws(StoreError) -> RoundingRest? {
        guard let provider = try institutions.number(key.provider) else { return nil }
        let parts = try select.first({
            $0.add(provider)
            $0.add(key.currency)
        }) { $0.int64() }
        return parts.map { RoundingRest(key: key, parts: $0) }
    }

    func rests(of provider: ParticipantID) throws(StoreError) -> [RoundingRest] {
        guard let number = try institutions.number(provider) else { return [] }
        return try selectAll.all({ $0.add(number) }) { columns throws(StoreError) in
            let key = RoundingKey(provider: provider, currency: try columns.currency())
            return RoundingRest(key: key, parts: columns.int64())
        }
    }

    func write(_ changes: [RecordTable<RoundingKey, RoundingRest>.Change]) throws(StoreError) {
        for change in changes {
            guard let rest = change.row else { throw .brokenRule("A rest is carried and never removed") }
            let provider = try institutions.numberEnrolling(rest.key.provider)
            try upsert.run {
                $0.add(provider)
                $0.add(rest.key.currency)
                $0.add(rest.parts)
            }
        }
    }
}
