import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// Double entry, derived again from the journal's lines alone: balances follow from the lines, every currency's debits
/// are its credits, each hold ends once and as it was opened, no account passes its cap.
final class BooksAuditor: Auditor {
    private struct Sums: Equatable {
        var debits: Int64 = 0
        var credits: Int64 = 0
        var debitsHeld: Int64 = 0
        var creditsHeld: Int64 = 0
    }

    private unowned let world: World
    private var sums: [AccountID: Sums] = [:]
    private var caps: [AccountID: (cap: Int64, headroom: Int64)] = [:]
    private var open: [HoldID: Transfer] = [:]
    private var opened: Set<HoldID> = []

    init(_ world: World) { self.world = world }

    func committed(_ commit: Commit) {
        for line in commit.journal { take(line) }
        for change in commit.accounts {
            guard let account = change.row else { return world.violate("accounts-stay", "An account was removed") }
            check(account)
        }
    }

    private func take(_ line: Transfer) {
        if line.minorUnits <= 0 || line.debit == line.credit || line.debit.currency != line.credit.currency {
            world.violate("money-is-conserved", "A line that is no transfer: leg \(line.leg)")
        }
        switch line.kind {
        case .direct: move(line)
        case .hold:
            if !opened.insert(line.holdID).inserted { world.violate("hold-opens-once", "leg \(line.leg)") }
            open[line.holdID] = line
            sums[line.debit, default: Sums()].debitsHeld += line.minorUnits
            sums[line.credit, default: Sums()].creditsHeld += line.minorUnits
        case .post, .void:
            guard let hold = open.removeValue(forKey: line.holdID), hold.debit == line.debit,
                hold.credit == line.credit,
                hold.minorUnits == line.minorUnits
            else { return world.violate("hold-ends-once", "leg \(line.leg) ends as it was not opened, or again") }
            sums[line.debit, default: Sums()].debitsHeld -= line.minorUnits
            sums[line.credit, default: Sums()].creditsHeld -= line.minorUnits
            if line.kind == .post { move(line) }
        }
    }

    private func move(_ line: Transfer) {
        sums[line.debit, default: Sums()].debits += line.minorUnits
        sums[line.credit, default: Sums()].credits += line.minorUnits
    }

    private func check(_ account: Account) {
        let stored = Sums(
            debits: account.debitsPosted,
            credits: account.creditsPosted,
            debitsHeld: account.debitsHeld,
            creditsHeld: account.creditsHeld
        )
        if stored != sums[account.id, default: Sums()] {
            world.violate("balances-follow-from-journal", "\(account.id)")
        }
        guard let cap = account.netDebitCapMinorUnits else { return }
        // Who owes more than a cap that was narrowed may go on owing that, and no more.
        let headroom = cap + stored.credits - stored.debits - stored.debitsHeld
        let before = caps.updateValue((cap, headroom), forKey: account.id)
        if before?.cap == cap, headroom < min(0, before?.headroom ?? 0) {
            world.violate("cap-is-kept", "\(account.id) is past its cap")
        }
    }

    func settled() {
        if !open.isEmpty { world.violate("every-hold-ends", "\(open.count) holds are open though nothing goes on") }
        var totals: [Currency: Int64] = [:]
        for (id, sums) in sums { totals[id.currency, default: 0] += sums.credits - sums.debits }
        if totals.values.contains(where: { $0 != 0 }) {
            world.violate("money-is-conserved", "A currency's sum is not 0")
        }
        checkStore()
    }

    /// The store's own audit, which walks the whole journal and its chain.
    private func checkStore() {
        var audit = Audit()
        do throws(StoreError) {
            try world.disk.read { reader throws(StoreError) in try reader.audit(&audit) }
        } catch {
            return world.violate("journal-is-readable", error.message)
        }
        if let first = audit.violations.first { world.violate("journal-chain-is-whole", "\(first)") }
    }
}
