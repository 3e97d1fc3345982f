import KizunaLedger
import KizunaPayments
import KizunaSwitch

extension MemoryRecords {
    mutating func applyBakong(_ transaction: Transaction) {
        for change in transaction.codeNotes.changes { codeNotes[change.key] = codeNotes[change.key] ?? change.row }
        for change in transaction.bakongProjects.changes { bakongProjects[change.key] = change.row }
        for change in transaction.bakongKeys.changes { bakongKeys[change.key] = change.row }
        for change in transaction.deepLinks.changes { deepLinks[change.key] = change.row }
    }
}

extension MemoryReader {
    func standing(of code: CodeDigest) -> CodeStanding? {
        records.codeClaims[code].map { .claimed($0) } ?? records.codeNotes[code].map { .noted($0) }
    }

    func paidPayments(hashPrefixes: ClosedRange<Int64>, limit: Int) -> [Payment] {
        let found = records.payments.values.filter { payment in
            payment.state.isPaid && payment.isAtKHQR
                && hashPrefixes.contains(PaymentHash(of: payment, digester: digester).prefix)
        }
        return Array(found.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }

    func hasMerchant(bakongAccount account: String) -> Bool {
        records.merchants.keys.contains { key in
            if case .khqr(account, _) = key { true } else { false }
        }
    }

    func bakongProject(email: String) -> BakongProject? { records.bakongProjects[email] }

    func bakongProject(id: UInt64) -> BakongProject? { records.bakongProjects.values.first { $0.id == id } }

    func bakongProject(codeDigest: [UInt8]) -> BakongProject? {
        records.bakongProjects.values.first { $0.codeDigest == codeDigest }
    }

    func bakongProjects(_ standing: BakongProject.Standing?, limit: Int) -> [BakongProject] {
        let found = records.bakongProjects.values.filter { standing ?? $0.standing == $0.standing }
        return Array(found.sorted { ($0.createdAt, $0.email) < ($1.createdAt, $1.email) }.prefix(max(0, limit)))
    }

    func bakongKeys() -> [BakongKey] { records.bakongKeys.values.sorted { $0.number < $1.number } }
    func deepLink(_ id: UniqueID) -> DeepLink? { records.deepLinks[id] }

    func deepLinks(limit: Int) -> [DeepLink] {
        let sorted = records.deepLinks.values.sorted { ($0.expiresAt, $0.id) < ($1.expiresAt, $1.id) }
        return Array(sorted.prefix(max(0, limit)))
    }

    func deepLinkCount() -> Int { records.deepLinks.count }
}
