import Synchronization

/// Lets callers wait for what a commit brings, without asking again and again.
package final class Watch<Subject: Hashable & Sendable>: Sendable {
    /// The most who may wait at once; further ones are told at once to come back.
    private let mostWaiting = 20_000

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
        var bySubject: [Subject: [Int: Waiter]] = [:]
        var count = 0
        var nextNumber = 0
    }

    package init() {}

    /// Returns when the subject has been woken, or the time is over, or at once when too many wait.
    ///
    /// - Parameter isOver: looks whether there is nothing to wait for any more; called after the wait has begun, so that
    ///   no change can slip between the look and the wait.
    package func wait(for subject: Subject, atMost limit: Duration, isOver: @Sendable () -> Bool) async {
        await withCheckedContinuation { continuation in
            guard let number = register(continuation, for: subject) else { return continuation.resume() }
            if isOver() { return release(subject, number) }
            let timeout = Task {
                try? await Task.sleep(for: limit)
                self.release(subject, number)
            }
            let isStillWaiting = waiting.withLock { waiting in
                waiting.bySubject[subject]?[number]?.timeout = timeout
                return waiting.bySubject[subject]?[number] != nil
            }
            if !isStillWaiting { timeout.cancel() }
        }
    }

    /// How many wait at this moment.
    var waitingCount: Int { waiting.withLock { $0.count } }

    private func register(_ continuation: CheckedContinuation<Void, Never>, for subject: Subject) -> Int? {
        waiting.withLock { waiting in
            guard waiting.count < mostWaiting else { return nil }
            waiting.nextNumber += 1
            waiting.count += 1
            waiting.bySubject[subject, default: [:]][waiting.nextNumber] = Waiter(continuation: continuation)
            return waiting.nextNumber
        }
    }

    /// Wakes everybody who waits for the subjects that a commit's changes name.
    ///
    /// - Parameter subject: whom a changed row wakes; `nil` for nobody.
    package func note<Key, Row>(
        _ changes: @autoclosure () -> [RecordTable<Key, Row>.Change],
        waking subject: (Row) -> Subject?
    ) {
        let woken = waiting.withLock { waiting -> [Waiter] in
            guard waiting.count > 0 else { return [] }
            var woken: [Waiter] = []
            for case let row? in changes().map(\.row) {
                guard let subject = subject(row), let waiters = waiting.bySubject.removeValue(forKey: subject) else {
                    continue
                }
                waiting.count -= waiters.count
                woken += waiters.values
            }
            return woken
        }
        for waiter in woken { waiter.end() }
    }

    /// Wakes everybody who waits for a subject.
    package func wake(_ subject: Subject) {
        let woken = waiting.withLock { waiting -> [Waiter] in
            let waiters = waiting.bySubject.removeValue(forKey: subject) ?? [:]
            waiting.count -= waiters.count
            return Array(waiters.values)
        }
        for waiter in woken { waiter.end() }
    }

    private func release(_ subject: Subject, _ number: Int) {
        let waiter = waiting.withLock { waiting -> Waiter? in
            guard let waiter = waiting.bySubject[subject]?.removeValue(forKey: number) else { return nil }
            if waiting.bySubject[subject]?.isEmpty == true { waiting.bySubject[subject] = nil }
            waiting.count -= 1
            return waiter
        }
        waiter?.end()
    }
}
