package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// The claims about a payment that have not ended: one of each kind at most.
///
/// Derived from the recalls and disputes themselves, and not written by itself.
package struct OpenClaims: Sendable, Hashable {
    package var recall: RecallID?
    package var dispute: DisputeID?

    package init(recall: RecallID? = nil, dispute: DisputeID? = nil) {
        self.recall = recall
        self.dispute = dispute
    }

    package var isEmpty: Bool { recall == nil && dispute == nil }
}

/// An issuer asks for money back after a payment has become final.
package struct RequestRecall: Sendable {
    package let payment: PaymentID
    package let reason: Recall.Reason
    /// In the merchant's currency; `nil` for all that is left.
    package let amount: Money?

    package init(payment: PaymentID, reason: Recall.Reason, amount: Money?) {
        self.payment = payment
        self.reason = reason
        self.amount = amount
    }
}

/// What an acquirer says to a recall.
package enum RecallAnswer: Sendable, Hashable {
    /// The money goes back.
    ///
    /// - `amount`: a part of what is recalled; `nil` for all of it, or for what is left when that has become less.
    /// - `uetr`: of the refund; `nil` to have the switch make one.
    case granted(amount: Money?, uetr: UETR?)
    case refused(ReversalRefusal)
    /// It is looking into it.
    case pending
}

/// One of a payment's two banks opens a case about it.
package struct OpenDispute: Sendable {
    package let payment: PaymentID
    package let reason: Dispute.Reason
    /// In the merchant's currency; `nil` for all that is left.
    package let amount: Money?
    /// What happened, in words.
    package let note: String?

    package init(payment: PaymentID, reason: Dispute.Reason, amount: Money?, note: String?) {
        self.payment = payment
        self.reason = reason
        self.amount = amount
        self.note = note
    }
}

/// A bank does something with a case.
package struct ActOnDispute: Sendable {
    package let dispute: DisputeID
    package let action: DisputeMachine.Action
    package let note: String?

    package init(dispute: DisputeID, action: DisputeMachine.Action, note: String?) {
        self.dispute = dispute
        self.action = action
        self.note = note
    }
}

/// A person who works for the switch takes part in deciding a case.
package struct DecideDispute: Sendable {
    package enum Move: Sendable {
        case propose(Dispute.Decision, note: String)
        /// Takes the person's own proposal back.
        case withdraw
        /// Approves exactly that proposal.
        case approve(UniqueID)
    }

    package let dispute: DisputeID
    package let move: Move

    package init(dispute: DisputeID, move: Move) {
        self.dispute = dispute
        self.move = move
    }
}

/// A bank adds a file to a case.
package struct AddEvidence: Sendable {
    package let dispute: DisputeID
    package let mediaType: Evidence.MediaType
    package let bytes: [UInt8]
    /// The SHA-256 of the bytes.
    package let digest: [UInt8]

    package init(
        dispute: DisputeID,
        mediaType: Evidence.MediaType,
        bytes: [UInt8],
        digest: [UInt8]
    ) {
        self.dispute = dispute
        self.mediaType = mediaType
        self.bytes = bytes
        self.digest = digest
    }
}

extension OutboxMessage {
    /// The recall that the message is about.
    package var recall: RecallID? {
        switch kind {
        case .recallRequest, .recallUpdate: claim.map { RecallID($0) }
        case .creditRequest, .creditDecision, .paymentUpdate, .refundNotice, .statusQuery, .reversalRequest, .event,
            .disputeUpdate:
            nil
        }
    }

    /// The dispute that the message is about.
    package var dispute: DisputeID? { kind == .disputeUpdate ? claim.map { DisputeID($0) } : nil }
}
