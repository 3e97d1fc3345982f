/// A page of the documents, as people read it.
package struct Guide: Sendable {
    /// Whom it is for.
    package enum Audience: Sendable, Hashable, CaseIterable {
        /// Banks and shops that join.
        case joining
        /// Those who run a switch.
        case running
    }

    /// What its address ends with, such as `integrate-issuer`.
    package let name: String
    package let title: String
    package let audience: Audience
    /// Its parts, with the ids that addresses name them by.
    package let sections: [(id: String, title: String)]
    package let content: Markup

    package init(
        name: String,
        title: String,
        audience: Audience,
        sections: [(id: String, title: String)],
        content: Markup
    ) {
        self.name = name
        self.title = title
        self.audience = audience
        self.sections = sections
        self.content = content
    }
}

/// The guides and what they lead to.
package protocol GuideShelf: Sendable {
    /// In the order in which people read them.
    var guides: [Guide] { get }
    /// A picture or a program that a guide leads to, by the name that its address ends with.
    func file(_ name: String) -> (type: String, bytes: [UInt8])?
}

extension Guide {
    static let folder = "/docs/guides"

    /// The address of a guide.
    package static func path(of name: String) -> String { "\(folder)/\(name)" }

    /// The address of what a guide leads to.
    package static func path(ofFile name: String) -> String { "/docs/files/\(name)" }
}
