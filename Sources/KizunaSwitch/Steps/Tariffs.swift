import KizunaLedger
import KizunaMoney
import KizunaPayments

/// The operator records lines of the tariffs; all of them or none.
func recordFees(
    _ fees: [RecordFee],
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    var count = 0
    for fee in fees {
        if let participant = fee.scope.participant {
            try transaction.require(.participant(participant))
            guard transaction.participants[participant] != nil else {
                throw .refused(Refusal(.notFound, fee.place + "There is no participant \(participant)."))
            }
        }
        var table = transaction.feeTables[fee.corridor] ?? FeeTable(corridor: fee.corridor)
        let rule = FeeRule(
            scope: fee.scope,
            terms: fee.terms,
            effectiveFrom: fee.effectiveFrom ?? now,
            recordedAt: now
        )
        let isNew: Bool
        do throws(Refusal) {
            isNew = try table.record(rule)
        } catch {
            throw .refused(Refusal(error.code, fee.place + error.detail))
        }
        guard isNew else { continue }
        count += 1
        transaction.feeTables.set(fee.corridor, table)
    }
    return .feesRecorded(count: count)
}

extension RecordFee {
    fileprivate var place: String { line.map { "Line \($0): " } ?? "" }
}
