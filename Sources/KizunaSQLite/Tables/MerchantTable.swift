import KizunaLedger
import KizunaPayments
import KizunaSwitch

final class MerchantTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: Statement
    private let update: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("SELECT \(Merchant.columnList) FROM merchants WHERE key = ?")
        insert = try connection.prepare(
            "INSERT INTO merchants (\(Merchant.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        update = try connection.prepare(
            """
            UPDATE merchants SET acquirer = ?2, name = ?4, local_name = ?5, city = ?6, category_code = ?7,
                accepts_foreign_payers = ?8, status = ?9 WHERE id = ?1 AND key = ?3
            """
        )
    }

    func merchant(_ key: MerchantKey) throws(StoreError) -> Merchant? {
        try select.first({ $0.add(key.text) }) { columns throws(StoreError) in try Merchant(&columns, institutions) }
    }

    func write(
        _ changes: [RecordTable<MerchantKey, Merchant>.Change],
        on connection: borrowing Connection
    ) throws(StoreError) {
        for change in changes {
            guard let merchant = change.row else { throw .brokenRule("A shop is closed and never removed") }
            let acquirer = try institutions.numberEnrolling(merchant.acquirer)
            let bind = { (parameters: inout Parameters) in
                parameters.add(merchant.id)
                parameters.add(acquirer)
                parameters.add(merchant.key.text)
                parameters.add(merchant.name)
                parameters.add(merchant.localName)
                parameters.add(merchant.city)
                parameters.add(merchant.categoryCode)
                parameters.add(merchant.acceptsForeignPayers)
                parameters.add(merchant.status)
            }
            if change.isNew {
                try insert.run(bind)
            } else {
                try update.run(bind)
                guard connection.changedRows == 1 else { throw .brokenRule("A shop keeps its id") }
            }
        }
    }
}

extension Merchant {
    static let columnList =
        "id, acquirer, key, name, local_name, city, category_code, accepts_foreign_payers, status"

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        self.init(
            id: try columns.id(),
            acquirer: try institutions.id(columns.int64()),
            key: try columns.merchantKey(),
            name: try columns.text(),
            localName: try columns.optionalText(),
            city: try columns.text(),
            categoryCode: try columns.text(),
            acceptsForeignPayers: columns.bool(),
            status: try columns.value()
        )
    }
}

extension Columns {
    mutating func merchantKey() throws(StoreError) -> MerchantKey {
        guard let key = MerchantKey(text: try text()) else { throw .unreadable("a shop's key") }
        return key
    }
}
