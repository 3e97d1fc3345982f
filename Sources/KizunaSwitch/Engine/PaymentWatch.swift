package import KizunaPayments
import Synchronization

/// Lets callers wait until a payment is final, without asking again and again.
package final class PaymentWatch: Sendable {
    /// The most who may wait at once; further ones are told at once to come back.
    private static let mostWaiting = 20_000

    private let waiting = Mutex(Waiting())

    private struct Waiter {
        let continuation: CheckedContinuation<Void, Never>
        var timeout: Task<Void, Never>?

        func end() {
            timeout?.cancel()
            continuation.resume()
        }
    }

    private struct Waiting {
        var byPayment: [PaymentID: [Int: Waiter]] = [:]
        var count = 0
        var nextNumber = 0
    }

    package init() {}

    /// Returns when the payment has become final, or the time is over, or at once when too many wait.
    ///
    /// - Parameter isFinal: looks whether it is final already; called after the wait has begun, so that no change can
    ///   slip between the look and the wait.
    package func wait(for payment: PaymentID, atMost limit: Duration, isFinal: @Sendable () -> Bool) async {
        await withCheckedContinuation { continuation in
            guard let number = register(continuation, for: payment) else { return continuation.resume() }
            if isFinal() { return release(payment, number) }
            let timeout = Task {
                try? await Task.sleep(for: limit)
                self.release(payment, number)
            }
            let isStillWaiting = waiting.withLock { waiting in
                waiting.byPayment[payment]?[number]?.timeout = timeout
                return waiting.byPayment[payment]?[number] != nil
            }
            if !isStillWaiting { timeout.cancel() }
        }
    }

    private func register(_ continuation: CheckedContinuation<Void, Never>, for payment: PaymentID) -> Int? {
        waiting.withLock { waiting in
            guard waiting.count < PaymentWatch.mostWaiting else { return nil }
            waiting.nextNumber += 1
            waiting.count += 1
            waiting.byPayment[payment, default: [:]][waiting.nextNumber] = Waiter(continuation: continuation)
            return waiting.nextNumber
        }
    }

    /// Wakes everybody who waits for payments that a commit has brought to their end.
    package func note(_ changes: [RecordTable<PaymentID, Payment>.Change]) {
        let woken = waiting.withLock { waiting -> [Waiter] in
            guard waiting.count > 0 else { return [] }
            var woken: [Waiter] = []
            for change in changes where change.row?.state.isFinal == true {
                guard let waiters = waiting.byPayment.removeValue(forKey: change.key) else { continue }
                waiting.count -= waiters.count
                woken += waiters.values
            }
            return woken
        }
        for waiter in woken { waiter.end() }
    }

    private func release(_ payment: PaymentID, _ number: Int) {
        let waiter = waiting.withLock { waiting -> Waiter? in
            guard let waiter = waiting.byPayment[payment]?.removeValue(forKey: number) else { return nil }
            if waiting.byPayment[payment]?.isEmpty == true { waiting.byPayment[payment] = nil }
            waiting.count -= 1
            return waiter
        }
        waiter?.end()
    }
}
