import KizunaPayments
import KizunaSwitch

/// Where payments at KHQRs are found by their hash, and what is remembered of codes. Both are only added, and what is
/// there already stays without being locked.
enum PaymentHashTable {
    private static let insertHashes = Statement(
        """
        INSERT INTO payment_hashes (prefix, payment)
        SELECT prefix, payment FROM unnest($1::int8[], $2::uuid[]) AS u(prefix, payment) ON CONFLICT DO NOTHING
        """
    )
    private static let insertNotes = Statement(
        """
        INSERT INTO code_notes (code, note)
        SELECT code, note FROM unnest($1::uuid[], $2::int2[]) AS u(code, note) ON CONFLICT DO NOTHING
        """
    )

    /// Adds the payments of which a shop has the money now.
    static func write(
        _ changes: [RecordTable<PaymentID, Payment>.Change],
        using digester: any Digester,
        to commit: inout CommitCommands
    ) {
        let paid = changes.compactMap { change in
            change.row.flatMap { $0.needsHash(after: change.stored) ? $0 : nil }
        }
        guard !paid.isEmpty else { return }
        commit.add(insertHashes) { parameters in
            parameters.addArray(of: .int8, count: paid.count) { elements in
                for payment in paid { elements.add(PaymentHash(of: payment, digester: digester).prefix) }
            }
            parameters.addArray(of: .uuid, count: paid.count) { elements in
                for payment in paid { elements.add(payment.id) }
            }
        }
    }

    static func write(_ changes: [RecordTable<CodeDigest, CodeNote>.Change], to commit: inout CommitCommands) {
        let notes = changes.compactMap { change in change.row.map { (code: change.key, note: $0) } }
        guard !notes.isEmpty else { return }
        commit.add(insertNotes) { parameters in
            parameters.addArray(of: .uuid, count: notes.count) { elements in
                for (code, _) in notes { elements.add(code) }
            }
            parameters.addArray(of: .int2, count: notes.count) { elements in
                for (_, note) in notes { elements.add(note) }
            }
        }
    }
}
