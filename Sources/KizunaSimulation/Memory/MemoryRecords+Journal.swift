import KizunaLedger
import KizunaSwitch

/// The rules of the journal.
extension MemoryRecords {
    func checkJournal(_ transaction: Transaction) throws(StoreError) {
        var changed: [HoldID: Leg] = [:]
        for line in transaction.journal {
            try require(line.minorUnits > 0 && line.debit != line.credit, "A line moves something")
            try require(line.debit.currency == line.credit.currency, "A line moves one currency")
            for account in [line.debit, line.credit] {
                let isOpen = (transaction.accounts[account] ?? accounts[account]) != nil
                try require(isOpen, "A line names accounts that have been opened")
            }
            let leg = changed[line.holdID] ?? legs[line.holdID]
            switch line.kind {
            case .direct, .hold:
                try require(leg == nil, "A leg is opened once")
                changed[line.holdID] = Leg(opening: line)
            case .post, .void:
                guard let leg, leg.opening.kind == .hold, !leg.isEnded, leg.opening.debit == line.debit,
                    leg.opening.credit == line.credit, leg.opening.minorUnits == line.minorUnits
                else { throw .brokenRule("A hold ends once, as it was opened") }
                changed[line.holdID] = Leg(opening: leg.opening, isEnded: true)
            }
        }
    }
}
