/// Where a payment stands (`flows.md` 4.6). The raw value is what is stored.
public enum PaymentState: Int, Sendable, Hashable, CaseIterable {
    case resolved = 1
    case quoted = 2
    case submitted = 3
    case reserved = 4
    case sent = 5
    case accepted = 6
    case completed = 7
    case partiallyRefunded = 8
    case refunded = 9
    case rejected = 10
    case unknown = 11
    case reversing = 12
    case reversed = 13
    case exception = 14
    case expired = 15

    /// The name in the API and on pages: `PARTIALLY_REFUNDED`.
    public var name: String {
        switch self {
        case .resolved: "RESOLVED"
        case .quoted: "QUOTED"
        case .submitted: "SUBMITTED"
        case .reserved: "RESERVED"
        case .sent: "SENT"
        case .accepted: "ACCEPTED"
        case .completed: "COMPLETED"
        case .partiallyRefunded: "PARTIALLY_REFUNDED"
        case .refunded: "REFUNDED"
        case .rejected: "REJECTED"
        case .unknown: "UNKNOWN"
        case .reversing: "REVERSING"
        case .reversed: "REVERSED"
        case .exception: "EXCEPTION"
        case .expired: "EXPIRED"
        }
    }

    /// Whether the payment's destination has been asked for the credit.
    public var isHandedOver: Bool {
        switch self {
        case .resolved, .quoted, .submitted, .reserved, .expired: false
        case .sent, .accepted, .completed, .partiallyRefunded, .refunded, .rejected, .unknown, .reversing, .reversed,
            .exception:
            true
        }
    }

    /// Whether the payer and the shop can rely on it: the money has moved, or never will.
    public var isFinal: Bool {
        switch self {
        case .completed, .partiallyRefunded, .refunded, .rejected, .reversed, .expired: true
        case .resolved, .quoted, .submitted, .reserved, .sent, .accepted, .unknown, .reversing, .exception: false
        }
    }

    /// Whether the shop has, or has had, the money.
    public var isPaid: Bool {
        switch self {
        case .completed, .partiallyRefunded, .refunded: true
        case .resolved, .quoted, .submitted, .reserved, .sent, .accepted, .rejected, .unknown, .reversing, .reversed,
            .exception, .expired:
            false
        }
    }
}
