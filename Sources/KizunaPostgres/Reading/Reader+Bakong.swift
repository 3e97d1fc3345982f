import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What the Bakong facade reads.
extension Reader {
    private static let claim = Statement("SELECT payment FROM code_claims WHERE code = $1::uuid")
    private static let note = Statement("SELECT note FROM code_notes WHERE code = $1::uuid")
    private static let byHash = Query.payments.statement(
        """
        WHERE payments.id IN (
            SELECT payment FROM payment_hashes WHERE prefix BETWEEN $1::int8 AND $2::int8 LIMIT $3::int8
        ) ORDER BY payments.id
        """
    )
    private static let merchantOfAccount = Statement(
        "SELECT EXISTS (SELECT FROM merchants WHERE split_part(key, '/', 1) = $1::text)"
    )
    private static let projectByEmail = Query.bakongProjects.statement("WHERE email = $1::text")
    private static let projectByID = Query.bakongProjects.statement("WHERE id = $1::int8")
    private static let projectByCode = Query.bakongProjects.statement("WHERE code_digest = $1::bytea")
    private static let allProjects = Query.bakongProjects.statement("ORDER BY created_at, email LIMIT $1::int8")
    private static let projectsInStanding = Query.bakongProjects.statement(
        "WHERE standing = $2::int4 ORDER BY created_at, email LIMIT $1::int8"
    )
    private static let keys = Query.bakongKeys.statement("ORDER BY number")
    private static let link = Query.deepLinks.statement("WHERE id = $1::uuid")
    private static let links = Query.deepLinks.statement("ORDER BY expires_at, id LIMIT $1::int8")
    private static let linkCount = Statement("SELECT count(*) FROM deep_links")

    func standing(of code: CodeDigest) throws(StoreError) -> CodeStanding? {
        let claim = try ask(Reader.claim) { $0.add(code.value) }.first { columns throws(StoreError) in
            CodeStanding.claimed(try columns.id())
        }
        if let claim { return claim }
        return try ask(Reader.note) { $0.add(code.value) }.first { columns throws(StoreError) in
            .noted(try columns.value())
        }
    }

    func paidPayments(hashPrefixes: ClosedRange<Int64>, limit: Int) throws(StoreError) -> [Payment] {
        try rows(.payments, Reader.byHash) {
            $0.add(hashPrefixes.lowerBound)
            $0.add(hashPrefixes.upperBound)
            $0.add(Int64(max(0, limit)))
        }
    }

    func hasMerchant(bakongAccount: String) throws(StoreError) -> Bool {
        try ask(Reader.merchantOfAccount) { $0.add("khqr:\(bakongAccount)") }.first { columns in columns.bool() }
            ?? false
    }

    func bakongProject(email: String) throws(StoreError) -> BakongProject? {
        try row(.bakongProjects, Reader.projectByEmail) { $0.add(email) }
    }

    func bakongProject(id: UInt64) throws(StoreError) -> BakongProject? {
        try row(.bakongProjects, Reader.projectByID) { $0.add(Int64(bitPattern: id)) }
    }

    func bakongProject(codeDigest: [UInt8]) throws(StoreError) -> BakongProject? {
        try row(.bakongProjects, Reader.projectByCode) { $0.add(codeDigest) }
    }

    func bakongProjects(_ standing: BakongProject.Standing?, limit: Int) throws(StoreError) -> [BakongProject] {
        try rows(.bakongProjects, standing == nil ? Reader.allProjects : Reader.projectsInStanding) { parameters in
            parameters.add(Int64(max(0, limit)))
            if let standing { parameters.add(Int32(standing.rawValue)) }
        }
    }

    func bakongKeys() throws(StoreError) -> [BakongKey] { try rows(.bakongKeys, Reader.keys) }

    func deepLink(_ id: UniqueID) throws(StoreError) -> DeepLink? { try row(.deepLinks, Reader.link) { $0.add(id) } }

    func deepLinks(limit: Int) throws(StoreError) -> [DeepLink] {
        try rows(.deepLinks, Reader.links) { $0.add(Int64(max(0, limit))) }
    }

    func deepLinkCount() throws(StoreError) -> Int {
        try ask(Reader.linkCount).first { columns in columns.int() } ?? 0
    }
}
