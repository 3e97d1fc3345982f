public import KizunaMoney

extension Recall {
    /// Whether what was paid by fraud has been held fast at the shop's side (`flows.md` 7 and 12).
    public struct Freeze: Sendable, Hashable {
        /// The raw value is what is stored.
        public enum State: Int, Sendable, Hashable, CaseIterable {
            /// The acquirer has been told and has not said anything yet.
            case asked = 1
            /// Some of it, or all, is held fast.
            case frozen = 2
            /// Nothing was there any more.
            case gone = 3
            /// The acquirer said nothing in time: operators are to ask.
            case overdue = 4
        }

        /// Until when it is to be done.
        public let dueAt: Timestamp
        public private(set) var state: State
        /// What is held fast.
        public private(set) var amount: Money?
        /// When the acquirer said so.
        public private(set) var reportedAt: Timestamp?

        public init(dueAt: Timestamp, state: State = .asked, amount: Money? = nil, reportedAt: Timestamp? = nil) {
            self.dueAt = dueAt
            self.state = state
            self.amount = amount
            self.reportedAt = reportedAt
        }

        /// A later word replaces an earlier one: money may be found, or leave.
        mutating func report(frozen: Money?, at now: Timestamp) {
            state = frozen == nil ? .gone : .frozen
            amount = frozen
            reportedAt = now
        }

        mutating func noteOverdue() {
            if state == .asked { state = .overdue }
        }
    }
}

extension Recall.Freeze.State {
    /// The name in the API: `FROZEN`.
    public var name: String {
        switch self {
        case .asked: "ASKED"
        case .frozen: "FROZEN"
        case .gone: "GONE"
        case .overdue: "OVERDUE"
        }
    }
}
