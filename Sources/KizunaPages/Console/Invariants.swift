import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What must be true at every moment, recomputed from the journal and the banks' own books.
struct Invariants {
    let lines: Int
    let holds: Int
    let credited: Int
    let recorded: Int
    let underWay: Int
    /// How many payments people have decided that the shop was not paid, whatever its bank says.
    let decided: Int
    let areBooksBalanced: Bool
    /// Whether every open hold belongs to a payment that has not ended.
    let areHoldsOwned: Bool

    init(
        _ reader: any StoreReader,
        _ standing: ChaosStanding
    ) throws(StoreError) {
        var audit = Audit()
        try reader.audit(&audit)
        lines = audit.transfers
        areBooksBalanced = audit.violations.isEmpty
        let open = Set(audit.openHoldIDs.map(\.transaction))
        holds = open.count
        var areOwned = true
        for transaction in open {
            let payment = try reader.payment(PaymentID(transaction))
            areOwned = areOwned && payment?.state.isFinal == false
        }
        areHoldsOwned = areOwned
        let counts = try reader.paymentCounts()
        credited = standing.credited
        recorded = counts.reduce(0) { $1.key.isPaid ? $0 + $1.value : $0 } - standing.creditedBefore
        underWay = counts.reduce(0) { $1.key.isFinal ? $0 : $0 + $1.value }
        var search = PaymentSearch(limit: Invariants.mostDecided)
        search.state = .reversed
        decided = try reader.payments(search).payments.count { payment in
            payment.events?.contains { $0.trigger == .operatorReversed } ?? false
        }
    }

    /// More than anybody decides in a demonstration.
    private static let mostDecided = 1_000

    /// Nobody's word is lost: what a bank has credited is recorded, unless it is under way or people have decided
    /// otherwise; and what is recorded has been credited, or is about to be.
    var isAnsweredRecorded: Bool { -underWay <= credited - recorded && credited - recorded <= underWay + decided }
}
