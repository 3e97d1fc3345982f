import KizunaMoney
import Testing

@testable import KizunaWeb

/// The document at `/v1/openapi.json`: made of the routes, whole, and the same until they change.
@Suite struct OpenAPITests {
    private static func members(_ json: JSON?) -> [JSON.Member] {
        guard case .object(let members)? = json else { return [] }
        return members
    }

    /// Every operation of the document with its place.
    private static func operations(of document: JSON) -> [(place: String, json: JSON)] {
        members(document["paths"]).flatMap { path in
            members(path.value).map { ("\($0.name.uppercased()) \(path.name)", $0.value) }
        }
    }

    @Test func tellsEveryRouteAndNothingElse() async throws {
        let world = try await APIWorld()
        let document = world.api.document
        let routes = world.api.routes
        let operations = Self.operations(of: document)
        #expect(
            Set(operations.map(\.place)) == Set(routes.map { "\($0.method.rawValue) \($0.path)" })
        )
        #expect(operations.map { $0.json.text(at: "operationId") ?? "" }.sorted() == routes.map(\.name).sorted())
        #expect(document.text(at: "info", "version") == KizunaAPI.version)
        #expect(await world.get("/v1/openapi.json").body == document.encoded)
    }

    @Test func everyReferenceLeadsSomewhere() async throws {
        let world = try await APIWorld()
        let document = world.api.document
        let validator = SchemaValidator(document: document)
        var references = 0
        func look(_ json: JSON) {
            switch json {
            case .object(let members):
                if json.text(at: "$ref") != nil {
                    references += 1
                    #expect(validator.resolve(json) != .null, "\(json)")
                }
                for member in members { look(member.value) }
            case .array(let items): for item in items { look(item) }
            case .null, .bool, .number, .string: break
            }
        }
        look(document)
        #expect(references > 500)
    }

    /// Every example satisfies the schema that it stands beside, and every problem's its own.
    @Test func everyExampleIsRight() async throws {
        let world = try await APIWorld()
        let document = world.api.document
        let validator = SchemaValidator(document: document)
        var examples = 0
        func look(_ json: JSON, _ place: String) {
            if let example = json["example"], let schema = json["schema"] {
                examples += 1
                let faults = validator.faults(of: example, by: schema, isClosed: json["in"] == nil)
                #expect(faults.isEmpty, "\(place)")
            }
            switch json {
            case .object(let members): for member in members { look(member.value, "\(place)/\(member.name)") }
            case .array(let items): for item in items { look(item, "\(place)/…") }
            case .null, .bool, .number, .string: break
            }
        }
        look(document, "")
        #expect(examples > 150)
    }

    /// One name means one thing.
    @Test func namesAreGivenOnce() async throws {
        let world = try await APIWorld()
        let named = world.api.routes.flatMap(\.schemas).flatMap(\.named)
        for (name, schemas) in Dictionary(grouping: named, by: { $0.name ?? "" }) {
            let definitions = Set(schemas.map(\.definition))
            #expect(definitions.count == 1, "\(name) means \(definitions.count) things")
        }
    }

    @Test func keysAndBodiesFollowFromTheRoutes() async throws {
        let world = try await APIWorld()
        let document = world.api.document
        for (place, operation) in Self.operations(of: document) {
            let isOpen = operation["security"] == []
            let responses = operation["responses"]
            #expect((responses?["401"] == nil) == isOpen, "\(place)")
            #expect((responses?["403"] == nil) == isOpen, "\(place)")
            #expect((operation["requestBody"] != nil) == place.hasPrefix("POST"), "\(place)")
            #expect((responses?["415"] != nil) == place.hasPrefix("POST"), "\(place)")
            #expect(responses?["500"] == nil, "\(place)")
        }
    }

    @Test(
        arguments: [
            (nil, 200), ("\"0\"", 200), ("*", 304), ("TAG", 304), ("\"0\", TAG", 304), ("W/TAG", 304), ("TAGx", 200),
        ] as [(String?, Int)]
    )
    func isSentAgainOnlyWhenItHasChanged(known: String?, status: Int) async throws {
        let world = try await APIWorld()
        let first = await world.get("/v1/openapi.json")
        let tag = try #require(first.headers["ETag"])
        var headers: HTTPHeaders = [:]
        if let known { headers.add("If-None-Match", known.replacing("TAG", with: tag)) }
        let again = await world.get("/v1/openapi.json", headers: headers)
        #expect(again.status == status)
        #expect(again.headers["ETag"] == tag)
        #expect(again.headers["Cache-Control"] == "no-cache")
        #expect(again.body == (status == 200 ? first.body : []))
    }

    /// The document's pattern of a moment and the switch's own reading agree about every leap day.
    @Test func leapDaysAreThoseOfTheCalendar() {
        let validator = SchemaValidator(document: .null)
        for year in 1_970...9_999 {
            let moment = "\(year)-02-29T00:00:00Z"
            let isDocumented = validator.faults(of: .string(moment), by: Schema.anyTimestamp.json).isEmpty
            #expect(isDocumented == (Timestamp(rfc3339: moment) != nil), "\(year)")
        }
    }
}
