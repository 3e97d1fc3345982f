import KizunaWeb
import Testing

@testable import KizunaPages

/// The way from a request to a page, and who is kept out.
@Suite struct SiteTests {
    @Test func whatIsNoPageGoesToTheAPI() async throws {
        let world = try SiteWorld()
        for path in ["/v1/status", "/wallet", "/healthz", "/status/", "/%zz"] {
            let answer = await world.get(path)
            #expect(answer.status == 299 && answer.text == path)
        }
    }

    @Test(arguments: [(PublicPages.Kind.sandbox, true), (.live, false)])
    func aSandboxSaysThatItIsOne(kind: PublicPages.Kind, says: Bool) async throws {
        let world = try SiteWorld(of: kind)
        #expect(await world.get("/status").text.contains("This is a sandbox") == says)
    }

    @Test func everyPageKeepsStrangersOut() async throws {
        let world = try SiteWorld()
        let page = await world.get("/status")
        let policy = try #require(page.headers["Content-Security-Policy"])
        for rule in ["default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'"] {
            #expect(policy.contains(rule), "\(rule)")
        }
        #expect(!policy.contains("unsafe"))
        #expect(page.headers["X-Content-Type-Options"] == "nosniff")
        #expect(page.headers["Cache-Control"] == "no-store")
        for inline in [" style=", "<style", " onclick=", "http://", "https://"] {
            #expect(!page.text.contains(inline), "\(inline)")
        }
    }

    @Test func styleAndScriptHaveAddressesForGood() async throws {
        let world = try SiteWorld()
        let page = await world.get("/status").text
        let paths = page.split(separator: "\"").filter { $0.hasPrefix("/assets/") }
        #expect(Set(paths).count == 3)
        for path in Set(paths) {
            let asset = await world.get(String(path))
            #expect(asset.status == 200 && !asset.body.isEmpty)
            #expect(asset.headers["Cache-Control"]?.contains("immutable") == true)
        }
        #expect(await world.get("/assets/kizuna-000000000000.css").status == 299)
    }

    @Test func theHeadOfAPageHasNoBody() async throws {
        let world = try SiteWorld()
        let head = await world.site.respond(to: world.request("HEAD", "/status"))
        #expect(head.status == 200 && head.body.isEmpty)
    }

    // MARK: Language

    @Test(arguments: [
        ("", "", "", "en"), ("", "", "ja-JP,ja;q=0.9,en;q=0.8", "ja"), ("", "", "km", "km"),
        ("", "lang=km", "ja", "km"), ("ja", "lang=km", "en", "ja"), ("xx", "lang=yy", "fr", "en"),
    ])
    func theLanguageIsTheReaders(address: String, cookie: String, header: String, expected: String) async throws {
        let world = try SiteWorld()
        let page = await world.get(
            address.isEmpty ? "/status" : "/status?lang=\(address)",
            ["Cookie": cookie, "Accept-Language": header]
        )
        #expect(page.headers["Content-Language"] == expected)
        #expect(page.text.contains("<html lang=\"\(expected)\">"))
        let keeps = page.headers.fields.contains { $0.name == "Set-Cookie" && $0.value.hasPrefix("lang=") }
        #expect(keeps == (address == expected))
    }

    // MARK: Forms

    @Test func aFormNeedsTheTokenOfItsVisitor() async throws {
        let world = try SiteWorld([FormSection()])
        let token = await world.get("/form").formToken
        #expect(token.utf8.count == 64)
        #expect(await world.post("/form", ["token": token, "name": "きずな & <co>"]).text == "きずな & <co>")
        #expect(await world.post("/form", ["name": "x"]).status == 403)
        #expect(await world.post("/form", ["token": String(token.reversed()), "name": "x"]).status == 403)
        #expect(await world.post("/form", ["token": token], ["Sec-Fetch-Site": "cross-site"]).status == 403)
        #expect(await world.post("/form", ["token": token], ["Sec-Fetch-Site": "same-site"]).status == 403)
        let strange = "kizuna_visitor=\(String(repeating: "0", count: 32))"
        #expect(await world.post("/form", ["token": token], ["Cookie": strange]).status == 403)
        #expect(await world.post("/form", ["token": token], ["Cookie": ""]).status == 403)
        let header: HTTPHeaders = ["X-Form-Token": token]
        #expect(await world.post("/form", ["name": "x"], header).text == "x")
    }

    @Test(arguments: [false, true])
    func theVisitorsCookieIsForUsAlone(isSecure: Bool) async throws {
        let world = try SiteWorld(isSecure: isSecure)
        let page = await world.get("/status")
        let cookie = try #require(page.headers["Set-Cookie"])
        for part in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(part)) }
        #expect(cookie.contains("Secure") == isSecure)
        #expect(await world.get("/status").headers["Set-Cookie"] == nil)
    }

    @Test func picturesAreTakenFromThoseWhoHaveSeenThePage() async throws {
        let world = try SiteWorld([FormSection()])
        #expect(!world.site.takesLargeBody(world.request("POST", "/picture")))
        _ = await world.get("/form")
        #expect(world.site.takesLargeBody(world.request("POST", "/picture")))
        #expect(!world.site.takesLargeBody(world.request("POST", "/form")))
        #expect(!world.site.takesLargeBody(world.request("POST", "/v1/payments")))
    }

    // MARK: News

    @Test func anEventIsTheWholeAnswer() async throws {
        let world = try SiteWorld([FormSection()])
        let answer = await world.get("/events")
        #expect(answer.headers["Content-Type"]?.hasPrefix("text/event-stream") == true)
        #expect(answer.text == "retry: 50\nid: 7\nevent: last\ndata: <p>one</p>\ndata: <p>two</p>\n\n")
    }

    @Test func whoFindsNoSeatAsksAgainLater() async throws {
        let seats = LiveSeats(most: 0)
        let answer = try await seats.answer { () throws(PageRefusal) in nil }
        #expect(answer.text == "retry: 3000\n: nothing new\n\n")
        #expect(try await LiveSeats().answer { () throws(PageRefusal) in nil }.text == "retry: 50\n: nothing new\n\n")
    }
}

/// A form and what becomes of it.
private struct FormSection: PageSection {
    let entry: NavigationEntry? = nil

    var routes: [PageRoute] {
        [
            .page("/form") { visit throws(PageRefusal) in visit.page("A form", visit.tokenField) },
            .action("/form") { visit throws(PageRefusal) in
                HTTPResponse(status: 200, body: Array((visit.form["name"] ?? "").utf8))
            },
            .action("/picture", takesFile: true) { _ throws(PageRefusal) in throw .notFound },
            .page("/events") { visit throws(PageRefusal) in
                try await visit.live.answer { () throws(PageRefusal) in
                    LiveEvent(id: "7", content: "<p>one</p>\n<p>two</p>", isLast: true)
                }
            },
        ]
    }
}
