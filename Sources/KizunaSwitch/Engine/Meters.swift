import KizunaMoney
package import KizunaPayments
import Synchronization

/// What the engine counts of its own work since the process began, for those who watch machines.
package final class Meters: Sendable {
    /// A payment's way into a state.
    package struct Arrival: Sendable, Hashable {
        package let payerCountry: Country
        package let state: PaymentState
    }

    package struct Figures: Sendable {
        /// Submissions in one commit.
        package var groupSizes = Histogram.sizes
        /// From a group's way to the disk to its being durable, in seconds.
        package var commitTimes = Histogram.times
        /// From a submission's coming to its group's way to the disk, in seconds.
        package var queueTimes = Histogram.times
        /// From a payment's submission to its end, in seconds.
        package var decisionTimes = Histogram.times
        package var failedCommits = 0
        package var arrivals: [Arrival: Int] = [:]
    }

    private let counted = Mutex(Figures())

    package init() {}

    package var figures: Figures { counted.withLock { $0 } }

    /// Counts a group that is durable.
    func note(_ group: PreparedGroup, began: ContinuousClock.Instant, took: Duration) {
        counted.withLock { figures in
            figures.groupSizes.add(Double(group.members.count))
            figures.commitTimes.add(took.seconds)
            for member in group.members {
                figures.queueTimes.add(member.waiting.arrived.duration(to: began).seconds)
            }
            for change in group.transaction.payments.changes {
                guard let payment = change.row, payment.state != change.stored?.state else { continue }
                figures.arrivals[Arrival(payerCountry: payment.payerCountry, state: payment.state), default: 0] += 1
                guard payment.state.isFinal, change.stored?.state.isFinal != true else { continue }
                figures.decisionTimes.add(payment.changedAt.since(payment.submittedAt).seconds)
            }
        }
    }

    func noteFailedCommit() { counted.withLock { $0.failedCommits += 1 } }
}
