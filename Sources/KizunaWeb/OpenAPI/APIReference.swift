import KizunaSwitch
import Synchronization

/// The API's own description for programs, made when somebody first asks.
final class APIReference: Sendable {
    /// What is made of a table of routes.
    struct Made: Sendable {
        let document: [UInt8]
        /// Names this version of the document (RFC 9110, section 8.8.3).
        let tag: String
    }

    private let digester: any Digester
    private let made = Mutex<Made?>(nil)

    init(digester: any Digester) { self.digester = digester }

    func made(of routes: [Route]) -> Made {
        made.withLock { made in
            if let made { return made }
            let document = OpenAPIDocument(of: routes).json.encoded
            let new = Made(
                document: document,
                tag: "\"\(Array(digester.sha256(document).prefix(8)).hexadecimal)\""
            )
            made = new
            return new
        }
    }
}

extension Desk {
    var referenceRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/openapi.json",
                name: "getOpenAPI",
                chapter: .status,
                summary: "Hands out this document.",
                answers: .ok(.openAPI, "OpenAPI 3.1.").tagged,
                .notModified.tagged,
                handler: .open(getOpenAPI)
            )
        ]
    }

    private func getOpenAPI(_ call: Call) -> HTTPResponse {
        let made = reference.made(of: call.routes)
        // Programs keep it, and ask whether it is still the same.
        let headers: HTTPHeaders = ["ETag": made.tag, "Cache-Control": "no-cache"]
        guard !knows(made.tag, call.request.headers["If-None-Match"]) else {
            return HTTPResponse(status: 304, headers: headers)
        }
        var response = HTTPResponse(status: 200, headers: headers, body: made.document)
        response.headers.add("Content-Type", "application/json")
        return response
    }

    /// Whether a list of tags has this one, or stands for any (RFC 9110, section 13.1.2).
    private func knows(_ tag: String, _ list: String?) -> Bool {
        guard let list else { return false }
        let tags = list.split(separator: ",").map { $0.drop { $0 == " " }.prefix { $0 != " " } }
        return tags.contains { $0 == "*" || $0 == tag || $0 == "W/\(tag)" }
    }
}

extension Schema {
    /// The document itself, in a few words.
    static let openAPI = answer([
        "openapi": .text(matching: "^3[.]1[.][0-9]+$", "3.1.1"),
        "info": .anything(["title": "Kizuna", "version": .string(KizunaAPI.version)]),
        "paths": .anything([:]),
        "components": .anything([:]),
    ])
    .named("OpenAPI", "A document of OpenAPI 3.1.")
}
