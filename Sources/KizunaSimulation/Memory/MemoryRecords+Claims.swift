import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The rules of recalls and disputes, and how they are kept.
extension MemoryRecords {
    func checkClaims(_ transaction: Transaction) throws(StoreError) {
        try checkRecalls(transaction)
        try checkDisputes(transaction)
        try checkEvidence(transaction)
    }

    private func checkRecalls(_ transaction: Transaction) throws(StoreError) {
        var open: [PaymentID: RecallID?] = [:]
        for change in transaction.recalls.changes {
            guard let recall = change.row else { throw .brokenRule("A recall is never removed") }
            try require(!change.isNew || recalls[recall.id] == nil, "Recalls have ids of their own")
            try require(recall.amount.isPositive, "A recall wants something back")
            try requirePayment(recall.payment, in: transaction)
            try requireParticipant(recall.issuer, in: transaction)
            try requireParticipant(recall.acquirer, in: transaction)
            try requireRefund(recall.refund, in: transaction)
            let others = open[recall.payment] ?? openClaims[recall.payment]?.recall
            if recall.state.isOpen {
                try require(others == nil || others == recall.id, "One recall of a payment is open")
                open[recall.payment] = .some(recall.id)
            } else if others == recall.id {
                open[recall.payment] = .some(nil)
            }
        }
    }

    private func checkDisputes(_ transaction: Transaction) throws(StoreError) {
        var open: [PaymentID: DisputeID?] = [:]
        for change in transaction.disputes.changes {
            guard let dispute = change.row else { throw .brokenRule("A dispute is never removed") }
            try require(!change.isNew || disputes[dispute.id] == nil, "Disputes have ids of their own")
            try require(dispute.amount.isPositive, "A dispute is about something")
            try require(0...Dispute.mostEvidence ~= dispute.evidenceCount, "A case has a bounded number of files")
            try requirePayment(dispute.payment, in: transaction)
            try requireParticipant(dispute.issuer, in: transaction)
            try requireParticipant(dispute.acquirer, in: transaction)
            try requireRefund(dispute.refund, in: transaction)
            try checkDecision(of: dispute)
            let others = open[dispute.payment] ?? openClaims[dispute.payment]?.dispute
            if dispute.state.isOpen {
                try require(others == nil || others == dispute.id, "One dispute about a payment is open")
                open[dispute.payment] = .some(dispute.id)
            } else if others == dispute.id {
                open[dispute.payment] = .some(nil)
            }
        }
    }

    private func checkDecision(of dispute: Dispute) throws(StoreError) {
        guard let proposal = dispute.proposal else {
            return try require(dispute.approver == nil, "What is approved has been proposed")
        }
        guard let approver = dispute.approver else {
            return try require(dispute.state == .escalated, "What is proposed is to be decided")
        }
        try require(approver != proposal.proposer, "Two persons decide a dispute")
        let end: Dispute.State = proposal.decision == .uphold ? .accepted : .closed
        try require(dispute.state == end, "A dispute ends as it was decided")
    }

    private func checkEvidence(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.disputeEvents.changes {
            let isNew = change.row != nil && change.isNew && disputeEvents[change.key] == nil
            try require(isNew, "A case's history is only added to")
            try requireDispute(change.key.dispute, in: transaction)
        }
        for change in transaction.evidence.changes {
            guard let file = change.row, change.isNew, evidence[file.id] == nil else {
                throw .brokenRule("Evidence never changes")
            }
            try requireDispute(file.dispute, in: transaction)
            let bytes = transaction.evidenceBytes[file.id]
            try require(file.byteCount > 0 && bytes?.count == file.byteCount, "A file is as long as it says")
            try require(file.digest.count == 32, "A file's digest has 32 bytes")
        }
        for change in transaction.evidenceBytes.changes {
            try require(transaction.evidence[change.key] != nil && change.isNew, "A file's bytes come with it")
        }
    }

    private func requireDispute(_ id: DisputeID, in transaction: Transaction) throws(StoreError) {
        try require((transaction.disputes[id] ?? disputes[id]) != nil, "A dispute that exists is named")
    }

    private func requireRefund(_ id: RefundID?, in transaction: Transaction) throws(StoreError) {
        guard let id else { return }
        try require((transaction.refunds[id] ?? refunds[id]) != nil, "A refund that exists is named")
    }

    mutating func applyClaims(_ transaction: Transaction) {
        for case let recall? in transaction.recalls.changes.map(\.row) {
            recalls[recall.id] = recall
            setOpen(\.recall, recall.id, recall.state.isOpen, of: recall.payment)
        }
        for case let dispute? in transaction.disputes.changes.map(\.row) {
            disputes[dispute.id] = dispute
            setOpen(\.dispute, dispute.id, dispute.state.isOpen, of: dispute.payment)
        }
        for change in transaction.disputeEvents.changes { disputeEvents[change.key] = change.row }
        for change in transaction.evidence.changes { evidence[change.key] = change.row }
        for change in transaction.evidenceBytes.changes { evidenceBytes[change.key] = change.row }
    }

    private mutating func setOpen<Subject>(
        _ place: WritableKeyPath<OpenClaims, Identifier<Subject>?>,
        _ id: Identifier<Subject>,
        _ isOpen: Bool,
        of payment: PaymentID
    ) {
        var claims = openClaims[payment] ?? OpenClaims()
        if isOpen { claims[keyPath: place] = id } else if claims[keyPath: place] == id { claims[keyPath: place] = nil }
        openClaims[payment] = claims.isEmpty ? nil : claims
    }
}
