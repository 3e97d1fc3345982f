import KizunaLedger
import KizunaPayments
import KizunaSwitch

final class ParticipantTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: Statement
    private let update: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("SELECT \(Participant.columnList) FROM participants WHERE number = ?")
        insert = try connection.prepare(
            """
            INSERT INTO participants
                (number, name, country, roles, status, link_kind, endpoint, issuer_fee_basis_points)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        update = try connection.prepare(
            """
            UPDATE participants SET name = ?2, country = ?3, roles = ?4, status = ?5, link_kind = ?6, endpoint = ?7,
                issuer_fee_basis_points = ?8 WHERE number = ?1
            """
        )
    }

    func participant(_ id: ParticipantID) throws(StoreError) -> Participant? {
        guard let number = try institutions.number(id) else { return nil }
        return try select.first({ $0.add(number) }) { columns throws(StoreError) in
            try Participant(&columns, institutions)
        }
    }

    func write(_ changes: [RecordTable<ParticipantID, Participant>.Change]) throws(StoreError) {
        for change in changes {
            guard let participant = change.row else { throw .brokenRule("A participant is never removed") }
            let number = try institutions.numberEnrolling(participant.id)
            let bind = { (parameters: inout Parameters) in
                parameters.add(number)
                parameters.add(participant.name)
                parameters.add(participant.country.rawValue)
                parameters.add(participant.roles.rawValue)
                parameters.add(participant.status)
                parameters.add(participant.linkKind)
                parameters.add(participant.endpoint)
                parameters.add(participant.issuerFeeBasisPoints)
            }
            if change.isNew { try insert.run(bind) } else { try update.run(bind) }
        }
    }
}

extension Participant {
    static let columnList = "number, name, country, roles, status, link_kind, endpoint, issuer_fee_basis_points"

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        self.init(
            id: try institutions.id(columns.int64()),
            name: try columns.text(),
            country: try columns.country(),
            roles: Roles(rawValue: columns.int()),
            status: try columns.value(),
            linkKind: try columns.value(),
            endpoint: try columns.optionalText(),
            issuerFeeBasisPoints: columns.int64()
        )
    }
}

extension Columns {
    mutating func country() throws(StoreError) -> Country {
        guard let country = Country(rawValue: try text()) else { throw .unreadable("a country") }
        return country
    }
}
