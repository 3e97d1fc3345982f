import Synchronization
import Testing

@testable import KizunaWeb

/// The API, with every answer held against its own document: a status, a header, a member or a code that the document
/// does not tell is a failure of the test that met it, whatever that test is about.
struct DocumentedAPI: Sendable {
    private let api: KizunaAPI
    private let router: Router

    /// The same for every world: routes do not depend on what a switch holds.
    private static let made = OnceMade()

    init(_ api: KizunaAPI) {
        self.api = api
        router = Router(api.routes)
    }

    var routes: [Route] { api.routes }
    var document: JSON { Self.made.document(of: api.routes) }
    var validator: SchemaValidator { SchemaValidator(document: document) }

    func takesLargeBody(_ head: HTTPRequest) -> Bool { api.takesLargeBody(head) }
    func response(to refusal: ServerRefusal) -> HTTPResponse { api.response(to: refusal) }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let response = await api.respond(to: request)
        let faults = faults(of: response, to: request)
        #expect(faults.isEmpty, "\(request.method) \(request.path) is answered \(response.status) against the document")
        return response
    }

    /// What the document does not tell of an answer.
    private func faults(of response: HTTPResponse, to request: HTTPRequest) -> [String] {
        guard let (route, _) = try? router.find(request.method, request.path) else {
            return validator.faults(of: response.json, by: Schema.problem.json, isClosed: true)
        }
        let paths = validator.document["paths"]
        guard let operation = paths?[route.path.description]?[route.method.rawValue.lowercased()] else {
            return ["The operation is not documented"]
        }
        return answerFaults(response, by: operation, isHead: request.method == "HEAD")
            + requestFaults(request, response, by: operation)
    }

    private func answerFaults(_ response: HTTPResponse, by operation: JSON, isHead: Bool) -> [String] {
        guard let told = operation["responses"]?[String(response.status)] else {
            return ["The status is not documented"]
        }
        let answer = validator.resolve(told)
        var faults = headerFaults(response, by: answer)
        let type = response.headers["Content-Type"].map { String($0.prefix { $0 != ";" }) }
        guard let content = answer["content"] else { return faults + (response.body.isEmpty ? [] : ["A body"]) }
        guard let type, let media = content[type] else { return faults + ["\(type ?? "No type") is not documented"] }
        // The document itself is larger than what the switch reads as JSON.
        if !isHead, let schema = media["schema"], response.headers["ETag"] == nil {
            faults += validator.faults(of: response.json, by: schema, isClosed: true)
        }
        return faults
    }

    private func headerFaults(_ response: HTTPResponse, by answer: JSON) -> [String] {
        guard case .object(let headers)? = answer["headers"] else { return ["No headers are documented"] }
        return headers.compactMap { header in
            let told = validator.resolve(header.value)
            guard let value = response.headers[header.name] else {
                return told["required"] == true ? "\(header.name) is missing" : nil
            }
            let schema = told["schema"] ?? .null
            let json: JSON = schema.text(at: "type") == "integer" ? .number(value) : .string(value)
            let faults = validator.faults(of: json, by: schema)
            return faults.isEmpty ? nil : "\(header.name): \(faults)"
        }
    }

    /// What was taken must be what the document allows.
    private func requestFaults(_ request: HTTPRequest, _ response: HTTPResponse, by operation: JSON) -> [String] {
        guard 200..<300 ~= response.status, let body = operation["requestBody"]?["content"]?["application/json"],
            let schema = body["schema"], let json = try? JSON.parse(request.body)
        else { return [] }
        return validator.faults(of: json, by: schema, at: "request")
    }
}

/// The document of the first routes that are seen.
private final class OnceMade: Sendable {
    private let made = Mutex<JSON?>(nil)

    func document(of routes: [Route]) -> JSON {
        made.withLock { made in
            if let made { return made }
            let new = OpenAPIDocument(of: routes).json
            made = new
            return new
        }
    }
}
