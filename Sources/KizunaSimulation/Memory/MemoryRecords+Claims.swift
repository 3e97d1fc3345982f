import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The rules of recalls, and how they are kept.
extension MemoryRecords {
    func checkClaims(_ transaction: Transaction) throws(StoreError) {
        var open: [PaymentID: RecallID?] = [:]
        for change in transaction.recalls.changes {
            guard let recall = change.row else { throw .brokenRule("A recall is never removed") }
            try require(!change.isNew || recalls[recall.id] == nil, "Recalls have ids of their own")
            try require(recall.amount.isPositive, "A recall wants something back")
            try requirePayment(recall.payment, in: transaction)
            try requireParticipant(recall.issuer, in: transaction)
            try requireParticipant(recall.acquirer, in: transaction)
            if let refund = recall.refund {
                try require((transaction.refunds[refund] ?? refunds[refund]) != nil, "A refund that exists is named")
            }
            let others = open[recall.payment] ?? openClaims[recall.payment]?.recall
            if recall.state.isOpen {
                try require(others == nil || others == recall.id, "One recall of a payment is open")
                open[recall.payment] = .some(recall.id)
            } else if others == recall.id {
                open[recall.payment] = .some(nil)
            }
        }
    }

    mutating func applyClaims(_ transaction: Transaction) {
        for change in transaction.recalls.changes {
            guard let recall = change.row else { continue }
            recalls[recall.id] = recall
            if recall.state.isOpen {
                openClaims[recall.payment] = OpenClaims(recall: recall.id)
            } else if openClaims[recall.payment]?.recall == recall.id {
                openClaims[recall.payment] = nil
            }
        }
    }
}
