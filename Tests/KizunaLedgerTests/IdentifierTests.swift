import KizunaLedger
import KizunaMoney
import Testing

@Suite struct IdentifierTests {
    @Test(arguments: [
        "0199c8c0-1a2b-7abc-8def-0123456789ab", "0199C8C0-1A2B-7ABC-8DEF-0123456789AB",
        "0199c8c01a2b7abc8def0123456789ab",
    ])
    func readsBothForms(text: String) throws {
        let id = try #require(UniqueID(text))
        #expect(id.description == "0199c8c0-1a2b-7abc-8def-0123456789ab")
        #expect(id.compact == "0199c8c01a2b7abc8def0123456789ab")
        #expect(id.version == 7)
    }

    @Test(arguments: [
        "", "0199c8c0", "0199c8c0-1a2b-7abc-8def-0123456789a", "0199c8c0-1a2b-7abc-8def-0123456789abc",
        "0199c8c0-1a2b-7abc-8def_0123456789ab", "0199c8c0-1a2b-7abc-8def-0123456789ag",
        "0199c8c01a2b-7abc-8def-0123456789ab-", "{0199c8c01a2b7abc8def0123456789}",
        "٠199c8c01a2b7abc8def0123456789a",
    ])
    func refusesAnythingElse(text: String) { #expect(UniqueID(text) == nil) }

    @Test(arguments: 1...10) func bearsItsVersion(seed: UInt64) {
        var dice = SeededDice(seed: seed)
        let early = UniqueID.version7(at: Timestamp(milliseconds: 1_760_000_000_000), using: &dice)
        let late = UniqueID.version7(at: Timestamp(milliseconds: 1_760_000_000_001), using: &dice)
        let chance = UniqueID.version4(using: &dice)
        #expect(early < late)
        #expect((early.version, late.version, chance.version) == (7, 7, 4))
        for id in [early, late, chance] {
            #expect(id.low >> 62 == 0b10)
            #expect(UniqueID(id.description) == id)
            #expect(UniqueID(id.compact) == id)
        }
    }

    @Test(arguments: ["acleda-kh", "a1", "abcdefghij0123456789"]) func acceptsParticipants(text: String) {
        #expect(ParticipantID(text)?.description == text)
    }

    @Test(arguments: ["", "a", "1a", "-a", "a-", "Acleda", "a b", "a_b", "abcdefghij01234567890", "កា", "a\u{301}b"])
    func refusesParticipants(text: String) { #expect(ParticipantID(text) == nil) }

    @Test func ordersParticipantsAsTheirTexts() throws {
        let texts = ["a1", "a-1", "ab", "abcdefghij", "abcdefghij0", "abcdefghij0123456789", "b-0", "b0", "ba"]
        let ids = try texts.map { try #require(ParticipantID($0)) }
        #expect(ids.sorted().map(\.description) == texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
}
