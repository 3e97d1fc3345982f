import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Whatever is sent, an answer of the contract's form comes back.
@Suite struct BakongNoiseTests {
    /// SplitMix64: the seed says everything.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let bodies: [JSON] = [
        ["md5": .string(BakongWorld.md5)], .string(BakongWorld.md5), [.string(BakongWorld.md5), "x"],
        ["hash": "0a1b2c3d", "amount": .number("50000.00"), "currency": "KHR"], ["accountId": "dara@wing"],
        ["email": "a@b.example", "organization": "Shop", "project": "Till"], ["code": "ABCDEFGHJKLMNPQRSTUV"],
        [
            "qr": .string(Code.khqr),
            "sourceInfo": ["appName": "A", "appIconUrl": "https://i", "appDeepLinkCallback": "a://b"],
        ],
        ["hashList": ["x"], "externalRef": "y", "instructionRef": "00000000000000000000000000000000"],
    ]

    /// A text with a few bytes changed, left out, doubled or put in.
    private func noisy(_ text: [UInt8], using dice: inout Dice) -> [UInt8] {
        var text = text
        for _ in 0..<Int.random(in: 0...4, using: &dice) where !text.isEmpty {
            let place = Int.random(in: 0..<text.count, using: &dice)
            switch Int.random(in: 0...4, using: &dice) {
            case 0: text[place] = UInt8.random(in: 0...255, using: &dice)
            case 1: text.remove(at: place)
            case 2: text.insert(contentsOf: text[place...].prefix(9), at: place)
            case 3: text.insert(Array("{}[]\",:09-.eE\\u".utf8).randomElement(using: &dice) ?? 0, at: place)
            default: text.removeSubrange(place...)
            }
        }
        return text
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func everyAnswerIsOneOfTheContracts(seed: UInt64) async throws {
        var dice = Dice(state: seed)
        let bakong = try await BakongWorld(rate: RateLimiter.Rate(perSecond: 1_000_000, burst: 1_000_000))
        _ = try await bakong.paid()
        let paths = bakong.facade.paths
        for _ in 0..<500 {
            let path = Array((paths.randomElement(using: &dice) ?? "/").utf8)
            let token = noisy(Array(bakong.token.utf8), using: &dice)
            let isGood = Bool.random(using: &dice)
            let response = await bakong.send(
                Bool.random(using: &dice)
                    ? String(decoding: noisy(path, using: &dice), as: UTF8.self)
                    : String(decoding: path, as: UTF8.self),
                noisy((Self.bodies.randomElement(using: &dice) ?? .null).encoded, using: &dice),
                query: Bool.random(using: &dice) ? "token=\(String(decoding: token, as: UTF8.self))" : "",
                headers: isGood ? ["Authorization": "Bearer \(bakong.token)"] : [:]
            )
            #expect([200, 400, 401, 404].contains(response.status), "\(response.text)")
            guard case .object(let members)? = try? JSON.parse(response.body) else {
                Issue.record("no object: \(response.text)")
                continue
            }
            #expect(members.map(\.name) == ["responseCode", "responseMessage", "errorCode", "data"])
            let isSuccess = response.json["responseCode"] == 0
            #expect(isSuccess == (response.errorCode == nil) || response.status == 404)
            #expect(!isSuccess || response.status == 200)
        }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func pagesAnswerWhateverLanguageIsAskedFor(seed: UInt64) {
        var dice = Dice(state: seed)
        for _ in 0..<2_000 {
            let header = noisy(Array("km-KH,km;q=0.9,ja;q=0.8,en-US;q=0.75,*;q=0.1".utf8), using: &dice)
            let best = AcceptLanguage.best(of: ["km", "ja", "en"], for: String(decoding: header, as: UTF8.self))
            #expect(best.map { ["km", "ja", "en"].contains($0) } ?? true)
        }
    }
}
