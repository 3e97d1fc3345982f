import KizunaPayments

/// One operation of the facade, declared as a value.
struct BakongOperation: Sendable {
    /// Whom a call must show itself as.
    enum Access: Sendable, Hashable {
        /// Anybody; a token is not looked at.
        case open
        /// Anybody, but a token that is shown has to be good.
        case optionalToken
        case token
    }

    /// What stands behind `/v1/`.
    let name: String
    let access: Access
    let handle: @Sendable (JSON) async throws(BakongError) -> BakongAnswer

    init(
        _ name: String,
        _ access: Access = .token,
        _ handle: @escaping @Sendable (JSON) async throws(BakongError) -> BakongAnswer
    ) {
        self.name = name
        self.access = access
        self.handle = handle
    }
}

/// Reads the bodies that Bakong's clients send: an object, or the one value that matters by itself.
enum BakongBody {
    /// A text under one of its names, or as the whole body.
    static func text(_ body: JSON, _ names: String..., longest: Int) throws(BakongError) -> String {
        let value = body.text ?? names.lazy.compactMap { body[$0]?.text }.first
        guard let value, !value.isEmpty, value.unicodeScalars.count <= longest else { throw .missingFields }
        return value
    }

    /// A number, or the digits of one as a text.
    static func digits(_ body: JSON, _ name: String) throws(BakongError) -> String {
        switch body[name] {
        case .number(let digits)?, .string(let digits)?: return digits
        case .null?, .bool?, .array?, .object?, nil: throw .missingFields
        }
    }

    /// The most texts that a list may have.
    static let longestList = 50

    /// A list of texts, as the whole body or under one of its names.
    static func list(_ body: JSON, _ names: String...) throws(BakongError) -> [String] {
        let candidates = [body] + names.compactMap { body[$0] }
        let items = candidates.lazy.compactMap { json -> [JSON]? in
            if case .array(let items) = json { items } else { nil }
        }.first
        guard let items, 1...longestList ~= items.count else { throw .missingFields }
        let texts = items.compactMap(\.text)
        guard texts.count == items.count else { throw .missingFields }
        return texts
    }
}
