package import KizunaLedger

/// The shape of a path, with its variable parts by name and kind: `/v1/payments/{paymentId:id}/refunds`.
package struct PathPattern: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// What a variable part must look like; a path where it does not is another path.
    package enum Kind: String, Sendable, CaseIterable {
        /// A UUID.
        case id
        /// A participant's id.
        case participant
        /// A name of the pages' own: small letters, digits and hyphens.
        case name
    }

    package enum Segment: Sendable, Hashable {
        case fixed(String)
        case variable(name: String, Kind)
    }

    package let segments: [Segment]

    /// Reads a pattern that stands in the code; one that is misspelt is a defect.
    package init(stringLiteral text: String) {
        precondition(text.hasPrefix("/"), "A path starts with a slash: \(text)")
        segments = text.split(separator: "/").map { part in
            guard part.hasPrefix("{") else { return .fixed(String(part)) }
            let variable = part.dropFirst().dropLast().split(separator: ":")
            guard part.hasSuffix("}"), variable.count == 2, let kind = Kind(rawValue: String(variable[1])) else {
                preconditionFailure("A variable part is {name:kind}: \(text)")
            }
            return .variable(name: String(variable[0]), kind)
        }
    }

    /// The pattern as OpenAPI writes it: `/v1/payments/{paymentId}/refunds`.
    package var description: String {
        let parts = segments.map { segment in
            switch segment {
            case .fixed(let text): text
            case .variable(let name, _): "{\(name)}"
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The variable parts, in their order.
    package var variables: [(name: String, kind: Kind)] {
        segments.compactMap { segment in
            guard case .variable(let name, let kind) = segment else { return nil }
            return (name, kind)
        }
    }

    /// The variable parts of a path that has this shape.
    package func match(_ path: [String]) -> PathParameters? {
        guard path.count == segments.count else { return nil }
        var parameters = PathParameters()
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .fixed(let fixed):
                guard fixed == text else { return nil }
            case .variable(let name, .id):
                guard let id = UniqueID(text) else { return nil }
                parameters.ids[name] = id
            case .variable(let name, .participant):
                guard let participant = ParticipantID(text) else { return nil }
                parameters.participants[name] = participant
            case .variable(let name, .name):
                guard PathPattern.isName(text) else { return nil }
                parameters.names[name] = text
            }
        }
        return parameters
    }

    private static let longestName = 64

    private static func isName(_ text: String) -> Bool {
        1...longestName ~= text.utf8.count
            && text.utf8.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                    || byte == UInt8(ascii: "-")
            }
    }
}

/// The variable parts of a path, read.
package struct PathParameters: Sendable {
    fileprivate(set) var ids: [String: UniqueID] = [:]
    fileprivate(set) var participants: [String: ParticipantID] = [:]
    fileprivate(set) var names: [String: String] = [:]

    /// The id under a name that the pattern declares.
    package func id(_ name: String) -> UniqueID {
        guard let id = ids[name] else { preconditionFailure("The path has no {\(name):id}") }
        return id
    }

    /// The participant under a name that the pattern declares.
    package func participant(_ name: String) -> ParticipantID {
        guard let participant = participants[name] else { preconditionFailure("The path has no {\(name):participant}") }
        return participant
    }

    /// The text under a name that the pattern declares.
    package func name(_ name: String) -> String {
        guard let text = names[name] else { preconditionFailure("The path has no {\(name):name}") }
        return text
    }
}
