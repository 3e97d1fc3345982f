/// What a JSON value may be, with an example of it: a small part of JSON Schema 2020-12.
///
/// A schema stands beside the code that reads or writes its value, so that a reader sees both together; the document at
/// `/v1/openapi.json` and the pages below `/docs/api` are made of these.
package struct Schema: Sendable {
    package indirect enum Shape: Sendable {
        case text(Text)
        /// One of a few words.
        case words([String])
        case integer(ClosedRange<Int64>)
        case boolean
        case list(of: Schema, count: ClosedRange<Int>)
        case object([Member], takesOthers: Bool)
        /// Exactly one of several.
        case choice([Schema])
        /// Whatever there is.
        case anything
    }

    /// What a text must be.
    package struct Text: Sendable {
        /// In Unicode scalars; `nil` where the pattern says it.
        package var length: ClosedRange<Int>?
        /// A regular expression of ECMA-262 that the whole text matches.
        var pattern: String?
        /// A format that readers may know, such as `uuid`.
        package var format: String?
    }

    /// One name of an object with what stands there.
    package struct Member: Sendable {
        package let name: String
        package var schema: Schema
    }

    package let shape: Shape
    /// Under which name the document explains it, once for all places; `nil` for in place.
    package private(set) var name: String?
    /// What all that have the name are.
    package private(set) var summary: String?
    /// What it means in its place.
    package private(set) var note: String?
    package private(set) var isNullable = false
    /// Whether an object may leave it out.
    package private(set) var isOptional = false
    /// A value that is right.
    package private(set) var example: JSON

    private init(_ shape: Shape, example: JSON) {
        self.shape = shape
        self.example = example
    }
}

// MARK: Making

extension Schema {
    /// Text of so many characters, none of them a control character.
    static func text(_ length: ClosedRange<Int>, _ example: String) -> Schema {
        let pattern = #"^[^\u0000-\u001F\u007F-\u009F]*$"#
        return Schema(.text(Text(length: length, pattern: pattern)), example: .string(example))
    }

    /// Text of a certain form.
    static func text(
        matching pattern: String,
        length: ClosedRange<Int>? = nil,
        format: String? = nil,
        _ example: String
    ) -> Schema {
        Schema(.text(Text(length: length, pattern: pattern, format: format)), example: .string(example))
    }

    /// Text of at most so many characters, whatever they are.
    static func anyText(most: Int, _ example: String) -> Schema {
        Schema(.text(Text(length: 0...most)), example: .string(example))
    }

    /// One of a few words; the first stands for all unless told otherwise.
    static func words(_ words: [String], _ example: String? = nil) -> Schema {
        Schema(.words(words), example: JSON(example ?? words.first))
    }

    /// One of an enumeration's words.
    static func words<Choice: RawRepresentable<String>>(_ choices: [Choice], _ example: Choice? = nil) -> Schema {
        words(choices.map(\.rawValue), example?.rawValue)
    }

    static func integer(_ range: ClosedRange<Int64>, _ example: Int64) -> Schema {
        Schema(.integer(range), example: JSON(example))
    }

    static func boolean(_ example: Bool) -> Schema { Schema(.boolean, example: .bool(example)) }

    /// A list; its example has one of what it lists.
    static func list(of item: Schema, _ count: ClosedRange<Int> = 0...Int.max) -> Schema {
        Schema(.list(of: item, count: count), example: .array([item.example]))
    }

    /// What an answer holds: every member is there, and later versions may add others.
    static func answer(_ members: KeyValuePairs<String, Schema>) -> Schema {
        answer(self.members(members))
    }

    static func members(_ members: KeyValuePairs<String, Schema>) -> [Member] {
        members.map { Member(name: $0, schema: $1) }
    }

    static func answer(_ members: [Member]) -> Schema { object(members, takesOthers: true) }

    /// What a request may hold: these members and no others; one that may be left out may be null as well.
    static func request(_ members: KeyValuePairs<String, Schema>) -> Schema {
        let members = members.map { name, schema in
            Member(name: name, schema: schema.isOptional ? schema.nullable : schema)
        }
        return object(members, takesOthers: false)
    }

    private static func object(_ members: [Member], takesOthers: Bool) -> Schema {
        let shown = members.filter { $0.schema.example != .null || !$0.schema.isOptional }
        return Schema(
            .object(members, takesOthers: takesOthers),
            example: .object(shown.map { JSON.Member(name: $0.name, value: $0.schema.example) })
        )
    }

    /// Exactly one of several; the first stands for all.
    static func choice(_ schemas: [Schema]) -> Schema {
        Schema(.choice(schemas), example: schemas.first?.example ?? .null)
    }

    static func anything(_ example: JSON) -> Schema { Schema(.anything, example: example) }
}

// MARK: Changing

extension Schema {
    /// The same, explained once under a name.
    func named(_ name: String, _ summary: String? = nil) -> Schema {
        var schema = self
        schema.name = name
        schema.summary = summary
        return schema
    }

    /// The same, with words on what it means in its place.
    func saying(_ note: String) -> Schema {
        var schema = self
        schema.note = note
        return schema
    }

    /// The same, or null.
    var nullable: Schema {
        var schema = self
        schema.isNullable = true
        return schema
    }

    /// The same, and null in the example.
    var null: Schema { nullable.showing(.null) }

    /// The same, which may be left out.
    var optional: Schema {
        var schema = self
        schema.isOptional = true
        return schema
    }

    /// The same, left out of the example.
    var omitted: Schema { optional.showing(.null) }

    /// The same with another example.
    func showing(_ example: JSON) -> Schema {
        var schema = self
        schema.example = example
        return schema
    }

    /// The same object with other values of some of its example's members.
    func telling(_ changes: KeyValuePairs<String, JSON>) -> Schema {
        guard case .object(let members) = example else { preconditionFailure("Only an object has members") }
        return showing(
            .object(
                members.map { member in
                    JSON.Member(
                        name: member.name,
                        value: changes.first { $0.key == member.name }?.value ?? member.value
                    )
                }
            )
        )
    }

    /// The same, with other members behind its own.
    func adding(_ members: KeyValuePairs<String, Schema>) -> Schema {
        adding(Schema.members(members))
    }

    func adding(_ members: [Member]) -> Schema {
        guard case .object(let own, let takesOthers) = shape else {
            preconditionFailure("Only an object has members")
        }
        return Schema.object(own + members, takesOthers: takesOthers)
            .showing(example.adding(members.map { JSON.Member(name: $0.name, value: $0.schema.example) }))
    }
}
