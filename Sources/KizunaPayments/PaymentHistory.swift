public import KizunaMoney

/// What has happened to a payment since it was handed to its destination, in order.
///
/// It is packed, for every payment has one: an event takes two bytes, and one to three for the time since the one
/// before. What came before the handing over happened all at once, at submission.
public struct PaymentHistory: Sendable, Hashable {
    /// Who moved a payment.
    public enum Actor: Sendable, Hashable {
        case issuer
        /// The destination, by an answer or by a call of its own.
        case destination
        /// A deadline of the switch.
        case clock
        /// The acquirer, giving money back.
        case acquirer
        /// Two persons who work for the switch.
        case operators(proposer: OperatorID, approver: OperatorID)
    }

    /// One step of a payment's life.
    public struct Event: Sendable, Hashable {
        public let trigger: PaymentMachine.Trigger
        /// Where the payment stood after it.
        public let state: PaymentState
        public let at: Timestamp
        public let actor: Actor

        public init(trigger: PaymentMachine.Trigger, state: PaymentState, at: Timestamp, actor: Actor) {
            self.trigger = trigger
            self.state = state
            self.at = at
            self.actor = actor
        }
    }

    /// The packed events: for each the trigger, the actor above the state, the milliseconds since the event before
    /// (zigzag, seven bits a byte, the lowest first; clocks may go back), and the names of operators with their lengths
    /// in front.
    public private(set) var bytes: [UInt8]

    /// Takes over what ``bytes`` gave.
    public init(bytes: [UInt8] = []) { self.bytes = bytes }

    mutating func append(
        _ trigger: PaymentMachine.Trigger,
        _ state: PaymentState,
        after milliseconds: Int64,
        by actor: Actor
    ) {
        bytes.append(UInt8(trigger.rawValue))
        bytes.append(UInt8(state.rawValue | actor.tag << 4))
        var rest = UInt64(bitPattern: milliseconds << 1 ^ milliseconds >> 63)
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F | 0x80))
            rest >>= 7
        }
        bytes.append(UInt8(rest))
        guard case .operators(let proposer, let approver) = actor else { return }
        for name in [proposer.description, approver.description] {
            bytes.append(UInt8(name.utf8.count))
            bytes += name.utf8
        }
    }

    /// The events with their times; `nil` when the bytes make no sense.
    ///
    /// - Parameter start: when the payment was submitted.
    public func events(since start: Timestamp) -> [Event]? {
        var reader = Reader(bytes: bytes[...])
        var events: [Event] = []
        var at = start
        while !reader.bytes.isEmpty {
            guard let event = reader.event(after: at) else { return nil }
            at = event.at
            events.append(event)
        }
        return events
    }

    /// Takes packed events apart.
    private struct Reader {
        var bytes: ArraySlice<UInt8>

        mutating func event(after before: Timestamp) -> Event? {
            guard let trigger = bytes.popFirst().flatMap({ PaymentMachine.Trigger(rawValue: Int($0)) }),
                let tagged = bytes.popFirst(),
                let state = PaymentState(rawValue: Int(tagged & 0xF)),
                let milliseconds = milliseconds(),
                let actor = actor(tag: Int(tagged >> 4))
            else { return nil }
            let at = Timestamp(milliseconds: before.milliseconds &+ milliseconds)
            return Event(trigger: trigger, state: state, at: at, actor: actor)
        }

        private mutating func milliseconds() -> Int64? {
            var value: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 7) {
                guard let byte = bytes.popFirst() else { return nil }
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
            }
            return nil
        }

        private mutating func actor(tag: Int) -> Actor? {
            switch tag {
            case 1: return .issuer
            case 2: return .destination
            case 3: return .clock
            case 4: return .acquirer
            case 5:
                guard let proposer = name(), let approver = name() else { return nil }
                return .operators(proposer: proposer, approver: approver)
            default: return nil
            }
        }

        private mutating func name() -> OperatorID? {
            guard let count = bytes.popFirst(), bytes.count >= Int(count) else { return nil }
            defer { bytes = bytes.dropFirst(Int(count)) }
            return OperatorID(String(decoding: bytes.prefix(Int(count)), as: UTF8.self))
        }
    }
}

extension PaymentHistory.Actor {
    fileprivate var tag: Int {
        switch self {
        case .issuer: 1
        case .destination: 2
        case .clock: 3
        case .acquirer: 4
        case .operators: 5
        }
    }
}

extension Payment {
    /// Everything that has happened to the payment, from its submission on; `nil` when what was kept makes no sense.
    public var events: [PaymentHistory.Event]? {
        let steps: [(PaymentMachine.Trigger, PaymentState)] = [
            (.submitted, .submitted), (.checksPassed, .reserved), (.handedToLink, .sent),
        ]
        let beginning = steps.map {
            PaymentHistory.Event(trigger: $0.0, state: $0.1, at: submittedAt, actor: .issuer)
        }
        return history.events(since: submittedAt).map { beginning + $0 }
    }
}
