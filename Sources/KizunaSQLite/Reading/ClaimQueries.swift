import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Recalls, for pages and the API.
final class ClaimQueries {
    private let institutions: Institutions
    private let selectOfPayment: Statement
    private let selectAll: Statement
    private let selectOfParticipant: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        selectOfPayment = try connection.prepare(
            "SELECT \(Recall.columnList) FROM recalls WHERE payment = ? ORDER BY id"
        )
        selectAll = try connection.prepare(
            "SELECT \(Recall.columnList) FROM recalls WHERE id > ? AND (?2 IS NULL OR state = ?2) ORDER BY id LIMIT ?3"
        )
        selectOfParticipant = try connection.prepare(
            """
            SELECT \(Recall.columnList) FROM recalls
            WHERE id > ? AND (?2 IS NULL OR state = ?2) AND (issuer = ?4 OR acquirer = ?4) ORDER BY id LIMIT ?3
            """
        )
    }

    func recalls(of payment: PaymentID) throws(StoreError) -> [Recall] {
        try selectOfPayment.all({ $0.add(payment) }) { columns throws(StoreError) in
            try Recall(&columns, institutions)
        }
    }

    func recalls(
        of participant: ParticipantID?,
        in state: Recall.State?,
        after: RecallID?,
        limit: Int
    ) throws(StoreError) -> [Recall] {
        let bind = { (parameters: inout Parameters) in
            parameters.addCursor(after)
            parameters.add((state?.rawValue).map { Int64($0) })
            parameters.add(max(0, limit))
        }
        guard let participant else {
            return try selectAll.all(bind) { columns throws(StoreError) in try Recall(&columns, institutions) }
        }
        guard let number = try institutions.number(participant) else { return [] }
        return try selectOfParticipant.all({
            bind(&$0)
            $0.add(number)
        }) { columns throws(StoreError) in try Recall(&columns, institutions) }
    }
}

extension Parameters {
    /// Every id is behind no bytes at all.
    mutating func addCursor(_ id: Identifier<some Any>?) {
        if let id { add(id) } else { add([] as [UInt8]) }
    }
}
