import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What people have looked at and done. Each entry that comes takes some with it whose time is over.
extension Table where Key == UniqueID, Row == AuditEntry {
    static let auditLog = Table(
        "audit_log",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("at", .int8) { $0.add($1.at) },
            Column("person", .text) { $0.add($1.person.description) },
            Column("act", .int2) { $0.add($1.act) },
            Column("subject", .uuid) { $0.add($1.subject) },
            Column("detail", .text) { $0.add($1.detail) },
        ]
    )

    /// Two nodes that clear the same away come one after the other, and the second finds it gone.
    private static let clear = Statement(
        "DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE id < $1::uuid ORDER BY id LIMIT $2::int8)"
    )

    func writeAudit(
        _ changes: [RecordTable<UniqueID, AuditEntry>.Change],
        to commit: inout CommitCommands
    ) throws(StoreError) {
        try write(changes, to: &commit)
        guard let last = changes.last?.key else { return }
        commit.add(Self.clear) {
            $0.add(AuditEntry.oldestKept(at: last))
            $0.add(Int64(changes.count * AuditEntry.mostClearedAtOnce))
        }
    }
}

extension Query where Row == AuditEntry {
    static let auditLog = Query("id, person, act, subject, detail", from: "audit_log") {
        columns,
        _ throws(StoreError) in
        let id = try columns.uniqueID()
        guard let person = OperatorID(try columns.text()) else { throw .unreadable("a person's name") }
        return AuditEntry(
            id: id,
            person: person,
            act: try columns.value(),
            subject: try columns.optionalUniqueID(),
            detail: try columns.optionalText()
        )
    }
}
