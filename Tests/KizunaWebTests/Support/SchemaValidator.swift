import Foundation
import Synchronization

@testable import KizunaWeb

/// Judges JSON by a schema of an OpenAPI document: the keywords that our documents use, and a fault for any other.
struct SchemaValidator {
    let document: JSON

    /// What is wrong with a value; each sentence begins with the place.
    ///
    /// - Parameter isClosed: whether members that the schema does not name are faults, as they are in our own answers.
    func faults(of value: JSON, by schema: JSON, isClosed: Bool = false, at place: String = "") -> [String] {
        guard case .object(let keywords) = schema else { return ["\(place): the schema is no object"] }
        var faults: [String] = []
        if isClosed, case .object(let members) = value, case .object(let known)? = schema["properties"] {
            let names = Set(known.map(\.name))
            faults += members.filter { !names.contains($0.name) }.map { "\(place)/\($0.name): not documented" }
        }
        for keyword in keywords {
            faults += self.faults(of: value, by: keyword, of: schema, isClosed, place)
        }
        return faults
    }

    /// What a reference in the document leads to.
    func resolve(_ json: JSON) -> JSON {
        guard let reference = json.text(at: "$ref") else { return json }
        var found: JSON? = document
        for part in reference.dropFirst(2).split(separator: "/") { found = found?[String(part)] }
        return found ?? .null
    }

    private func faults(
        of value: JSON,
        by keyword: JSON.Member,
        of schema: JSON,
        _ isClosed: Bool,
        _ place: String
    ) -> [String] {
        let inner = { (schema: JSON) in faults(of: value, by: schema, isClosed: isClosed, at: place) }
        switch (keyword.name, keyword.value, value) {
        case ("$ref", _, _): return inner(resolve(schema))
        case ("allOf", .array(let schemas), _):
            return schemas.flatMap { faults(of: value, by: $0, isClosed: isClosed && $0["$ref"] != nil, at: place) }
        case ("anyOf", .array(let schemas), _):
            return schemas.contains { inner($0).isEmpty } ? [] : ["\(place): none of several: \(inner(schemas[0]))"]
        case ("oneOf", .array(let schemas), _):
            let fitting = schemas.count { inner($0).isEmpty }
            return fitting == 1 ? [] : ["\(place): \(fitting) of \(schemas.count) fit: \(inner(schemas[0]))"]
        case ("type", let type, _): return value.isOf(type: type) ? [] : ["\(place): not a \(type)"]
        case ("enum", .array(let words), _): return words.contains(value) ? [] : ["\(place): none of the words"]
        case ("required", .array(let names), .object):
            return names.compactMap(\.text).filter { value[$0] == nil }.map { "\(place)/\($0): missing" }
        case ("properties", .object(let known), .object(let members)):
            return members.flatMap { member -> [String] in
                guard let schema = known.first(where: { $0.name == member.name })?.value else { return [] }
                return faults(of: member.value, by: schema, isClosed: isClosed, at: "\(place)/\(member.name)")
            }
        case ("additionalProperties", .bool(false), .object):
            let known = schema["properties"] ?? [:]
            guard case .object(let members) = value else { return [] }
            return members.filter { known[$0.name] == nil }.map { "\(place)/\($0.name): too much" }
        case ("items", let item, .array(let items)):
            return items.enumerated().flatMap { faults(of: $1, by: item, isClosed: isClosed, at: "\(place)/\($0)") }
        case (let name, .number(let bound), _):
            guard let limit = Int64(bound), let keeps = value.keeps(limit, as: name) else {
                return ["\(place): the keyword \(name) is not known here"]
            }
            return keeps ? [] : ["\(place): not within \(name) \(bound)"]
        case ("pattern", .string(let pattern), .string(let text)):
            return Patterns.matches(text, pattern) ? [] : ["\(place): \(text) does not match \(pattern)"]
        case ("description", _, _), ("format", _, _), ("required", _, _), ("properties", _, _), ("items", _, _),
            ("additionalProperties", _, _), ("pattern", _, _):
            return []
        default: return ["\(place): the keyword \(keyword.name) is not known here"]
        }
    }
}

extension JSON {
    fileprivate func isOf(type: JSON) -> Bool {
        if case .array(let types) = type { return types.contains(where: isOf) }
        return switch (type.text, self) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object): true
        case ("integer", .number(let text)): Int64(text) != nil
        default: false
        }
    }

    /// Whether a value keeps a bound; `nil` for a keyword that is none. A bound of another kind of value binds nothing.
    fileprivate func keeps(_ limit: Int64, as keyword: String) -> Bool? {
        switch (keyword, self) {
        case ("minimum", .number(let text)): (Int64(text) ?? .min) >= limit
        case ("maximum", .number(let text)): (Int64(text) ?? .max) <= limit
        case ("minLength", .string(let text)): text.unicodeScalars.count >= limit
        case ("maxLength", .string(let text)): text.unicodeScalars.count <= limit
        case ("minItems", .array(let items)): items.count >= limit
        case ("maxItems", .array(let items)): items.count <= limit
        case ("minimum", _), ("maximum", _), ("minLength", _), ("maxLength", _), ("minItems", _), ("maxItems", _): true
        default: nil
        }
    }
}

/// Regular expressions, each read once.
private enum Patterns {
    private static let read = Mutex<[String: NSRegularExpression]>([:])

    static func matches(_ text: String, _ pattern: String) -> Bool {
        let expression = read.withLock { read -> NSRegularExpression? in
            if let known = read[pattern] { return known }
            let new = try? NSRegularExpression(pattern: pattern)
            read[pattern] = new
            return new
        }
        let all = NSRange(text.startIndex..<text.endIndex, in: text)
        return expression?.firstMatch(in: text, range: all) != nil
    }
}
