/// What an operation answers when it does what it is asked.
package struct Answer: Sendable {
    package enum Content: Sendable {
        case json(Schema)
        /// A file as it was handed in.
        case file
        case nothing
    }

    package let status: Int
    package let summary: String
    package let content: Content
    /// Whether it says where what was made can be read.
    package private(set) var isLocated = false
    /// Whether it bears a tag by which it is known again.
    package private(set) var isTagged = false

    static func ok(_ schema: Schema, _ summary: String = "Done.") -> Answer {
        Answer(status: 200, summary: summary, content: .json(schema))
    }

    static func created(_ schema: Schema, _ summary: String = "Made.") -> Answer {
        Answer(status: 201, summary: summary, content: .json(schema))
    }

    /// Another status of the same operation.
    static func status(_ status: Int, _ schema: Schema, _ summary: String) -> Answer {
        Answer(status: status, summary: summary, content: .json(schema))
    }

    static let file = Answer(status: 200, summary: "The file, for saving.", content: .file)
    static let notModified = Answer(status: 304, summary: "It is as the caller has it.", content: .nothing)

    /// The same, which says where what was made can be read.
    var located: Answer {
        var answer = self
        answer.isLocated = true
        return answer
    }

    /// The same, which bears a tag.
    var tagged: Answer {
        var answer = self
        answer.isTagged = true
        return answer
    }
}
