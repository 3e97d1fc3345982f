package import KizunaMoney

/// Something that an operator should know of while it lasts: one record for each kind and subject, so that what comes and
/// goes does not pile up.
package struct Alert: Sendable, Hashable {
    package enum Kind: Int, Sendable, Hashable, CaseIterable {
        /// An account has used much of its net debit cap; at the cap itself payments are refused.
        case capNearlyReached = 1
        /// A shop is paid far more often than usual.
        case shopUnusuallyBusy = 2

        /// The stable name for programs.
        package var name: String {
            switch self {
            case .capNearlyReached: "cap_nearly_reached"
            case .shopUnusuallyBusy: "shop_unusually_busy"
            }
        }
    }

    package struct Key: Sendable, Hashable {
        package let kind: Kind
        /// An account as `owner/role/currency`, or a shop's id; no name.
        package let subject: String

        package init(kind: Kind, subject: String) {
            self.kind = kind
            self.subject = subject
        }
    }

    package let key: Key
    /// When it was raised last.
    package private(set) var raisedAt: Timestamp
    /// When it ended; `nil` while it lasts.
    package private(set) var clearedAt: Timestamp?
    package private(set) var timesRaised: Int

    package init(key: Key, raisedAt: Timestamp, clearedAt: Timestamp? = nil, timesRaised: Int = 1) {
        self.key = key
        self.raisedAt = raisedAt
        self.clearedAt = clearedAt
        self.timesRaised = timesRaised
    }

    package var isOpen: Bool { clearedAt == nil }

    /// Raises it again after it had ended.
    mutating func raise(at now: Timestamp) {
        guard !isOpen else { return }
        (raisedAt, clearedAt) = (now, nil)
        timesRaised += 1
    }

    mutating func clear(at now: Timestamp) {
        if isOpen { clearedAt = now }
    }
}

/// What a step has found that may raise an alert, or end one.
struct AlertSignal: Sendable, Hashable {
    let key: Alert.Key
    let isRaised: Bool
}
