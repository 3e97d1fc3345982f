import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Short links to codes, and the page behind them.
@Suite struct DeepLinkTests {
    private let source: JSON = [
        "appName": "Café <b>", "appIconUrl": "https://shop.example/icon.png", "appDeepLinkCallback": "shop://paid",
    ]

    private func path(_ bakong: BakongWorld, _ code: String = Code.dynamicKHQR, _ source: JSON = nil) async throws
        -> String
    {
        let answer = await bakong.callOpenly("generate_deeplink_by_qr", ["qr": .string(code), "sourceInfo": source])
        #expect(answer.json.text(at: "responseMessage") == "Getting deep link successfully", "\(answer.text)")
        let link = try #require(answer.json.text(at: "data", "shortLink"))
        try #require(link.hasPrefix("https://bakong.example/d/"))
        return String(link.dropFirst("https://bakong.example".count))
    }

    private func open(_ bakong: BakongWorld, _ path: String, _ language: String? = nil) async -> HTTPResponse {
        var headers = HTTPHeaders()
        if let language { headers.add("Accept-Language", language) }
        return await bakong.send(path, [], method: "GET", headers: headers)
    }

    @Test func aLinkLeadsToAPageWithTheCode() async throws {
        let bakong = try await BakongWorld()
        let path = try await path(bakong, Code.dynamicKHQR, source)
        let page = await open(bakong, path)
        #expect(page.status == 200)
        for text in ["Jonh Smith", "50000 KHR", "jonhsmith@devb", "Siam Reap", "INV-2021-07-65822", Code.dynamicKHQR] {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(page.text.contains(#"<img src="\#(path)/code.png""#))
        #expect(page.text.contains(#"href="bakong://pay?qr=00020101021230"#))
        #expect(page.text.contains(#"href="shop://paid">Back to Café &lt;b&gt;</a>"#))
        #expect(!page.text.contains("<b>") && !page.text.contains("icon.png") && !page.text.contains("<script"))
        let picture = await open(bakong, "\(path)/code.png")
        #expect(picture.text == "picture of \(Code.dynamicKHQR)" && picture.headers["Content-Type"] == "image/png")
        let head = await bakong.send(path, [], method: "HEAD")
        #expect(head.status == 200 && head.body.isEmpty)
        #expect(await bakong.send(path, []).status == 405)
    }

    @Test func aPageLetsNothingInFromElsewhere() async throws {
        let bakong = try await BakongWorld()
        let page = await open(bakong, try await path(bakong))
        let policy = page.headers["Content-Security-Policy"] ?? ""
        #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
        #expect(policy.contains("img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"))
        #expect(page.headers["X-Content-Type-Options"] == "nosniff")
        #expect(page.headers["Referrer-Policy"] == "no-referrer")
        #expect(page.headers["Cache-Control"] == "no-store")
    }

    @Test(arguments: [
        (nil, "en"), ("km", "km"), ("km-KH,en;q=0.8", "km"), ("ja", "ja"), ("en-GB,ja;q=0.9", "en"),
        ("fr, ja;q=0.2, km;q=0.7", "km"), ("fr", "en"), ("ja;q=0, en;q=0.1", "en"), ("*", "en"), (";;q=x,,", "en"),
        ("ja;q=0.25,km;q=0.3", "km"), ("kmx, japan", "en"),
    ])
    func thePageSpeaksTheVisitorsLanguage(header: String?, tag: String) async throws {
        let bakong = try await BakongWorld()
        let page = await open(bakong, try await path(bakong), header)
        #expect(page.headers["Content-Language"] == tag)
        #expect(page.text.contains("<html lang=\"\(tag)\">"))
        let words = ["en": "Pay with a wallet", "ja": "ウォレットで支払う", "km": "បង់ប្រាក់តាមកាបូបអេឡិចត្រូនិក"]
        #expect(page.text.contains(words[tag] ?? "?"))
    }

    @Test func everyCallMakesALinkOfItsOwn() async throws {
        let bakong = try await BakongWorld()
        let first = try await path(bakong)
        let second = try await path(bakong)
        #expect(first != second)
        #expect(await open(bakong, first).status == 200)
    }

    @Test func aLinkEndsAfterADay() async throws {
        let bakong = try await BakongWorld()
        let path = try await path(bakong)
        bakong.world.clock.advance(by: DeepLink.life)
        #expect(await open(bakong, path).status == 200)
        bakong.world.clock.advance(by: .milliseconds(1))
        let lapsed = await open(bakong, path, "ja")
        #expect(lapsed.status == 404 && lapsed.text.contains("このリンクは無効です"))
        #expect(await open(bakong, "\(path)/code.png").status == 404)
        // The next one clears it away.
        _ = try await self.path(bakong)
        let count = try bakong.world.store.read { reader throws(StoreError) in try reader.deepLinkCount() }
        #expect(count == 1)
    }

    @Test(arguments: ["/d/", "/d/x", "/d/00000000000000000000000000000000", "/d/x/code.png", "/d/x/y/z", "/d/%2e%2e/"])
    func whatIsNoLinkIsNotFound(path: String) async throws {
        let bakong = try await BakongWorld()
        #expect(await open(bakong, path).status == 404)
    }

    @Test(arguments: [Code.jpqr, "nonsense", String(Code.khqr.dropLast()) + "0", Code.khqr + " "])
    func onlyAKHQRGetsALink(code: String) async throws {
        let bakong = try await BakongWorld()
        #expect(await bakong.callOpenly("generate_deeplink_by_qr", ["qr": .string(code)]).errorCode == 5)
    }

    @Test func anExpiredCodeGetsNone() async throws {
        let bakong = try await BakongWorld()
        bakong.world.clock.set(1_893_456_000_001)
        #expect(await bakong.callOpenly("generate_deeplink_by_qr", ["qr": .string(Code.dynamicKHQR)]).errorCode == 5)
    }

    @Test(
        arguments: [
            ["appName": "A", "appIconUrl": "https://i"], ["appName": "A", "appDeepLinkCallback": "a://b"],
            ["appIconUrl": "https://i", "appDeepLinkCallback": "a://b"], [:], "x",
            ["appName": "", "appIconUrl": "https://i", "appDeepLinkCallback": "a://b"],
        ] as [JSON]
    )
    func anIncompleteSourceIsErrorCode5(source: JSON) async throws {
        let bakong = try await BakongWorld()
        let body: JSON = ["qr": .string(Code.khqr), "sourceInfo": source]
        #expect(await bakong.callOpenly("generate_deeplink_by_qr", body).errorCode == 5)
    }

    @Test func whereNothingCanBeKeptTheProviderIsDown() async throws {
        let bakong = try await BakongWorld()
        bakong.world.store.feel(.unwritable)
        #expect(await bakong.callOpenly("generate_deeplink_by_qr", ["qr": .string(Code.khqr)]).errorCode == 4)
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
