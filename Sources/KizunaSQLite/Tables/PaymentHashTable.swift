import KizunaPayments
import KizunaSwitch

/// Where payments at KHQRs are found by their hash, and what is remembered of codes.
final class PaymentHashTable {
    private let digester: any Digester
    private let insertHash: Statement
    private let insertNote: Statement

    init(_ connection: borrowing Connection, digester: any Digester) throws(StoreError) {
        self.digester = digester
        insertHash = try connection.prepare("INSERT OR IGNORE INTO payment_hashes (prefix, payment) VALUES (?, ?)")
        insertNote = try connection.prepare("INSERT OR IGNORE INTO code_notes (code, note) VALUES (?, ?)")
    }

    /// Adds the payments of which a shop has the money now.
    func write(_ changes: [RecordTable<PaymentID, Payment>.Change]) throws(StoreError) {
        for change in changes {
            guard let payment = change.row, payment.needsHash(after: change.stored) else { continue }
            let prefix = PaymentHash(of: payment, digester: digester).prefix
            try insertHash.run {
                $0.add(prefix)
                $0.add(payment.id)
            }
        }
    }

    func write(_ changes: [RecordTable<CodeDigest, CodeNote>.Change]) throws(StoreError) {
        for change in changes {
            guard let note = change.row else { continue }
            try insertNote.run {
                $0.add(change.key)
                $0.add(note)
            }
        }
    }
}
