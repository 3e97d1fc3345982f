import KizunaMoney
import KizunaQR
import Testing

@Suite struct LimitTests {
    /// A payload of exactly so many characters, filled up with unreserved tags.
    private func payload(characters: Int, filler: String = "A") -> String {
        var body = Parts.khqr.body
        var tag = 80
        while body.unicodeScalars.count + 8 < characters {
            let room = characters - body.unicodeScalars.count - 8
            let length = min(room - 4, room - 4 > 99 && room - 4 < 104 ? 90 : 99)
            body += object(tag, String(repeating: filler, count: length))
            tag += 1
        }
        return sealed(body)
    }

    @Test func readsTheLongestPayloadAndNoLongerOne() throws {
        let longest = payload(characters: QRReader.longestPayloadCharacters)
        #expect(longest.unicodeScalars.count == 512)
        _ = try QRCode.read(longest, at: nil)
        let fault = try #require(throws: QRFault.self) { try QRCode.read(payload(characters: 513), at: nil) }
        #expect(fault.name == "too-long")
    }

    @Test func boundsTheBytes() throws {
        _ = try QRCode.read(payload(characters: 390, filler: "ក"), at: nil)
        let fault = try #require(throws: QRFault.self) {
            try QRCode.read(payload(characters: 480, filler: "ក"), at: nil)
        }
        #expect(fault.name == "too-long")
    }

    /// Reading limits of a KHQR, at them and one past them; counted in scalars, not in bytes.
    @Test(
        arguments: [
            FieldLimit("field-length:59", 25) { Parts.khqr.with(59, $0) },
            FieldLimit("field-length:60", 15) { Parts.khqr.with(60, $0) },
            FieldLimit("field-length:61", 10) { Parts.khqr.with(61, $0) },
            FieldLimit("field-length:29.01", 32) { Parts.khqr.with(29, object(0, "a@b") + object(1, $0)) },
            FieldLimit("field-length:29.02", 32) { Parts.khqr.with(29, object(0, "a@b") + object(2, $0)) },
            FieldLimit("field-length:62.01", 25) { Parts.khqr.with(62, object(1, $0)) },
            FieldLimit("field-length:62.08", 25) { Parts.khqr.with(62, object(8, $0)) },
            FieldLimit("field-length:64.01", 25) { Parts.khqr.with(64, object(0, "km") + object(1, $0)) },
            FieldLimit("field-length:64.02", 15) {
                Parts.khqr.with(64, object(0, "km") + object(1, "A") + object(2, $0))
            },
            FieldLimit("field-length:64.01", 25) { Parts.jpqr.with(64, object(0, "JA") + object(1, $0)) },
        ])
    func keepsLimits(limit: FieldLimit) throws {
        for character in ["A", "ខ", "店"] {
            _ = try QRCode.read(limit.parts(String(repeating: character, count: limit.limit)).payload, at: nil)
            let past = limit.parts(String(repeating: character, count: limit.limit + 1)).payload
            let fault = try #require(throws: QRFault.self) { try QRCode.read(past, at: nil) }
            #expect(fault.name == limit.name)
        }
    }

    @Test func keepsTheLimitOfTheAccount() throws {
        let name = String(repeating: "a", count: 27)
        _ = try QRCode.read(Parts.khqr.with(29, object(0, name + "@bank")).payload, at: nil)
        let payload = Parts.khqr.with(29, object(0, name + "a@bank")).payload
        let fault = try #require(throws: QRFault.self) { try QRCode.read(payload, at: nil) }
        #expect(fault.name == "field-length:29.00")
        #expect(BakongAccount(name + "@bank") != nil)
        #expect(BakongAccount(name + "a@bank") == nil)
    }
}

/// A field of a payload with the most characters that it takes.
struct FieldLimit: Sendable, CustomTestStringConvertible {
    let name: String
    let limit: Int
    let parts: @Sendable (String) -> Parts

    init(_ name: String, _ limit: Int, _ parts: @escaping @Sendable (String) -> Parts) {
        self.name = name
        self.limit = limit
        self.parts = parts
    }

    var testDescription: String { name }
}
