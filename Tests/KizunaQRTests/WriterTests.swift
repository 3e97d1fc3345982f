import KizunaMoney
import KizunaQR
import Testing

/// Codes that other libraries wrote from the same facts, character by character.
@Suite struct WriterTests {
    @Test(arguments: [
        "v-ki-011", "v-ki-027", "v-ki-052", "v-ki-054", "v-ki-058", "v-ki-098", "v-km-013", "v-km-038",
        "v-km-039", "v-ku-006", "v-ku-012", "v-ku-013",
    ])
    func writesWhatTheBanksLibraryWrites(id: String) throws {
        let vector = try #require(Vector.rows("qr-valid").first { $0.id == id })
        guard case .khqr(let code) = try QRCode.read(vector.payload, at: nil) else {
            Issue.record("A KHQR is expected")
            return
        }
        #expect(try KHQRDraft(code).written().payload.text == vector.payload)
    }

    @Test(arguments: ["v-jm-002", "v-jm-007", "v-jm-008", "v-jm-012", "v-jm-033"])
    func writesWhatTheJapaneseLibraryWrites(id: String) throws {
        let vector = try #require(Vector.rows("qr-valid").first { $0.id == id })
        guard case .jpqr(let code) = try QRCode.read(vector.payload, at: nil) else {
            Issue.record("A JPQR is expected")
            return
        }
        #expect(try JPQRDraft(code).written().payload.text == vector.payload)
    }

    @Test(
        arguments: [
            (.khr, 5_000_000, "50000"), (.usd, 100, "1"), (.usd, 150, "1.50"), (.usd, 1, "0.01"),
            (.usd, 999_999_999_999, "9999999999.99"),
        ] as [(Currency, Int64, String)]
    )
    func writesAmountsInOneForm(currency: Currency, minorUnits: Int64, text: String) throws {
        var draft = try Self.draft
        draft.price = .fixed(Money(minorUnits: minorUnits, currency: currency))
        draft.validity = Self.validity
        #expect(try draft.written().payload.amountText == text)
    }

    @Test(
        arguments: [
            (.khr, 50, "field-value:54"), (.khr, 0, "field-value:54"), (.usd, -1, "field-value:54"),
            (.usd, 1_000_000_000_001, "field-length:54"), (.jpy, 1, "currency-unsupported"),
        ] as [(Currency, Int64, String)]
    )
    func refusesAmounts(currency: Currency, minorUnits: Int64, name: String) throws {
        var draft = try Self.draft
        draft.price = .fixed(Money(minorUnits: minorUnits, currency: currency))
        draft.validity = Self.validity
        let fault = try #require(throws: QRFault.self) { try draft.written() }
        #expect(fault.name == name)
    }

    /// Every limit, at it and one past it.
    @Test(
        arguments: [
            DraftLimit("field-length:59", 25) { $0.name = $1 }, DraftLimit("field-length:60", 15) { $0.city = $1 },
            DraftLimit("field-length:15", 99) { $0.unionPayAccount = $1 },
            DraftLimit("field-length:62.01", 25) { $0.additional[.billNumber] = $1 },
            DraftLimit("field-length:62.02", 25) { $0.additional[.mobileNumber] = $1 },
            DraftLimit("field-length:62.08", 25) { $0.additional[.purpose] = $1 },
            DraftLimit("field-length:62.09", 3) { $0.additional[.consumerDataRequest] = $1 },
            DraftLimit("field-length:29.01", 32) { $0.holder = .individual(information: $1, bank: nil) },
            DraftLimit("field-length:29.02", 32) { $0.holder = .individual(information: nil, bank: $1) },
            DraftLimit("field-length:30.01", 32) { $0.holder = .merchant(id: $1, bank: "B") },
            DraftLimit("field-length:64.01", 25) { $0.local = .init(language: "km", name: $1) },
            DraftLimit("field-length:64.02", 15) { $0.local = .init(language: "km", name: "A", city: $1) },
        ])
    func keepsLimits(limit: DraftLimit) throws {
        var draft = try Self.draft
        limit.put(&draft, String(repeating: "A", count: limit.limit))
        _ = try draft.written()
        for length in [0, limit.limit + 1] {
            limit.put(&draft, String(repeating: "A", count: length))
            let fault = try #require(throws: QRFault.self) { try draft.written() }
            #expect(fault.name == limit.name)
        }
    }

    @Test(
        arguments: [
            SpoiledDraft("field-value:59") { $0.name = "កាហ្វេ" }, SpoiledDraft("field-value:60") { $0.city = "Siĕm" },
            SpoiledDraft("field-value:59") { $0.name = "A\nB" },
            SpoiledDraft("field-value:52") { $0.category = "５９９９" },
            SpoiledDraft("field-value:64.01") { $0.local = .init(language: "ja", name: "か\u{3099}") },
            SpoiledDraft("field-value:64.01") { $0.local = .init(language: "ko", name: "\u{1112}\u{1161}") },
            SpoiledDraft("field-value:64.01") { $0.local = .init(language: "fr", name: "Cafe\u{301}") },
            SpoiledDraft("field-value:64.01") { $0.local = .init(language: "ja", name: "𠮷野家") },
            SpoiledDraft("field-value:64.01") { $0.local = .init(language: "km", name: "\u{202E}ក") },
            SpoiledDraft("field-missing:30.02") { $0.holder = .merchant(id: "1", bank: nil) },
            SpoiledDraft("field-missing:99.01") { $0.price = .fixed(Money(minorUnits: 100, currency: .khr)) },
            SpoiledDraft("field-unexpected:99") { $0.validity = Self.validity },
            SpoiledDraft("field-length:62") {
                for field in AdditionalField.allCases.prefix(4) {
                    $0.additional[field] = String(repeating: "A", count: 25)
                }
            },
        ])
    func refusesDrafts(spoiled: SpoiledDraft) throws {
        var draft = try Self.draft
        spoiled.spoil(&draft)
        let fault = try #require(throws: QRFault.self) { try draft.written() }
        #expect(fault.name == spoiled.name)
        #expect(fault.position == nil)
    }

    private static let validity = KHQRDraft.Validity(
        created: Timestamp(milliseconds: 1_760_000_000_000),
        expires: Timestamp(milliseconds: 1_760_000_600_000)
    )

    private static var draft: KHQRDraft {
        get throws {
            let account = try #require(BakongAccount("sok_dara@aclb"))
            return KHQRDraft(account: account, holder: .individual(information: nil, bank: nil), name: "Sok Dara")
        }
    }
}

/// A field of a draft with the most characters that it takes.
struct DraftLimit: Sendable, CustomTestStringConvertible {
    let name: String
    let limit: Int
    let put: @Sendable (inout KHQRDraft, String) -> Void

    init(_ name: String, _ limit: Int, _ put: @escaping @Sendable (inout KHQRDraft, String) -> Void) {
        self.name = name
        self.limit = limit
        self.put = put
    }

    var testDescription: String { name }
}

/// A change that makes a draft unfit to be written.
struct SpoiledDraft: Sendable, CustomTestStringConvertible {
    let name: String
    let spoil: @Sendable (inout KHQRDraft) -> Void

    init(_ name: String, _ spoil: @escaping @Sendable (inout KHQRDraft) -> Void) {
        self.name = name
        self.spoil = spoil
    }

    var testDescription: String { name }
}
