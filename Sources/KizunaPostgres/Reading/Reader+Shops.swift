import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Shops, and what people have looked at and done.
extension Reader {
    private static let merchantByKey = Query.merchants.statement("WHERE key = $1::text")
    private static let ceiling = Statement(
        "SELECT id FROM merchants WHERE id > $1::uuid ORDER BY id LIMIT 1 OFFSET $2::int8"
    )
    private static let ceilingOfOne = Statement(
        """
        SELECT id FROM merchants WHERE id > $1::uuid AND acquirer = $3::int4 ORDER BY id LIMIT 1 OFFSET $2::int8
        """
    )
    private static let matching = """
        WHERE id > $1::uuid AND id <= $2::uuid
            AND (strpos(lower(name COLLATE "C"), $3::text) > 0 OR strpos(lower(city COLLATE "C"), $3::text) > 0
                OR strpos(lower(key COLLATE "C"), $3::text) > 0
                OR strpos(lower(coalesce(local_name, '') COLLATE "C"), $3::text) > 0)
        """
    private static let found = Query.merchants.statement("\(matching) ORDER BY id LIMIT $4::int8")
    private static let foundOfOne = Query.merchants.statement(
        "\(matching) AND acquirer = $5::int4 ORDER BY id LIMIT $4::int8"
    )
    private static let freezeOfShop = Query.shopFreezes.statement("WHERE shop = $1::uuid")
    private static let freezesInForce = Query.shopFreezes.statement(
        "WHERE lifted_at IS NULL AND shop > $1::uuid ORDER BY shop LIMIT $2::int8"
    )
    private static let span = "WHERE id >= $1::uuid AND id < $2::uuid"
    private static let latest = "ORDER BY id DESC LIMIT $3::int8"
    private static let entries = Query.auditLog.statement("\(span) \(latest)")
    private static let entriesOfPerson = Query.auditLog.statement("\(span) AND person = $4::text \(latest)")
    private static let entriesAbout = Query.auditLog.statement("\(span) AND subject = $4::uuid \(latest)")
    /// No id is all noughts, so every one is behind this.
    private static let start = UniqueID(high: 0, low: 0)

    func merchant(_ key: MerchantKey) throws(StoreError) -> Merchant? {
        try row(.merchants, Reader.merchantByKey) { $0.add(key.text) }
    }

    func merchants(_ search: MerchantSearch) throws(StoreError) -> MerchantFindings {
        var owner: Int32?
        if let acquirer = search.acquirer {
            guard let number = try number(acquirer) else {
                return MerchantFindings([], limit: search.limit, ceiling: nil)
            }
            owner = number
        }
        let start = search.after?.value ?? Reader.start
        let ceiling: MerchantID? = try ask(owner == nil ? Reader.ceiling : Reader.ceilingOfOne) { parameters in
            parameters.add(start)
            parameters.add(Int64(max(1, search.span) - 1))
            if let owner { parameters.add(owner) }
        }.first { columns throws(StoreError) in try columns.id() }
        let found = try rows(.merchants, owner == nil ? Reader.found : Reader.foundOfOne) { parameters in
            parameters.add(start)
            parameters.add(ceiling?.value ?? UniqueID(high: .max, low: .max))
            parameters.add(search.text)
            parameters.add(Int64(max(0, search.limit)))
            if let owner { parameters.add(owner) }
        }
        return MerchantFindings(found, limit: search.limit, ceiling: ceiling)
    }

    func freeze(of shop: MerchantID) throws(StoreError) -> ShopFreeze? {
        try row(.shopFreezes, Reader.freezeOfShop) { $0.add(shop.value) }
    }

    func freezes(after: MerchantID?, limit: Int) throws(StoreError) -> [ShopFreeze] {
        try rows(.shopFreezes, Reader.freezesInForce) { parameters in
            parameters.add(after?.value ?? Reader.start)
            parameters.add(Int64(max(0, limit)))
        }
    }

    func auditEntries(_ search: AuditSearch) throws(StoreError) -> [AuditEntry] {
        let fill = { (parameters: inout Parameters) in
            parameters.add(search.ids.lowest)
            parameters.add(search.ids.end)
            parameters.add(Int64(max(0, search.limit)))
        }
        guard search.subjects.isEmpty else {
            var found: [AuditEntry] = []
            for subject in search.subjects {
                found += try rows(.auditLog, Reader.entriesAbout) { parameters in
                    fill(&parameters)
                    parameters.add(subject)
                }
            }
            return search.latest(of: found)
        }
        guard let person = search.person else { return try rows(.auditLog, Reader.entries, fill) }
        return try rows(.auditLog, Reader.entriesOfPerson) { parameters in
            fill(&parameters)
            parameters.add(person.description)
        }
    }
}
