import KizunaCrypto
import KizunaLedger
import KizunaSimulation
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaPages
@testable import KizunaWeb

/// What a short link leads to.
@Suite struct DeepLinkPageTests {
    private static let source = DeepLink.Source(
        appName: "Café <b>",
        iconURL: "https://shop.example/icon.png",
        callback: "shop://paid"
    )

    @Test func aLinkLeadsToAPageWithTheCode() async throws {
        let world = try await LinkWorld(source: Self.source)
        let page = await world.open(world.path)
        #expect(page.status == 200)
        for text in ["Jonh Smith", "៛50,000", "jonhsmith@devb", "Siam Reap", "INV-2021-07-65822", LinkWorld.code] {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(page.text.contains("src=\"\(world.path)/code.png\""))
        #expect(page.text.contains("href=\"bakong://pay?qr=00020101021230"))
        #expect(page.text.contains("href=\"shop://paid\">Back to Café &lt;b&gt;</a>"))
        #expect(!page.text.contains("<b>") && !page.text.contains("icon.png"))
        let picture = await world.open("\(world.path)/code.png")
        #expect(picture.text == "picture of \(LinkWorld.code)" && picture.headers["Content-Type"] == "image/png")
        let head = await world.open(world.path, method: "HEAD")
        #expect(head.status == 200 && head.body.isEmpty)
    }

    /// There is nothing else where the facade listens, so nothing leads to it.
    @Test func noLinkLeadsToWhatIsNotThere() async throws {
        let world = try await LinkWorld()
        let page = await world.open(world.path)
        let targets = page.text.matches(of: #/<a [^>]*href="([^"]*)"/#).map { String($0.1) }
        #expect(
            targets.allSatisfy { $0.hasPrefix("?lang=") || $0 == "#content" || $0.hasPrefix("bakong:") },
            "\(targets)"
        )
        #expect(page.headers["Content-Security-Policy"]?.hasPrefix("default-src 'none'") == true)
        #expect(page.headers["Cache-Control"] == "no-store")
    }

    @Test(arguments: [
        (nil, "en"), ("km", "km"), ("km-KH,en;q=0.8", "km"), ("ja", "ja"), ("en-GB,ja;q=0.9", "en"),
        ("fr, ja;q=0.2, km;q=0.7", "km"), ("fr", "en"), ("ja;q=0, en;q=0.1", "en"), ("*", "en"), (";;q=x,,", "en"),
        ("ja;q=0.25,km;q=0.3", "km"), ("kmx, japan", "en"),
    ])
    func thePageSpeaksTheVisitorsLanguage(header: String?, tag: String) async throws {
        let world = try await LinkWorld()
        let page = await world.open(world.path, header.map { ["Accept-Language": $0] } ?? [:])
        #expect(page.headers["Content-Language"] == tag)
        let words = Language(rawValue: tag).map { Words[$0].link.openWallet }
        #expect(page.text.contains(words ?? "?"))
    }

    @Test func aLinkEndsAfterADay() async throws {
        let world = try await LinkWorld()
        world.clock.advance(by: DeepLink.life)
        #expect(await world.open(world.path).status == 200)
        world.clock.advance(by: .milliseconds(1))
        let lapsed = await world.open(world.path, ["Accept-Language": "ja"])
        #expect(lapsed.status == 404 && lapsed.text.contains("このリンクは無効です"))
        #expect(await world.open("\(world.path)/code.png").status == 404)
    }

    @Test(arguments: ["/d/x", "/d/00000000000000000000000000000000", "/d/x/code.png"])
    func whatIsNoLinkIsNotFound(path: String) async throws {
        let world = try await LinkWorld()
        #expect(await world.open(path).status == 404)
    }

    @Test func whoAsksTooOftenWaits() async throws {
        let world = try await LinkWorld(rate: RateLimiter.Rate(perSecond: 1, burst: 2))
        let statuses = [await world.open(world.path), await world.open(world.path), await world.open(world.path)]
        #expect(statuses.map(\.status) == [200, 200, 429])
    }

    @Test(arguments: [
        ("https://shop.example/x", true), ("shop://paid", true), ("my-app.x+y://a", true),
        ("javascript:alert(1)", false),
        ("JavaScript://%0aalert(1)", false), ("data://text/html,x", false), ("http://shop.example", false),
        ("//shop.example", false), ("shop.example", false), ("java\nscript://x", false), ("file://x", false),
        ("", false),
        ("1a://x", false), ("mailto:a@b", false),
    ])
    func pagesLeadOnlyToAppsAndOverTLS(address: String, mayLead: Bool) {
        #expect(DeepLinkPage.mayLeadTo(address) == mayLead)
    }
}

/// A site with short links alone, and one of them.
private final class LinkWorld: Sendable {
    /// A KHQR that fixes 50,000 riel (`v-km-019`).
    static let code =
        "00020101021230400014jonhsmith@devb01061234560208Dev Bank5204599953031165405500005802KH5910Jonh Smith6009"
        + "Siam Reap62550117INV-2021-07-658220211855123456780305BKK-107060123459934001317600000000000113189345600000"
        + "063046B06"

    let clock = MovingClock()
    let path: String
    private let site: Site

    init(source: DeepLink.Source? = nil, rate: RateLimiter.Rate = RateLimiter.Rate()) async throws {
        let store = MemoryStore(digester: OpenSSLDigester())
        let engine = try Switch(
            store: store,
            links: NoLinks(),
            clock: clock,
            digester: OpenSSLDigester(),
            random: SystemRandom()
        )
        let tools = Site.Tools(
            clock: clock,
            digester: OpenSSLDigester(),
            authenticator: TestAuthenticator(),
            isSecure: false
        ) {
            var random = SystemRandom()
            return .version4(using: &random)
        }
        let settings = BakongSettings(publicURL: "https://bakong.example", rate: rate)
        let pages = DeepLinkPages(engine, settings: settings, painter: Painter())
        site = Site([pages], before: EchoAPI(), tools: tools)
        let command = CreateDeepLink(payload: Self.code, source: source, codeExpiresAt: nil, removing: [])
        guard case .deepLink(let link) = try await engine.bakongKeeper.perform(.createLink(command)) else {
            preconditionFailure("No link was made")
        }
        path = "/d/\(link.id.compact)"
    }

    func open(_ path: String, _ headers: HTTPHeaders = [:], method: String = "GET") async -> HTTPResponse {
        await site.respond(to: HTTPRequest(method: method, path: path, query: "", headers: headers))
    }
}

/// Pictures that say what they are of.
private struct Painter: SymbolPainter {
    func png(of text: String) -> [UInt8]? { Array("picture of \(text)".utf8) }
}
