import Testing

@testable import KizunaWeb

/// The fields in which signatures come (RFC 8941, RFC 9421).
@Suite struct SignatureFieldTests {
    @Test func aSignaturesInputIsTakenApart() throws {
        let text = #"sig1=("@method" "@path");created=1618884473;keyid="a key";alg="ed25519""#
        let member = try #require(StructuredField(text)?.members.first)
        #expect(member.name == "sig1")
        #expect(member.text == String(text.dropFirst("sig1=".count)))
        guard case .list(let items, let parameters) = member.value else { throw Surprise() }
        #expect(items == ["@method", "@path"])
        #expect(parameters.map(\.name) == ["created", "keyid", "alg"])
        #expect(parameters.map(\.value) == [.integer(1_618_884_473), .text("a key"), .text("ed25519")])
    }

    @Test func byteSequencesAreDecoded() throws {
        #expect(
            try #require(StructuredField("a=:aGk=:, b=::")).members.map(\.value) == [.bytes([104, 105]), .bytes([])]
        )
    }

    @Test(
        arguments: [
            "", "a", "a=", "A=:aGk=:", "a=:aGk=", "a=:aG*=:", "a=:aGk=:,", "a=:aGk=:, a=:aGk=:", "a=(\"b\"", "a=(b)",
            "a=(\"b\");c", "a=(\"b\");c=1;c=2", "a=(\"b\");c=1234567890123456", "a=(\"\\\"\")", "a=:aGk=: b", "a=1",
            String(repeating: "a=:aGk=:, ", count: 20),
        ]
    )
    func everythingElseIsNone(text: String) {
        #expect(StructuredField(text).map(\.members.count) == nil)
    }
}
