import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Who bears a UETR, and which payment has claimed a code that may be paid once.
final class ClaimTable {
    private let selectBearer: Statement
    private let selectClaim: Statement
    private let insert: Statement
    private let update: Statement
    private let delete: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        selectBearer = try connection.prepare("SELECT bearer FROM uetrs WHERE uetr = ?")
        selectClaim = try connection.prepare("SELECT payment FROM code_claims WHERE code = ?")
        insert = try connection.prepare("INSERT INTO code_claims (code, payment) VALUES (?, ?)")
        update = try connection.prepare("UPDATE code_claims SET payment = ?2 WHERE code = ?1")
        delete = try connection.prepare("DELETE FROM code_claims WHERE code = ?")
    }

    func bearer(of uetr: UETR) throws(StoreError) -> UniqueID? {
        try selectBearer.first({ $0.add(uetr) }) { columns throws(StoreError) in try columns.uniqueID() }
    }

    func claim(of code: CodeDigest) throws(StoreError) -> PaymentID? {
        try selectClaim.first({ $0.add(code) }) { columns throws(StoreError) in try columns.id() }
    }

    /// UETRs come with their payments and refunds; only claims are written here.
    func write(_ changes: [RecordTable<CodeDigest, PaymentID>.Change]) throws(StoreError) {
        for change in changes {
            guard let payment = change.row else {
                try delete.run { $0.add(change.key) }
                continue
            }
            let bind = { (parameters: inout Parameters) in
                parameters.add(change.key)
                parameters.add(payment)
            }
            if change.isNew { try insert.run(bind) } else { try update.run(bind) }
        }
    }
}
