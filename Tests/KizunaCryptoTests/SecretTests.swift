import KizunaCrypto
import KizunaSwitch
import Testing

@Suite struct ConstantTimeTests {
    @Test(
        arguments: [
            ([], [], true), ([1], [1], true), ([1], [2], false), ([1, 2], [1], false), ([], [0], false),
            ([1, 2, 3], [1, 2, 4], false), ([1, 2, 3], [0, 2, 3], false),
        ] as [([UInt8], [UInt8], Bool)]
    )
    func compares(left: [UInt8], right: [UInt8], same: Bool) { #expect(ConstantTime.equal(left, right) == same) }
}

@Suite struct SystemRandomTests {
    @Test func numbersDoNotRepeatAcrossRefillsAndCopies() {
        var random = SystemRandom()
        var copy = random
        var seen = Set<UInt64>()
        for _ in 0..<2_000 {
            seen.insert(random.next())
            seen.insert(copy.next())
        }
        #expect(seen.count == 4_000)
    }

    @Test func threadsMayShareOne() async {
        let shared = SystemRandom()
        let seen = await withTaskGroup(of: [UInt64].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var random = shared
                    return (0..<1_000).map { _ in random.next() }
                }
            }
            return await group.reduce(into: Set<UInt64>()) { $0.formUnion($1) }
        }
        #expect(seen.count == 8_000)
    }

    @Test(arguments: [0, 1, 32, 4_096])
    func givesBytes(count: Int) {
        let bytes = SystemRandom().bytes(count)
        #expect(bytes.count == count)
        #expect(count < 32 || Set(bytes).count > 8)
    }
}

/// Counts up, so that what is made from it is known beforehand.
private struct Counting: RandomNumberGenerator {
    var value: UInt64 = 0
    mutating func next() -> UInt64 {
        value += 1
        return value
    }
}

@Suite struct APIKeyTests {
    @Test func aKeyIs256BitsOfTheGenerator() {
        var random = Counting()
        let (text, hash) = APIKey.generate(using: &random)
        #expect(text == "kz_AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQ")
        #expect(text.utf8.count == 46)
        #expect(hash == Digest.sha256(Array(text.utf8)))
        #expect(APIKey.sha256(of: text) == hash)
    }

    @Test func aSandboxsKeySaysSo() {
        var random = Counting()
        let (text, hash) = APIKey.generate(for: .sandbox, using: &random)
        #expect(text == "kz_test_AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQ")
        #expect(APIKey.sha256(of: text) == hash)
        #expect(KizunaSwitch.APIKey.environment(ofText: text) == .sandbox)
        // A live key that begins so by chance is as long as every live key.
        let chance = "kz_test_AAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQ".prefix(46)
        #expect(KizunaSwitch.APIKey.environment(ofText: chance) == .live)
    }

    @Test func keysDiffer() {
        var random = SystemRandom()
        #expect(APIKey.generate(using: &random).text != APIKey.generate(using: &random).text)
    }

    @Test(arguments: [
        "", "kz_", "AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQ", "kz_AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAA",
        "kz_AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQA", "kz_AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAA=",
        "KZ_AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQ", "kz_AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAR",
    ])
    func aTextThatNoKeyHasIsNotLookedUp(text: String) { #expect(APIKey.sha256(of: text) == nil) }
}
