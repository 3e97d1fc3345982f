import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What every store enforces about changes of who is let in.
extension MemoryRecords {
    func checkAccess(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.accessChanges.changes {
            guard let row = change.row else { throw .brokenRule("A change of access is never removed") }
            try require(!change.isNew || accessChanges[row.id] == nil, "Changes of access have ids of their own")
            try require(row.note.count <= AccessChange.longestNote, "A note is short")
            try require(row.days.map { $0 > 0 } ?? true, "A key is made for some days")
            try require((row.endedAt == nil) == (row.opensUntil != nil), "What has ended has a time")
            try checkApproval(of: row)
        }
    }

    private func checkApproval(of row: AccessChange) throws(StoreError) {
        guard let proposer = row.author.person else {
            return try require(row.approval == nil && row.standing == .done, "Who has the database asks nobody")
        }
        try require(row.approval?.person != proposer, "Nobody decides alone")
        try require(
            row.approval.map { .person($0.person) != row.subject } ?? true,
            "Nobody decides about himself or herself"
        )
        switch row.standing {
        case .proposed: try require(row.approval == nil, "What is proposed is not approved")
        case .approved, .done: try require(row.approval != nil, "What is done has been approved")
        case .withdrawn: break
        }
    }
}
