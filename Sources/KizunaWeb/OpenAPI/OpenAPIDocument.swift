import KizunaPayments

/// A table of routes as an OpenAPI 3.1 document: what is declared is what is told.
struct OpenAPIDocument {
    let routes: [Route]

    /// The operations of the API are in the document; pages for people are not.
    init(of routes: [Route]) { self.routes = routes }

    var json: JSON {
        [
            "openapi": "3.1.1",
            "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
            "info": info,
            "servers": [["url": "/"]],
            "tags": .array(
                Chapter.allCases.filter { chapter in routes.contains { $0.chapter == chapter } }
                    .map { ["name": .string($0.rawValue), "description": .string($0.summary)] }
            ),
            "paths": paths,
            "components": components,
        ]
    }

    private var info: JSON {
        [
            "title": "Kizuna",
            "summary": "The switch between Cambodia's KHQR and Japan's JPQR.",
            "description": """
            Amounts are text in major units with their currency, never JSON numbers. Members that nobody asked for are \
            refused by name. Every POST bears an Idempotency-Key: the same key with the same body gets the first answer \
            again. Errors are problems of RFC 9457, explained at /docs/problems; where their outcome is unknown, ask or \
            send the same again. A path answers methods that it does not have with 405, and HEAD as GET without a body.
            """,
            "license": ["name": "Apache License 2.0", "identifier": "Apache-2.0"],
            "version": .string(KizunaAPI.version),
        ]
    }

    private var paths: JSON {
        var paths: [String] = []
        for route in routes where !paths.contains(route.path.description) { paths.append(route.path.description) }
        return .object(
            paths.map { path in
                let operations = routes.filter { $0.path.description == path }
                return JSON.Member(
                    name: path,
                    value: .object(
                        operations.map {
                            JSON.Member(name: $0.method.rawValue.lowercased(), value: OperationDocument(route: $0).json)
                        }
                    )
                )
            }
        )
    }

    private var components: JSON {
        [
            "schemas": .object(schemas.map { JSON.Member(name: $0.name, value: $0.schema.definition) }),
            "responses": .object(
                problems.map { JSON.Member(name: $0.name, value: $0.json) }
            ),
            "parameters": ["Idempotency-Key": OperationDocument.idempotencyKey],
            "headers": .object(AnswerHeader.allCases.map { JSON.Member(name: $0.rawValue, value: $0.json) }),
            "securitySchemes": .object(SecurityScheme.allCases.map { JSON.Member(name: $0.rawValue, value: $0.json) }),
        ]
    }

    /// Everything that is explained under a name, in the order of the names.
    var schemas: [(name: String, schema: Schema)] {
        var found = ["Problem": Schema.problem]
        for schema in routes.flatMap(\.schemas).flatMap(\.named) + Schema.problem.named {
            if let name = schema.name, found[name] == nil { found[name] = schema }
        }
        return found.sorted { $0.key < $1.key }.map { (name: $0.key, schema: $0.value) }
    }

    private var problems: [ProblemDocument] {
        var found: [String: ProblemDocument] = [:]
        for route in routes {
            for (status, codes) in route.problemsByStatus {
                let problem = ProblemDocument(status: status, codes: codes)
                found[problem.name] = problem
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension Route {
    /// What the operation reads and writes.
    var schemas: [Schema] {
        let answered = answers.compactMap { answer -> Schema? in
            guard case .json(let schema) = answer.content else { return nil }
            return schema
        }
        guard case .json(let taken) = body else { return answered + query.map(\.schema) }
        return [taken] + answered + query.map(\.schema)
    }

    /// What a call may show, one of several; a participant shows what it has once been given.
    var security: [[OpenAPIDocument.SecurityScheme]] {
        switch handler {
        case .open: []
        case .participant:
            [
                [.participantKey], [.participantKey, .clientCertificate], [.participantKey, .requestSignature],
                [.participantKey, .clientCertificate, .requestSignature],
            ]
        case .person: [[.personKey]]
        }
    }
}

extension OpenAPIDocument {
    /// What callers are known by.
    enum SecurityScheme: String, CaseIterable {
        case participantKey, personKey, clientCertificate, requestSignature

        var json: JSON {
            switch self {
            case .participantKey: SecurityScheme.key(of: "a participant")
            case .personKey: SecurityScheme.key(of: "a person who works for the switch")
            case .clientCertificate:
                ["type": "mutualTLS", "description": "The participant's own, bound by kizuna key certificate."]
            case .requestSignature:
                [
                    "type": "apiKey", "in": "header", "name": "Signature",
                    "description": .string(
                        "RFC 9421 by Ed25519 over @method, @path, @query and content-digest, with Signature-Input and "
                            + "Content-Digest; the key by kizuna key signing."
                    ),
                ]
            }
        }

        private static func key(of whom: String) -> JSON {
            [
                "type": "http", "scheme": "bearer", "bearerFormat": "kz_…",
                "description": .string("The key of \(whom), as kizuna key create shows it once."),
            ]
        }
    }
}
