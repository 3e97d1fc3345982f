import Foundation
import KizunaMoney
import KizunaWeb
import Testing

@testable import KizunaCommands

/// The published payloads through the stream, as another program would send them.
@Suite struct VectorStreamTests {
    @Test func givesTheFactsOfEveryPayload() throws {
        let rows = try Self.rows("qr-valid")
        let answers = try Self.answers(to: rows)
        for (row, answer) in zip(rows, answers) {
            #expect(answer["id"] == .string(row.id))
            if answer["ok"] == .bool(false), row.expected["mayRefuse"] == .bool(true) { continue }
            #expect(answer["scheme"] == .string(row.scheme), "\(row.id)")
            guard case .object(let facts) = row.expected else { continue }
            for fact in facts where !["mayRefuse", "note", "md5", "quirks"].contains(fact.name) {
                #expect(answer[fact.name].map(Self.sorted) == Self.sorted(fact.value), "\(row.id) \(fact.name)")
            }
            #expect(answer["strictError"] == row.expected["strictError"], "\(row.id)")
        }
    }

    @Test func namesTheFaultOfEveryPayload() throws {
        let rows = try Self.rows("qr-invalid")
        let answers = try Self.answers(to: rows)
        for (row, answer) in zip(rows, answers) {
            var names = [row.expected["error"]]
            if case .array(let also) = row.expected["also"] { names += also }
            #expect(answer["ok"] == .bool(false))
            #expect(names.contains(answer["error"]), "\(row.id)")
        }
    }

    private struct Row {
        let id: String
        let scheme: String
        let payload: String
        let expected: JSON
    }

    private static func answers(to rows: [Row]) throws -> [JSON] {
        let lines = rows.map { row in
            var members = [
                JSON.Member(name: "id", value: .string(row.id)),
                JSON.Member(name: "payload", value: .string(row.payload)),
            ]
            if let at = row.expected["at"] { members.append(JSON.Member(name: "at", value: at)) }
            return String(decoding: JSON.object(members).encoded, as: UTF8.self)
        }
        let answers = try CommandRun(stream: lines.joined(separator: "\n")).answers
        #expect(answers.count == rows.count)
        return answers
    }

    private static func rows(_ name: String) throws -> [Row] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(path: "KizunaQRTests/Fixtures/\(name).tsv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            // Only control characters and backslashes are escaped there, in the way of JSON.
            let payload = try JSON.parse(Array("\"\(columns[2].replacing("\"", with: "\\\""))\"".utf8))
            guard case .string(let text) = payload else { preconditionFailure("A quoted text is a string") }
            let expected = try JSON.parse(Array(columns[3].utf8))
            return Row(id: String(columns[0]), scheme: String(columns[1]), payload: text, expected: expected)
        }
    }

    /// Members of objects in order of their names, for JSON gives their order no meaning.
    private static func sorted(_ value: JSON) -> JSON {
        switch value {
        case .object(let members):
            .object(members.map { JSON.Member(name: $0.name, value: sorted($0.value)) }.sorted { $0.name < $1.name })
        case .array(let values): .array(values.map(sorted))
        default: value
        }
    }
}
