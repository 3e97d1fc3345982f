import KizunaPayments
import KizunaSwitch

/// Shops for those who look for them.
final class MerchantQueries {
    private let institutions: Institutions
    private let selectCeiling: Statement
    private let selectOnesCeiling: Statement
    private let select: Statement
    private let selectOnes: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        let ceiling = "SELECT id FROM merchants WHERE id > ?1"
        let select = """
            SELECT \(Merchant.columnList) FROM merchants WHERE id > ?1 AND id <= ?2 AND (instr(lower(name), ?3) > 0
                OR instr(lower(city), ?3) > 0 OR instr(lower(key), ?3) > 0 OR instr(lower(ifnull(local_name, '')), ?3) > 0)
            """
        selectCeiling = try connection.prepare("\(ceiling) ORDER BY id LIMIT 1 OFFSET ?2")
        selectOnesCeiling = try connection.prepare("\(ceiling) AND acquirer = ?3 ORDER BY id LIMIT 1 OFFSET ?2")
        self.select = try connection.prepare("\(select) ORDER BY id LIMIT ?4")
        selectOnes = try connection.prepare("\(select) AND acquirer = ?5 ORDER BY id LIMIT ?4")
    }

    func find(_ search: MerchantSearch) throws(StoreError) -> MerchantFindings {
        guard let acquirer = search.acquirer else {
            let ceiling: MerchantID? = try selectCeiling.first({ $0.add(search) }) { columns throws(StoreError) in
                try columns.id()
            }
            let found = try select.all({ $0.add(search, until: ceiling) }) { columns throws(StoreError) in
                try Merchant(&columns, institutions)
            }
            return MerchantFindings(found, limit: search.limit, ceiling: ceiling)
        }
        guard let number = try institutions.number(acquirer) else {
            return MerchantFindings([], limit: search.limit, ceiling: nil)
        }
        let ceiling: MerchantID? = try selectOnesCeiling.first({
            $0.add(search)
            $0.add(number)
        }) { columns throws(StoreError) in try columns.id() }
        let found = try selectOnes.all({
            $0.add(search, until: ceiling)
            $0.add(number)
        }) { columns throws(StoreError) in try Merchant(&columns, institutions) }
        return MerchantFindings(found, limit: search.limit, ceiling: ceiling)
    }
}

extension Parameters {
    /// Where the search begins, and how many shops it goes through.
    fileprivate mutating func add(_ search: MerchantSearch) {
        addStart(of: search)
        add(max(1, search.span) - 1)
    }

    fileprivate mutating func add(_ search: MerchantSearch, until ceiling: MerchantID?) {
        addStart(of: search)
        if let ceiling { add(ceiling) } else { add([UInt8](repeating: .max, count: 16)) }
        add(search.text)
        add(max(0, search.limit))
    }

    /// Every id is behind no bytes at all.
    private mutating func addStart(of search: MerchantSearch) {
        if let after = search.after { add(after) } else { add([] as [UInt8]) }
    }
}
