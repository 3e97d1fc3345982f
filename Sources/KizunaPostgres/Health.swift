import KizunaSwitch
import Synchronization

/// What is known of how the database does, from the pulse that a node writes every second and from its commits.
final class Health: Sendable {
    /// A pulse that takes longer is slow: a commit is some twenty statements, and payers wait for several.
    private static let longestPulse = Duration.milliseconds(400)
    /// So many slow ones in a row are no accident.
    private static let slowPulses = 2
    /// A pulse that has been under way for so long is slow, whatever becomes of it.
    private static let longestSilence = Duration.seconds(3)
    /// How long a commit that failed is told of. Then somebody is to try again: a full disk shows in commits only.
    private static let memory = Duration.seconds(5)

    private struct State {
        var pulseBegan: ContinuousClock.Instant?
        var pulseFault: StoreError?
        /// Why this program must not go on, whatever the server does.
        var shapeFault: StoreError?
        var slowInARow = 0
        var commitFault: (error: StoreError, until: ContinuousClock.Instant)?
    }

    private let state = Mutex(State())

    /// Why nothing can be promised now; `nil` while all is well.
    var fault: StoreError? {
        state.withLock { state in
            let now = ContinuousClock.now
            if let fault = state.shapeFault { return fault }
            if let fault = state.pulseFault { return fault }
            if let began = state.pulseBegan, began.duration(to: now) > Health.longestSilence { return .slow }
            if state.slowInARow >= Health.slowPulses { return .slow }
            if let fault = state.commitFault, now < fault.until { return fault.error }
            return nil
        }
    }

    func beginPulse() { state.withLock { $0.pulseBegan = .now } }

    /// The pulse has been written; nothing is said of what a node does besides.
    func endPulse() {
        state.withLock { state in
            let isSlow = state.pulseBegan.map { $0.duration(to: .now) > Health.longestPulse } ?? false
            state.slowInARow = isSlow ? state.slowInARow + 1 : 0
            state.pulseFault = nil
            state.pulseBegan = nil
        }
    }

    func note(_ shape: DatabaseShape) { state.withLock { $0.shapeFault = shape.fault } }

    func endPulse(_ fault: StoreError) {
        state.withLock { state in
            state.pulseFault = fault
            state.pulseBegan = nil
        }
    }

    /// - Parameter error: `nil` for a commit that took place.
    func noteCommit(_ error: StoreError?) {
        state.withLock { state in
            switch error?.code {
            case nil: state.commitFault = nil
            case .unavailable, .notUsable, .corrupt:
                state.commitFault = error.map { ($0, .now.advanced(by: Health.memory)) }
            case .constraint, .conflict: break
            }
        }
    }
}

extension StoreError {
    fileprivate static let slow = StoreError(.unavailable, "The database answers slowly: see what holds it up.")
}
