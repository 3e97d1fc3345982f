import KizunaPayments
import KizunaSwitch

/// How many payments are in each state, kept with every commit so that nobody has to count.
enum PaymentCounts {
    private static let update = Statement(
        """
        UPDATE payment_counts AS t SET payments = t.payments + u.difference
        FROM unnest($1::int2[], $2::int8[]) AS u(state, difference) WHERE t.state = u.state
        """
    )

    /// The differences that changes make.
    static func differences(
        _ changes: [RecordTable<PaymentID, Payment>.Change]
    ) -> [(state: PaymentState, difference: Int)] {
        var moved: [PaymentState: Int] = [:]
        for change in changes {
            if let before = change.stored { moved[before.state, default: 0] -= 1 }
            if let after = change.row { moved[after.state, default: 0] += 1 }
        }
        return moved.filter { $0.value != 0 }.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { ($0.key, $0.value) }
    }

    static func write(_ differences: [(state: PaymentState, difference: Int)], to commit: inout CommitCommands) {
        let missing = StoreError(.corrupt, "The count of payments lacks a state; restore a backup.")
        commit.add(update, touching: differences.count, otherwise: missing) { parameters in
            parameters.addArray(of: .int2, count: differences.count) { elements in
                for (state, _) in differences { elements.add(state) }
            }
            parameters.addArray(of: .int8, count: differences.count) { elements in
                for (_, difference) in differences { elements.add(difference) }
            }
        }
    }
}
