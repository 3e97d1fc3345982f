import KizunaCrypto
import KizunaSwitch
import KizunaWeb
import Testing

@testable import KizunaPages

/// The reference, the error codes and the guides.
@Suite struct DocumentTests {
    private let world: SiteWorld
    private let routes: [Route]

    init() throws {
        let plain = try SiteWorld()
        let lock = Lock(plain.engine, signatures: NoSignatures(), needsCertificates: false)
        routes = KizunaAPI(plain.engine, lock: lock, signer: NoSigner(), reach: Reach()).routes
        world = try SiteWorld([DocumentPages(routes, guides: Shelf())])
    }

    @Test func everyOperationIsShownWithItsExamples() async throws {
        let first = await world.get("/docs/api").text
        for chapter in Set(routes.map(\.chapter)) {
            let page = await world.get("/docs/api/\(chapter.name)").text
            for route in routes where route.chapter == chapter {
                #expect(first.contains("href=\"/docs/api/\(chapter.name)#\(route.name)\""), "\(route.name)")
                #expect(page.contains("<h2 id=\"\(route.name)\">"), "\(route.name)")
                #expect(page.contains("<b>\(route.method.rawValue)</b> \(route.path)"), "\(route.path)")
            }
            #expect(page.utf8.count < 400_000, "\(chapter.name) has \(page.utf8.count) bytes")
        }
        #expect(await world.get("/docs/api/paying").text.contains("&quot;payerCurrency&quot;: &quot;KHR&quot;"))
        #expect(await world.get("/docs/api/nothing").status == 404)
    }

    @Test func everyErrorCodeIsExplained() async throws {
        let page = await world.get("/docs/problems").text
        for code in ProblemCode.all { #expect(page.contains("id=\"\(code.name)\"")) }
    }

    @Test(arguments: Language.allCases)
    func theFirstPageLeadsToEverything(language: Language) async throws {
        let page = await world.get("/docs?lang=\(language.rawValue)").text
        for path in [
            "/docs/api", "/docs/problems", "/v1/openapi.json", "/docs/guides/integrate", "/docs/guides/sizing",
        ] {
            #expect(page.contains("href=\"\(path)\""), "\(path)")
        }
        let guide = await world.get("/docs/guides/integrate?lang=\(language.rawValue)").text
        #expect(guide.contains("<article class=\"prose\" lang=\"en\">\n<h1>Join</h1>"))
        #expect(guide.contains(Words[language].documents.inEnglish) == (language != .english))
        #expect(guide.contains("href=\"#first\"") && !guide.contains("https://"))
    }

    @Test func whatIsNotOnTheShelfIsNotFound() async throws {
        #expect(await world.get("/docs/guides/nothing").status == 404)
        #expect(await world.get("/docs/files/nothing").status == 404)
        let file = await world.get("/docs/files/states-svg")
        #expect(file.text == "<svg/>" && file.headers["Content-Type"] == "image/svg+xml")
        #expect(file.headers["X-Content-Type-Options"] == "nosniff")
    }

    /// Every page's foot leads there.
    @Test func theFootLeadsToTheDocuments() async throws {
        let foot = await world.get("/status").text.split(separator: "<footer").last ?? ""
        for path in ["/status", "/docs", "/docs/api", "/docs/problems"] {
            #expect(foot.contains("href=\"\(path)\""), "\(path)")
        }
    }
}

private struct Shelf: GuideShelf {
    let guides = [
        Guide(
            name: "integrate",
            title: "Join",
            audience: .joining,
            sections: [("first", "First"), ("second", "Second"), ("third", "Third")],
            content: "<h1>Join</h1>"
        ),
        Guide(name: "sizing", title: "Sizing", audience: .running, sections: [], content: "<h1>Sizing</h1>"),
    ]

    func file(_ name: String) -> (type: String, bytes: [UInt8])? {
        name == "states-svg" ? ("image/svg+xml", Array("<svg/>".utf8)) : nil
    }
}

private struct NoSignatures: SignatureChecker {
    func isValidEd25519(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool { false }
}

private struct NoSigner: MessageSigner {
    func signature(id: String, timestampSeconds: Int64, body: [UInt8], with secret: SigningSecret) -> String { "" }
    func text(of secret: SigningSecret) -> String { "" }
}
