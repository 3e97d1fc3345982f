/// Why bytes are not JSON that Kizuna reads.
package struct JSONFault: Error, Sendable, Hashable {
    package enum Code: Sendable, Hashable {
        case empty
        case invalidUTF8
        /// Containers within containers, more than ``JSONParser/deepest``.
        case tooDeep
        /// More values than ``JSONParser/mostItems``, or more members in one object than ``JSONParser/mostMembers``.
        case tooManyItems
        /// One object names this member twice. The name is empty when it is not fit to be repeated.
        case repeatedMember(String)
        /// Not the grammar of RFC 8259.
        case syntax
    }

    package let code: Code
    /// The byte at which it shows, from 0; `nil` where only the whole is known to be wrong.
    package let position: Int?

    /// One sentence for the sender. Says nothing of what the values were.
    package var detail: String {
        let place = position.map { " at byte \($0)" } ?? ""
        return switch code {
        case .empty: "The body is empty; send a JSON object."
        case .invalidUTF8: "The body is not valid UTF-8\(place)."
        case .tooDeep: "The body is nested deeper than \(JSONParser.deepest) levels\(place)."
        case .tooManyItems:
            "The body has more than \(JSONParser.mostItems) values, or more than \(JSONParser.mostMembers) in one object,"
                + " reached\(place)."
        case .repeatedMember(""): "An object names a member twice\(place)."
        case .repeatedMember(let name): "The member \"\(name)\" stands twice in one object\(place)."
        case .syntax: "The body is not valid JSON\(place)."
        }
    }
}
