/// What a code says, as names and values in order: the form in which programs ask for it.
///
/// Names never change; values stand as they stand in the payload, text by text.
public struct QRFacts: Sendable, Hashable {
    /// One name with its value.
    public struct Fact: Sendable, Hashable {
        /// The stable name, such as `mcc`.
        public let name: String
        /// What the payload says under that name.
        public let value: Value
    }

    /// Text as it stands, a number, or more of them.
    public enum Value: Sendable, Hashable {
        case text(String)
        case number(Int64)
        case fields(QRFacts)
        case list([Value])
        case absent
    }

    /// The facts in their order; no name stands twice.
    public private(set) var facts: [Fact] = []

    /// - Parameter count: for how many facts to make room at once.
    init(reserving count: Int = 0) { facts.reserveCapacity(count) }

    /// The value under a name, or nil.
    public subscript(name: String) -> Value? { facts.first { $0.name == name }?.value }

    mutating func add(_ name: String, _ value: Value) { facts.append(Fact(name: name, value: value)) }

    mutating func add(_ name: String, _ text: String?) {
        if let text { add(name, .text(text)) }
    }
}

extension QRCode {
    /// The facts of the code.
    public var facts: QRFacts {
        switch self {
        case .consumer(let code): code.facts
        case .khqr(let code): code.payload.facts(of: ("khqr", .fields(code.accountFacts)))
        case .jpqr(let code): code.payload.facts(of: ("jpqr", .fields(code.storeFacts)))
        case .other(let payload):
            payload.facts(of: payload.network.map { ("network", .text($0.rawValue)) })
        }
    }
}
