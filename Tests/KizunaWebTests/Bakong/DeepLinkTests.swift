import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Short links to codes. What they lead to is `DeepLinkPageTests`' business.
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

    @Test func everyCallMakesALinkOfItsOwn() async throws {
        let bakong = try await BakongWorld()
        let first = try await path(bakong)
        let second = try await path(bakong)
        #expect(first != second)
    }

    @Test func aSourceIsKeptWithItsLink() async throws {
        let bakong = try await BakongWorld()
        _ = try await path(bakong, Code.dynamicKHQR, source)
        let links = try bakong.world.store.read { reader throws(StoreError) in try reader.deepLinks(limit: 2) }
        #expect(links.map(\.source?.appName) == ["Café <b>"] && links.map(\.payload) == [Code.dynamicKHQR])
    }

    @Test func theNextLinkClearsLapsedOnesAway() async throws {
        let bakong = try await BakongWorld()
        _ = try await path(bakong)
        bakong.world.clock.advance(by: DeepLink.life + .milliseconds(1))
        _ = try await path(bakong)
        let count = try bakong.world.store.read { reader throws(StoreError) in try reader.deepLinkCount() }
        #expect(count == 1)
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
}
