import KizunaCrypto
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Performs the document's own examples on a real switch. The ids that they name are those of one story; each is replaced
/// by the one that the switch gave to the same thing.
final class Story {
    let world: APIWorld
    /// The operations that were performed.
    private(set) var performed: Set<String> = []
    private var ids: [String: String] = [:]
    private static let idsOfStory = Set([
        ExampleID.resolution, ExampleID.quote, ExampleID.payment, ExampleID.refund, ExampleID.recall,
        ExampleID.dispute, ExampleID.evidence, ExampleID.merchant, ExampleID.message, ExampleID.webhook,
        ExampleID.proposal,
    ])

    init() async throws {
        world = try await APIWorld()
        for name in ["sokha", "dara"] {
            let person = try #require(OperatorID(name))
            try await world.operate(
                .addAPIKey(AddAPIKey(person: person, digest: Digest.sha256(Array("kz_key-of-\(name)".utf8))))
            )
        }
    }

    /// Who calls.
    enum Caller {
        case bank(Bank)
        case person(String)
        case nobody
    }

    /// Sends an operation's example and compares the answer with the example answer: the same members with the same
    /// values, but for ids and moments, and for those that the step names.
    ///
    /// - Parameters:
    ///   - changes: what this step of the story says otherwise than the example.
    ///   - varying: members of the answer that tell of this world, not of the operation.
    @discardableResult
    func perform(
        _ name: String,
        as caller: Caller,
        _ changes: KeyValuePairs<String, JSON> = [:],
        varying: Set<String> = []
    ) async throws -> JSON {
        let route = try #require(world.api.routes.first { $0.name == name })
        let response = await world.api.respond(to: request(route, as: caller, changes))
        let answer = try #require(route.answers.first)
        #expect(response.status == answer.status, "\(name): \(response.text)")
        performed.insert(name)
        // The document itself is larger than what the switch reads as JSON.
        if case .json(let schema) = answer.content, !answer.isTagged {
            let differences = compare(response.json, with: schema.example, varying, at: name)
            #expect(differences.isEmpty, "\(name)")
        }
        return response.json
    }

    // MARK: Asking

    private func request(_ route: Route, as caller: Caller, _ changes: KeyValuePairs<String, JSON>) -> HTTPRequest {
        let parts = route.path.segments.map { segment in
            switch segment {
            case .fixed(let text): text
            case .variable(let name, let kind): real(kind.schema(of: name).example).text ?? ""
            }
        }
        let needed = route.query.filter(\.isRequired).map { "\($0.name)=\(real($0.schema.example).text ?? "")" }
        let path = "/" + parts.joined(separator: "/") + (needed.isEmpty ? "" : "?" + needed.joined(separator: "&"))
        var headers: HTTPHeaders = [:]
        var bank: Bank?
        switch caller {
        case .bank(let caller): bank = caller
        case .person(let name): headers.add("Authorization", "Bearer kz_key-of-\(name)")
        case .nobody: break
        }
        switch route.body {
        case .none: return world.request(route.method.rawValue, path, as: bank, headers: headers)
        case .json(let schema):
            let body = real(changes.isEmpty ? schema.example : schema.telling(changes).example)
            return world.request(route.method.rawValue, path, as: bank, body: body, headers: headers)
        case .file:
            headers.add("Content-Type", "text/plain")
            var request = world.request(route.method.rawValue, path, as: bank, headers: headers)
            request.body = Array("Delivered on Monday to the door.\n".utf8)
            return request
        }
    }

    /// The example with the switch's own ids.
    private func real(_ example: JSON) -> JSON {
        switch example {
        case .string(let text): .string(ids[text] ?? text)
        case .array(let items): .array(items.map(real))
        case .object(let members): .object(members.map { JSON.Member(name: $0.name, value: real($0.value)) })
        case .null, .bool, .number: example
        }
    }

    // MARK: Comparing

    private func compare(_ real: JSON, with example: JSON, _ varying: Set<String>, at place: String) -> [String] {
        switch (real, example) {
        case (.object(let found), .object(let told)):
            let names = Set(found.map(\.name)).symmetricDifference(told.map(\.name))
            return names.subtracting(varying).map { "\(place)/\($0): on one side only" }
                + told.filter { !varying.contains($0.name) }.flatMap { member in
                    real[member.name].map { compare($0, with: member.value, varying, at: "\(place)/\(member.name)") }
                        ?? []
                }
        case (.array(let found), .array(let told)):
            guard let first = told.first else { return found.isEmpty ? [] : ["\(place): not empty"] }
            return found.first.map { compare($0, with: first, varying, at: "\(place)/0") } ?? ["\(place): empty"]
        case (.string(let found), .string(let told)):
            if Story.idsOfStory.contains(told) { ids[told] = found }
            let areAlike = [Story.isMoment, Story.isID].contains { $0(found) && $0(told) }
            return found == told || areAlike ? [] : ["\(place): \(found) for \(told)"]
        default: return real == example ? [] : ["\(place): \(real) for \(example)"]
        }
    }

    private static func isMoment(_ text: String) -> Bool { Timestamp(rfc3339: text) != nil }
    private static func isID(_ text: String) -> Bool { text.count == 36 && UETR(text) != nil }
}
