import KizunaPayments
import KizunaSwitch

/// One route as an operation of OpenAPI.
struct OperationDocument {
    let route: Route

    var json: JSON {
        let body = requestBody.map { [JSON.Member(name: "requestBody", value: $0)] } ?? []
        let head: JSON = [
            "operationId": .string(route.name),
            "tags": [.string(route.chapter.rawValue)],
            "summary": .string(route.summary),
            "description": .string(grant),
            "security": .array(
                route.security.map { schemes in .object(schemes.map { JSON.Member(name: $0.rawValue, value: []) }) }
            ),
            "parameters": .array(parameters),
        ]
        return head.adding(body + [JSON.Member(name: "responses", value: responses)])
    }

    /// What the caller's key must grant.
    private var grant: String {
        route.needsKey ? "The key must grant \(route.grant.names.joined(separator: " or "))." : "Anybody may call."
    }

    // MARK: What it takes

    private var parameters: [JSON] {
        let path = route.path.variables.map { variable -> JSON in
            let schema = variable.kind.schema(of: variable.name)
            return [
                "name": .string(variable.name), "in": "path", "required": true, "schema": schema.json,
                "example": schema.example,
            ]
        }
        let query = route.query.map { parameter -> JSON in
            [
                "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
                "description": .string(parameter.summary), "schema": parameter.schema.json,
            ]
        }
        let key: [JSON] =
            route.idempotency == .notNeeded ? [] : [["$ref": "#/components/parameters/Idempotency-Key"]]
        return path + query + key
    }

    /// What knows a request again.
    static let idempotencyKey: JSON = [
        "name": "Idempotency-Key", "in": "header", "required": true,
        "description": "A text of the caller's own that is new for every new request.",
        "schema": Schema.text(matching: "^[!-~]{1,\(Gate.longestIdempotencyKey)}$", "b0a8c6c2-order-4711").json,
        "example": "b0a8c6c2-order-4711",
    ]

    private var requestBody: JSON? {
        switch route.body {
        case .none: nil
        case .json(let schema):
            ["required": true, "content": ["application/json": ["schema": schema.json, "example": schema.example]]]
        case .file: ["required": true, "content": OperationDocument.file]
        }
    }

    // MARK: What it answers

    private var responses: JSON {
        let good = route.answers.map { (status: $0.status, json: self.json(of: $0)) }
        let bad = route.problemsByStatus.filter { problem in !route.answers.contains { $0.status == problem.status } }
            .map { status, codes -> (status: Int, json: JSON) in
                let name = ProblemDocument(status: status, codes: codes).name
                return (status, ["$ref": .string("#/components/responses/\(name)")])
            }
        return .object(
            (good + bad).sorted { $0.status < $1.status }
                .map { JSON.Member(name: String($0.status), value: $0.json) }
        )
    }

    private func json(of answer: Answer) -> JSON {
        let response: JSON = [
            "description": .string(answer.summary), "headers": AnswerHeader.json(headers(of: answer)),
        ]
        guard let content = content(of: answer) else { return response }
        return response.adding([JSON.Member(name: "content", value: content)])
    }

    private func headers(of answer: Answer) -> [AnswerHeader] {
        var headers = AnswerHeader.common
        if answer.isLocated { headers.append(.location) }
        if answer.isTagged { headers.append(.tag) }
        if case .kept = route.idempotency { headers.append(.replayed) }
        if route.query.contains(where: { $0.name == "wait" }) { headers.append(.preference) }
        return headers
    }

    /// Where an answer with problems shares its status, both are possible.
    private func content(of answer: Answer) -> JSON? {
        let problems = route.problemsByStatus.first { $0.status == answer.status }
        let others = problems.map { ProblemDocument(status: $0.status, codes: $0.codes).content } ?? []
        switch answer.content {
        case .json(let schema):
            let example = JSON.Member(name: "example", value: schema.example)
            let own = JSON.Member(
                name: "application/json",
                value: JSON.object([JSON.Member(name: "schema", value: schema.json), example])
            )
            return .object([own] + others)
        case .file: return OperationDocument.file
        case .nothing: return nil
        }
    }

    private static let file = JSON.object(
        Evidence.MediaType.allCases.map { JSON.Member(name: $0.name, value: .object([])) }
    )
}

/// Several codes that come with one status, as an answer.
struct ProblemDocument {
    let status: Int
    let codes: [ProblemCode]

    /// Names it among the components: `409.quote_used.duplicate`.
    var name: String { ([String(status)] + codes.map(\.name)).joined(separator: ".") }

    var json: JSON {
        [
            "description": .string(codes.map { "\($0.title) (\($0.name))" }.joined(separator: ". ") + "."),
            "headers": AnswerHeader.json(headers),
            "content": .object(content),
        ]
    }

    var content: [JSON.Member] {
        let words = Schema.words(codes.map(\.name))
        let schema: JSON = [
            "allOf": [Schema.problem.json, ["type": "object", "properties": ["code": words.json]]]
        ]
        return [JSON.Member(name: Problem.mediaType, value: ["schema": schema, "example": example])]
    }

    private var headers: [AnswerHeader] {
        AnswerHeader.common + (codes.contains { $0.retryAfterSeconds != nil } ? [.retryAfter] : [])
            + (codes == [.request(.unauthorized)] ? [.challenge] : [])
    }

    /// A problem with the first of the codes.
    var example: JSON {
        guard let code = codes.first else { return .null }
        return Problem(code, "\(code.title).").document(traceID: ExampleID.trace)
    }
}

extension PathPattern.Kind {
    /// What a variable part of this kind is, with the example under its name.
    package func schema(of name: String) -> Schema {
        switch self {
        case .id: .anyID(ExampleID.named(name))
        case .participant: .participant("mekong-bank")
        case .name: .text(matching: "^[a-z0-9-]+$", length: 1...64, "name")
        }
    }
}
