import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What people have looked at and done. Each entry that comes takes some with it whose time is over.
final class AuditTable {
    private let insert: Statement
    private let clear: Statement
    private let selectAll: Statement
    private let selectOnes: Statement
    private let selectAbout: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        insert = try connection.prepare(
            "INSERT INTO audit_log (id, at, person, act, subject, detail) VALUES (?, ?, ?, ?, ?, ?)"
        )
        clear = try connection.prepare(
            """
            DELETE FROM audit_log WHERE id IN (
                SELECT id FROM audit_log WHERE id < ? ORDER BY id LIMIT \(AuditEntry.mostClearedAtOnce))
            """
        )
        let select = "SELECT id, person, act, subject, detail FROM audit_log WHERE id >= ?1 AND id < ?2"
        let order = "ORDER BY id DESC LIMIT ?3"
        selectAll = try connection.prepare("\(select) \(order)")
        selectOnes = try connection.prepare("\(select) AND person = ?4 \(order)")
        selectAbout = try connection.prepare("\(select) AND subject = ?4 \(order)")
    }

    func entries(_ search: AuditSearch) throws(StoreError) -> [AuditEntry] {
        let bind = { (parameters: inout Parameters) in
            parameters.add(search.ids.lowest)
            parameters.add(search.ids.end)
            parameters.add(max(0, search.limit))
        }
        let read = { (columns: inout Columns) throws(StoreError) -> AuditEntry in try AuditEntry(&columns) }
        guard search.subjects.isEmpty else {
            var found: [AuditEntry] = []
            for subject in search.subjects {
                found += try selectAbout.all(
                    {
                        bind(&$0)
                        $0.add(subject)
                    },
                    read: read
                )
            }
            return search.latest(of: found)
        }
        guard let person = search.person else { return try selectAll.all(bind, read: read) }
        return try selectOnes.all(
            {
                bind(&$0)
                $0.add(person.description)
            },
            read: read
        )
    }

    func write(_ changes: [RecordTable<UniqueID, AuditEntry>.Change]) throws(StoreError) {
        for change in changes {
            guard let entry = change.row else { throw .brokenRule("What was written down is kept") }
            try insert.run {
                $0.add(entry.id)
                $0.add(entry.at)
                $0.add(entry.person.description)
                $0.add(entry.act)
                $0.add(entry.subject)
                $0.add(entry.detail)
            }
            try clear.run { $0.add(AuditEntry.oldestKept(at: entry.id)) }
        }
    }
}

extension AuditEntry {
    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        let id = try columns.uniqueID()
        guard let person = OperatorID(try columns.text()) else { throw .unreadable("a person's name") }
        self.init(
            id: id,
            person: person,
            act: try columns.value(),
            subject: try columns.optionalUniqueID(),
            detail: try columns.optionalText()
        )
    }
}
