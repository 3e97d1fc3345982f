/// A JSON value (RFC 8259): what bodies are read from and written as.
///
/// Members keep the order in which an answer lists them. Numbers stay text, so that no amount ever passes through
/// binary floating point.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    /// One name of an object with its value.
    package struct Member: Sendable, Hashable {
        package let name: String
        package var value: JSON

        package init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The value of an object's member; `nil` for no such member and for anything but an object.
    package subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string; `nil` for anything else.
    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The text behind a row of member names, such as `text(at: "merchant", "name")`.
    package func text(at path: String...) -> String? {
        var value: JSON? = self
        for name in path { value = value?[name] }
        return value?.text
    }

    /// A string, or null for none.
    package init(_ text: String?) { self = text.map(JSON.string) ?? .null }

    /// A whole number.
    package init(_ number: some BinaryInteger) { self = .number(String(number)) }

    /// The members of one object behind those of another.
    package func adding(_ members: [Member]) -> JSON {
        guard case .object(let own) = self else { preconditionFailure("Only an object has members") }
        return .object(own + members)
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }

    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(stringLiteral text: String) { self = .string(text) }
    package init(integerLiteral number: Int64) { self = .number(String(number)) }
    package init(booleanLiteral truth: Bool) { self = .bool(truth) }
    package init(nilLiteral: ()) { self = .null }
}
