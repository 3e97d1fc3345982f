/// What a code says, as names and values in order: the form in which programs ask for it.
///
/// Names never change; values stand as they stand in the payload, text by text.
public struct QRFacts: Sendable, Hashable {
    public struct Fact: Sendable, Hashable {
        public let name: String
        public let value: Value
    }

    public indirect enum Value: Sendable, Hashable {
        case text(String)
        case number(Int64)
        case fields(QRFacts)
        case list([Value])
        case absent
    }

    public private(set) var facts: [Fact] = []

    init() {}

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
        case .khqr(let code): code.payload.facts
        case .jpqr(let code): code.payload.facts
        case .other(let payload): payload.facts
        }
    }
}
