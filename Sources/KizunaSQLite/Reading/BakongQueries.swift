import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What the Bakong facade reads.
final class BakongQueries {
    private let institutions: Institutions
    private let selectClaim: Statement
    private let selectNote: Statement
    private let selectByHash: Statement
    private let selectMerchant: Statement
    private let selectByID: Statement
    private let selectByCode: Statement
    private let selectProjects: Statement
    private let selectKeys: Statement
    private let selectLinks: Statement
    private let countLinks: Statement
    let tables: BakongTables

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        tables = try BakongTables(connection)
        selectClaim = try connection.prepare("SELECT payment FROM code_claims WHERE code = ?")
        selectNote = try connection.prepare("SELECT note FROM code_notes WHERE code = ?")
        selectByHash = try connection.prepare(
            """
            \(Payment.query) WHERE payments.id IN (
                SELECT payment FROM payment_hashes WHERE prefix BETWEEN ? AND ? LIMIT ?
            ) ORDER BY payments.id
            """
        )
        // A merchant's id in the code follows behind a slash, which the nought stands next to.
        selectMerchant = try connection.prepare(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM merchants WHERE key = ?1 OR (key > ?1 || '/' AND key < ?1 || '0') LIMIT 1
            )
            """
        )
        let projects = "SELECT \(BakongProject.columnList) FROM bakong_projects"
        selectByID = try connection.prepare("\(projects) WHERE id = ?")
        selectByCode = try connection.prepare("\(projects) WHERE code_digest = ?")
        selectProjects = try connection.prepare(
            "\(projects) WHERE ?1 IS NULL OR standing = ?1 ORDER BY created_at, email LIMIT ?2"
        )
        selectKeys = try connection.prepare("SELECT \(BakongKey.columnList) FROM bakong_keys ORDER BY number")
        selectLinks = try connection.prepare(
            "SELECT \(DeepLink.columnList) FROM deep_links ORDER BY expires_at, id LIMIT ?"
        )
        countLinks = try connection.prepare("SELECT count(*) FROM deep_links")
    }

    func standing(of code: CodeDigest) throws(StoreError) -> CodeStanding? {
        let claim = try selectClaim.first({ $0.add(code) }) { columns throws(StoreError) in
            CodeStanding.claimed(try columns.id())
        }
        if let claim { return claim }
        return try selectNote.first({ $0.add(code) }) { columns throws(StoreError) in .noted(try columns.value()) }
    }

    func paidPayments(_ prefixes: ClosedRange<Int64>, limit: Int) throws(StoreError) -> [Payment] {
        try selectByHash.all({
            $0.add(prefixes.lowerBound)
            $0.add(prefixes.upperBound)
            $0.add(max(0, limit))
        }) { columns throws(StoreError) in try Payment(&columns, institutions) }
    }

    func hasMerchant(_ account: String) throws(StoreError) -> Bool {
        // No account holds a slash; with one, a part of a merchant's id would pass for one.
        guard !account.utf8.contains(UInt8(ascii: "/")) else { return false }
        return try selectMerchant.first({ $0.add("khqr:\(account)") }) { columns in columns.bool() } ?? false
    }

    func project(id: UInt64) throws(StoreError) -> BakongProject? {
        try selectByID.first({ $0.add(Int64(bitPattern: id)) }) { columns throws(StoreError) in
            try BakongProject(&columns)
        }
    }

    func project(codeDigest: [UInt8]) throws(StoreError) -> BakongProject? {
        try selectByCode.first({ $0.add(codeDigest) }) { columns throws(StoreError) in try BakongProject(&columns) }
    }

    func projects(_ standing: BakongProject.Standing?, limit: Int) throws(StoreError) -> [BakongProject] {
        try selectProjects.all({
            $0.add((standing?.rawValue).map { Int64($0) })
            $0.add(max(0, limit))
        }) { columns throws(StoreError) in try BakongProject(&columns) }
    }

    func keys() throws(StoreError) -> [BakongKey] { try selectKeys.all { columns in BakongKey(&columns) } }

    func links(limit: Int) throws(StoreError) -> [DeepLink] {
        try selectLinks.all({ $0.add(max(0, limit)) }) { columns throws(StoreError) in try DeepLink(&columns) }
    }

    func linkCount() throws(StoreError) -> Int { try countLinks.first { columns in columns.int() } ?? 0 }
}

extension Reader {
    func standing(of code: CodeDigest) throws(StoreError) -> CodeStanding? { try bakong.standing(of: code) }

    func paidPayments(hashPrefixes: ClosedRange<Int64>, limit: Int) throws(StoreError) -> [Payment] {
        try bakong.paidPayments(hashPrefixes, limit: limit)
    }

    func hasMerchant(bakongAccount: String) throws(StoreError) -> Bool { try bakong.hasMerchant(bakongAccount) }
    func bakongProject(email: String) throws(StoreError) -> BakongProject? { try bakong.tables.project(email) }
    func bakongProject(id: UInt64) throws(StoreError) -> BakongProject? { try bakong.project(id: id) }

    func bakongProject(codeDigest: [UInt8]) throws(StoreError) -> BakongProject? {
        try bakong.project(codeDigest: codeDigest)
    }

    func bakongProjects(_ standing: BakongProject.Standing?, limit: Int) throws(StoreError) -> [BakongProject] {
        try bakong.projects(standing, limit: limit)
    }

    func bakongKeys() throws(StoreError) -> [BakongKey] { try bakong.keys() }
    func deepLink(_ id: UniqueID) throws(StoreError) -> DeepLink? { try bakong.tables.link(id) }
    func deepLinks(limit: Int) throws(StoreError) -> [DeepLink] { try bakong.links(limit: limit) }
    func deepLinkCount() throws(StoreError) -> Int { try bakong.linkCount() }
}
