import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Shops that people look for and freeze, and what they have looked at and done.
extension MemoryRecords {
    func checkWatching(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.shopFreezes.changes {
            guard let freeze = change.row else { throw .brokenRule("A freeze is lifted and never removed") }
            let isNew = transaction.merchants.changes.contains { $0.row?.id == freeze.shop }
            try require(isNew || merchantKeys[freeze.shop] != nil, "A freeze names a shop")
            try require(freeze.lifting?.person != freeze.freezing.person, "Nobody freezes and lifts alone")
            let lengths = 1...ShopFreeze.longestReason
            try require(
                [freeze.freezing, freeze.lifting].allSatisfy { $0.map { lengths ~= $0.reason.count } ?? true },
                "A reason is given"
            )
        }
        for change in transaction.auditEntries.changes {
            guard let entry = change.row else { throw .brokenRule("What was written down is kept") }
            try require(change.isNew && auditEntries[entry.id] == nil, "What was written down is not changed")
            try require(entry.detail?.count ?? 0 <= AuditEntry.longestDetail, "What is written down is short")
        }
    }

    mutating func applyWatching(_ transaction: Transaction) {
        for change in transaction.shopFreezes.changes { shopFreezes[change.key] = change.row }
        for change in transaction.auditEntries.changes {
            auditEntries[change.key] = change.row
            let oldest = AuditEntry.oldestKept(at: change.key)
            let over = auditEntries.keys.filter { $0 < oldest }.sorted().prefix(AuditEntry.mostClearedAtOnce)
            for id in over { auditEntries[id] = nil }
        }
    }
}

extension MemoryReader {
    func merchant(_ key: MerchantKey) -> Merchant? { records.merchants[key] }

    func merchants(_ search: MerchantSearch) -> MerchantFindings {
        let behind = records.merchants.values.filter { merchant in
            search.acquirer.map { $0 == merchant.acquirer } ?? true && search.after.map { $0 < merchant.id } ?? true
        }
        let span = behind.sorted { $0.id < $1.id }.prefix(max(1, search.span))
        let ceiling = span.count == max(1, search.span) ? span.last?.id : nil
        let found = span.filter(search.matches).prefix(max(0, search.limit))
        return MerchantFindings(Array(found), limit: search.limit, ceiling: ceiling)
    }

    func freeze(of shop: MerchantID) -> ShopFreeze? { records.shopFreezes[shop] }

    func freezes(after: MerchantID?, limit: Int) -> [ShopFreeze] {
        let found = records.shopFreezes.values.filter { freeze in
            freeze.isInForce && after.map { $0 < freeze.shop } ?? true
        }
        return Array(found.sorted { $0.shop < $1.shop }.prefix(max(0, limit)))
    }

    func auditEntries(_ search: AuditSearch) -> [AuditEntry] {
        let (lowest, end) = search.ids
        let found = records.auditEntries.values.filter { entry in
            guard lowest <= entry.id, entry.id < end else { return false }
            if !search.subjects.isEmpty { return entry.subject.map { search.subjects.contains($0) } ?? false }
            return search.person.map { $0 == entry.person } ?? true
        }
        return search.latest(of: found)
    }
}
