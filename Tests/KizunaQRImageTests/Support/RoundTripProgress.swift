import Foundation
import Synchronization

/// Says on standard error how far a long run has come, so that an interrupted one can be taken up there.
final class RoundTripProgress: Sendable {
    private struct State {
        /// Every seed below is done.
        var next: UInt64
        /// Blocks that were finished before the ones below them, by their first seed.
        var ahead: [UInt64: UInt64] = [:]
    }

    private static let announcedSteps: UInt64 = 10_000

    private let first: UInt64
    private let past: UInt64
    private let state: Mutex<State>

    init(first: UInt64, past: UInt64) {
        self.first = first
        self.past = past
        state = Mutex(State(next: first))
    }

    /// Notes a block of seeds as done.
    func finish(_ block: Range<UInt64>) {
        let reached = state.withLock { state -> UInt64? in
            let before = state.next
            state.ahead[block.lowerBound] = block.upperBound
            while let end = state.ahead.removeValue(forKey: state.next) { state.next = end }
            return (state.next - first) / Self.announcedSteps > (before - first) / Self.announcedSteps
                ? state.next : nil
        }
        guard let reached, past - first > Self.announcedSteps else { return }
        FileHandle.standardError.write(Data("round trips: seeds \(first)..<\(reached) of ..<\(past) are done\n".utf8))
    }
}
