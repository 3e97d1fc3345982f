package import KizunaWeb

/// A bank's way to the switch, as its own systems have it: the API with the bank's key, and what the switch tells it.
package protocol BankWay: Sendable {
    /// Sends a request under a new idempotency key; it is repeated under the same key while nobody answers.
    func post(_ path: String, _ body: JSON) async throws(BankRefusal) -> JSON

    func get(_ path: String) async throws(BankRefusal) -> JSON

    /// Has every message that the switch sends to the bank from now on handed over, with the path that it came to. It
    /// must return soon.
    func follow(_ listener: @escaping @Sendable (_ path: String, _ body: JSON) -> Void)
}

/// The switch or the bank said no, or nobody answered.
package struct BankRefusal: Error, Sendable, Hashable {
    /// The API's code, such as `quote_expired`; `no_answer` where nobody answered.
    package let code: String

    package init(code: String) { self.code = code }

    /// The answer lacks what the API promises.
    static let noSense = BankRefusal(code: "no_sense")
}

/// Pictures of codes, and codes in pictures.
package protocol CodePictures: Sendable {
    /// An SVG file; `nil` for a text that no symbol can hold.
    func svg(of text: String) -> [UInt8]?

    /// The texts of the codes in a PNG or JPEG file; none where it is no such file. It may take a second.
    func codes(in file: [UInt8]) async -> [String]
}

extension JSON {
    /// The member under a name as a value that text can be read as.
    func value<Value>(_ name: String, _ read: (String) -> Value?) throws(BankRefusal) -> Value {
        guard let text = text(at: name), let value = read(text) else { throw .noSense }
        return value
    }

    /// The items of a list.
    var items: [JSON] {
        guard case .array(let items) = self else { return [] }
        return items
    }
}
