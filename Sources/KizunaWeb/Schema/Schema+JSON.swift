extension Schema {
    /// As it is written where it is used: a reference for what has a name.
    package var json: JSON {
        let note = Schema.description(note)
        guard let name else { return .object(note + facts) }
        let reference = member("$ref", .string("#/components/schemas/\(name)"))
        guard isNullable else { return .object(note + [reference]) }
        return .object(note + [member("anyOf", [.object([reference]), ["type": "null"]])])
    }

    /// As it is written where its name is explained.
    package var definition: JSON { .object(Schema.description(summary) + facts) }

    private static func description(_ text: String?) -> [JSON.Member] {
        text.map { [member("description", .string($0))] } ?? []
    }

    private var facts: [JSON.Member] {
        switch shape {
        case .text(let text): [type("string")] + text.facts
        case .words(let words): [type("string"), member("enum", .array(words.map(JSON.string) + nullWord))]
        case .integer(let range): [type("integer")] + Schema.bounds(range, "minimum", "maximum")
        case .boolean: [type("boolean")]
        case .list(let item, let count):
            [type("array"), member("items", item.json)] + Schema.bounds(count, "minItems", "maxItems")
        case .object(let members, let takesOthers): [type("object")] + facts(of: members, takesOthers)
        case .choice(let schemas): [member("oneOf", .array(schemas.map(\.json)))]
        case .anything: []
        }
    }

    private var nullWord: [JSON] { isNullable && name == nil ? [.null] : [] }

    private func type(_ name: String) -> JSON.Member {
        member("type", isNullable && self.name == nil ? [.string(name), "null"] : .string(name))
    }

    private func facts(of members: [Member], _ takesOthers: Bool) -> [JSON.Member] {
        let required = members.filter { !$0.schema.isOptional }.map { JSON.string($0.name) }
        return [member("properties", .object(members.map { member($0.name, $0.schema.json) }))]
            + (required.isEmpty ? [] : [member("required", .array(required))])
            + (takesOthers ? [] : [member("additionalProperties", false)])
    }

    /// The ends of a range, but for those that say nothing.
    static func bounds<Number: FixedWidthInteger>(
        _ range: ClosedRange<Number>,
        _ least: String,
        _ most: String
    ) -> [JSON.Member] {
        [(least, range.lowerBound, least == "minimum" ? Number.min : 0), (most, range.upperBound, Number.max)]
            .filter { $0.1 != $0.2 }.map { JSON.Member(name: $0.0, value: JSON($0.1)) }
    }

    /// Every schema with a name that is used here, itself among them.
    package var named: [Schema] {
        (name == nil ? [] : [self])
            + {
                switch shape {
                case .list(let item, _): item.named
                case .object(let members, _): members.flatMap(\.schema.named)
                case .choice(let schemas): schemas.flatMap(\.named)
                case .text, .words, .integer, .boolean, .anything: []
                }
            }()
    }
}

extension Schema.Text {
    fileprivate var facts: [JSON.Member] {
        (length.map { Schema.bounds($0, "minLength", "maxLength") } ?? [])
            + (pattern.map { [member("pattern", .string($0))] } ?? [])
            + (format.map { [member("format", .string($0))] } ?? [])
    }
}

private func member(_ name: String, _ value: JSON) -> JSON.Member { JSON.Member(name: name, value: value) }
