import Foundation
import KizunaMoney
import Testing

/// One row of the vector files: a published or generated payload and what is known about it.
struct Vector: Sendable, CustomTestStringConvertible {
    let id: String
    let scheme: String
    let payload: String
    /// The `expected` column as JSON.
    let expectedJSON: String

    var testDescription: String { id }

    var expected: [String: Any] {
        get throws {
            let value = try JSONSerialization.jsonObject(with: Data(expectedJSON.utf8))
            return try #require(value as? [String: Any])
        }
    }

    /// The clock of the row.
    var at: Timestamp? {
        get throws { (try expected["at"] as? NSNumber).map { Timestamp(milliseconds: $0.int64Value) } }
    }

    static func rows(_ name: String) -> [Vector] {
        guard let url = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "tsv"),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { preconditionFailure("\(name).tsv is not among the fixtures") }
        return text.split(separator: "\n").dropFirst().map(Vector.init)
    }

    private init(line: Substring) {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        precondition(columns.count == 5, "A row of five columns")
        id = String(columns[0])
        scheme = String(columns[1])
        payload = Self.unescaped(columns[2])
        expectedJSON = String(columns[3])
    }

    /// Control characters are written `\uXXXX` in the files, a backslash `\\`.
    private static func unescaped(_ text: Substring) -> String {
        var scalars = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                scalars.append(scalar)
                continue
            }
            let kind = rest.popFirst()
            let code = kind == "u" ? UInt32(String(rest.prefix(4)), radix: 16) : 0x5C
            if kind == "u" { rest = rest.dropFirst(4) }
            scalars.append(code.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
        }
        return String(scalars)
    }
}
