/// HTML that may be sent as it is.
///
/// What is written in the source is markup; what is interpolated is text, and escaped, unless it is markup itself. So a
/// shop's name can never become a tag.
package struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    package let html: String

    package init(stringLiteral html: String) { self.html = html }
    package init(stringInterpolation interpolation: Interpolation) { html = interpolation.html }
    fileprivate init(html: String) { self.html = html }

    package var description: String { html }

    /// Nothing at all.
    package static let none: Markup = ""

    /// Plain text, escaped.
    package static func text(_ text: String) -> Markup { "\(text)" }

    /// Text as it may stand between tags and inside quoted attributes.
    private static func escape(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var html = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) { html += literal }
        package mutating func appendInterpolation(_ text: String) { html += Markup.escape(text) }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { html += String(number) }
        package mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
        package mutating func appendInterpolation(_ markup: Markup?) { html += markup?.html ?? "" }
        package mutating func appendInterpolation(_ list: [Markup]) { html += list.joined().html }
    }
}

extension [Markup] {
    /// One after the other, each on a line of its own.
    package func joined() -> Markup { Markup(html: map(\.html).joined(separator: "\n")) }
}
