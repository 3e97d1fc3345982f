import KizunaPayments
import KizunaSwitch

/// How many payments are in each state, kept with every commit so that nobody has to count.
final class PaymentCounts {
    private let update: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        update = try connection.prepare("UPDATE payment_counts SET payments = payments + ? WHERE state = ?")
    }

    func write(_ changes: [RecordTable<PaymentID, Payment>.Change]) throws(StoreError) {
        var moved: [PaymentState: Int] = [:]
        for change in changes {
            if let before = change.stored { moved[before.state, default: 0] -= 1 }
            if let after = change.row { moved[after.state, default: 0] += 1 }
        }
        for (state, difference) in moved.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where difference != 0 {
            try update.run {
                $0.add(difference)
                $0.add(state)
            }
        }
    }
}
