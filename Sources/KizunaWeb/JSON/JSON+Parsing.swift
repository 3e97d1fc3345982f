extension JSON {
    /// Reads a JSON text.
    ///
    /// - Throws: ``JSONFault`` for anything that is not UTF-8, not RFC 8259, past a limit, or ambiguous because an
    ///   object names a member twice.
    package static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSON { try JSONParser.parse(bytes) }

    /// The value with the members of every object in the order of their names, so that bodies of one meaning are equal.
    package var canonical: JSON {
        switch self {
        case .object(let members):
            .object(
                members.map { Member(name: $0.name, value: $0.value.canonical) }
                    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            )
        case .array(let items): .array(items.map(\.canonical))
        case .null, .bool, .number, .string: self
        }
    }
}
