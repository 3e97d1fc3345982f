import KizunaPayments
import KizunaSwitch

/// The rules of what limits and alerts remember.
extension MemoryRecords {
    func checkLimits(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.payers.changes {
            guard let tally = change.row else { throw .brokenRule("A payer is not forgotten") }
            let counts = [tally.newPayerYen, tally.dayYen, Int64(tally.dayPayments)]
            try require(counts.allSatisfy { $0 >= 0 }, "A payer's counts are never negative")
        }
        for change in transaction.paces.changes {
            guard let pace = change.row else { throw .brokenRule("A shop's pace is not forgotten") }
            try require(pace.today >= 0 && pace.usualSixteenths >= 0, "A shop's pace is never negative")
            let isKnown = merchantKeys[pace.merchant] != nil
            try require(
                isKnown || transaction.merchants.changes.contains { $0.row?.id == pace.merchant },
                "A pace names a shop"
            )
        }
        for change in transaction.alerts.changes {
            guard let alert = change.row else { throw .brokenRule("An alert ends and is not removed") }
            try require(alert.timesRaised > 0, "An alert was raised")
        }
    }
}
