import Foundation
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// From the scan to the price: what comes back, and every way in which it does not.
@Suite struct ResolvingTests {
    @Test func aJPQRNamesItsShop() async throws {
        let world = try await APIWorld()
        let response = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong)
        #expect(response.status == 201)
        let resolution = response.json
        #expect(resolution.text(at: "merchant", "name") == "KIZUNA SHOTEN")
        #expect(resolution.text(at: "merchant", "localName") == "きずな商店")
        #expect(resolution.text(at: "merchant", "city") == "Tokyo")
        #expect(resolution.text(at: "merchant", "country") == "JP")
        #expect(resolution.text(at: "merchant", "acquirer") == "naniwa-acquiring")
        #expect(resolution.text(at: "currency") == "JPY")
        #expect(resolution["amount"] == .null)
        #expect(resolution["singleUse"] == false)
        #expect(resolution.text(at: "createdAt") == "2025-10-09T08:53:20.000Z")
        #expect(resolution.text(at: "expiresAt") == "2025-10-09T09:03:20.000Z")
    }

    @Test func aDynamicKHQRFixesItsAmount() async throws {
        let world = try await APIWorld()
        let response = await world.post("/v1/resolutions", ["payload": .string(Code.dynamicKHQR)], as: .sakura)
        #expect(response.json.money("amount") == "50000 KHR")
        #expect(response.json["singleUse"] == true)
        #expect(response.json.text(at: "reference") == "INV-2021-07-65822")
    }

    /// The rows of the vector file, each with the code that the API gives it.
    @Test func everyInvalidCodeOfTheVectorsIsRefusedByName() async throws {
        let world = try await APIWorld()
        for row in try InvalidCode.rows() {
            world.clock.set(row.at)
            let response = await world.post("/v1/resolutions", ["payload": .string(row.payload)], as: .sakura)
            let expected = row.error == "expired" ? "qr_expired" : "qr_invalid"
            #expect(response.code == expected, "\(row.id): \(response.text)")
            #expect(response.status == 422)
            #expect(response.json.text(at: "detail")?.isEmpty == false)
        }
    }

    @Test(arguments: [
        (Code.khqr, Bank.mekong, "merchant_not_enabled"), (Code.jpqr, .sakura, "merchant_not_enabled"),
        (Code.jpqr, .naniwa, "forbidden"),
        (
            "00020101021126680019jp.or.paymentsjapan0113000000000000002040000030600000004060000005204581253033925802JP5907ID TEST6005TOKYO6107100000164170002JA0107識別コード試験630458E9",
            .mekong, "merchant_not_found"
        ), ("", .mekong, "qr_invalid"), ("hello", .mekong, "qr_invalid"),
        (
            "00020101021129140010sokha@aclb5204599953038405802KH5911Sokha Store6010Phnom Penh9917001317600000000006304D4F5",
            .sakura, "merchant_not_enabled"
        ),
    ])
    func refusesByName(payload: String, bank: Bank, code: String) async throws {
        let world = try await APIWorld()
        #expect(await world.post("/v1/resolutions", ["payload": .string(payload)], as: bank).code == code)
    }

    @Test(
        arguments: [
            ([:], "missing_data", "/payload"), (["payload": 1], "field_invalid", "/payload"),
            (["payload": nil], "missing_data", "/payload"),
            (["payload": .string(String(repeating: "0", count: 8_193))], "field_invalid", "/payload"),
            (["payload": "x", "country": "KH"], "unknown_field", "/country"),
            (["paylaod": "x"], "missing_data", "/payload"),
            ([], "field_invalid", ""),
        ] as [(JSON, String, String)]
    )
    func refusesBadBodies(body: JSON, code: String, pointer: String) async throws {
        let world = try await APIWorld()
        let response = await world.post("/v1/resolutions", body, as: .mekong)
        #expect(response.status == 422)
        #expect(response.code == code)
        #expect(response.json.text(at: "pointer") == pointer)
    }

    @Test func closedAndPrivateShopsAreRefusedWhereTheyAreScanned() async throws {
        let world = try await APIWorld()
        let shop = Code.jpqrShop.replacing("acceptsForeignPayers", with: false)
        #expect(await world.post("/v1/merchants", shop, as: .naniwa).status == 201)
        let response = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong)
        #expect(response.code == "merchant_not_enabled")
        #expect(response.json.text(at: "isoReason") == "AG01")
    }

    @Test func aSuspendedBankBeginsNothingAndASuspendedAcquirerIsAway() async throws {
        let world = try await APIWorld()
        try await world.operate(.setParticipantStatus(Bank.naniwa.id, .suspended))
        let away = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong)
        #expect(away.status == 503)
        #expect(away.code == "participant_offline")
        #expect(away.headers["Retry-After"] == "5")
        try await world.operate(.setParticipantStatus(Bank.mekong.id, .suspended))
        #expect(await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong).code == "forbidden")
        #expect(await world.get("/v1/participants/me", as: .mekong).json.text(at: "status") == "suspended")
    }

    // MARK: Quotes

    @Test(
        arguments: [
            (["value": "0", "currency": "JPY"], "amount_invalid", "AM01"),
            (["value": "-1", "currency": "JPY"], "amount_invalid", "AM12"),
            (["value": "1980.5", "currency": "JPY"], "amount_invalid", "AM12"),
            (["value": "300001", "currency": "JPY"], "limit_exceeded", "AM02"),
            (["value": "9223372036854775808", "currency": "JPY"], "amount_invalid", "AM12"),
            (["value": 1980, "currency": "JPY"], "amount_invalid", "AM12"),
            (["value": "19.80", "currency": "USD"], "currency_not_supported", "AM03"),
            (["value": "1980", "currency": "XXX"], "currency_not_supported", "AM03"), (nil, "amount_invalid", "AM12"),
        ] as [(JSON, String, String)]
    )
    func refusesAmounts(amount: JSON, code: String, isoReason: String) async throws {
        let world = try await APIWorld()
        let resolution = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong).json
        let response = await world.post(
            "/v1/quotes",
            ["resolutionId": resolution["id"] ?? nil, "payerCurrency": "KHR", "amount": amount],
            as: .mekong
        )
        #expect(response.status == 422)
        #expect(response.code == code)
        #expect(response.json.text(at: "isoReason") == isoReason)
    }

    @Test(arguments: [
        ("payerCurrency", "JPY", "currency_not_supported"), ("payerCurrency", "khr", "currency_not_supported"),
        ("amountType", "SEND", "field_invalid"), ("resolutionId", "x", "field_invalid"),
        ("resolutionId", "8a562c67-ca16-48ba-b074-65581be6f011", "not_found"), ("payee", "x", "unknown_field"),
        ("payer", "x", "field_invalid"),
    ])
    func refusesQuotesByName(field: String, value: String, code: String) async throws {
        let world = try await APIWorld()
        let resolution = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong).json
        let good: JSON = [
            "resolutionId": resolution["id"] ?? nil, "payerCurrency": "KHR", "amountType": "RECEIVE",
            "amount": ["value": "1980", "currency": "JPY"],
        ]
        #expect(await world.post("/v1/quotes", good, as: .mekong).status == 201)
        let response = await world.post("/v1/quotes", good.replacing(field, with: .string(value)), as: .mekong)
        #expect(response.code == code)
    }

    @Test func anotherBanksResolutionDoesNotExist() async throws {
        let world = try await APIWorld()
        let resolution = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong).json
        let body: JSON = ["resolutionId": resolution["id"] ?? nil, "payerCurrency": "JPY"]
        #expect(await world.post("/v1/quotes", body, as: .sakura).code == "not_found")
    }

    @Test func withoutAFreshRateThereIsNoQuote() async throws {
        let world = try await APIWorld()
        world.clock.advance(by: .seconds(61))
        let resolution = await world.post("/v1/resolutions", ["payload": .string(Code.jpqr)], as: .mekong).json
        let body: JSON = [
            "resolutionId": resolution["id"] ?? nil, "payerCurrency": "KHR",
            "amount": ["value": "1980", "currency": "JPY"],
        ]
        let response = await world.post("/v1/quotes", body, as: .mekong)
        #expect(response.status == 503)
        #expect(response.code == "no_rate")
        world.clock.advance(by: .seconds(600))
        #expect(await world.post("/v1/quotes", body, as: .mekong).code == "qr_expired")
    }

    @Test func aDynamicCodesAmountMayBeRepeatedButNotChanged() async throws {
        let world = try await APIWorld()
        let resolution = await world.post("/v1/resolutions", ["payload": .string(Code.dynamicKHQR)], as: .sakura).json
        let body: JSON = ["resolutionId": resolution["id"] ?? nil, "payerCurrency": "JPY"]
        #expect(await world.post("/v1/quotes", body, as: .sakura).status == 201)
        let same = body.replacing("amount", with: ["value": "50000.00", "currency": "KHR"])
        #expect(await world.post("/v1/quotes", same, as: .sakura).status == 201)
        let other = body.replacing("amount", with: ["value": "5000", "currency": "KHR"])
        #expect(await world.post("/v1/quotes", other, as: .sakura).code == "amount_mismatch")
    }
}

/// A row of `qr-invalid.tsv`.
struct InvalidCode {
    let id: String
    let payload: String
    let error: String
    let at: Int64

    static func rows() throws -> [InvalidCode] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "KizunaQRTests/Fixtures/qr-invalid.tsv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let expected = try JSON(text: columns[3])
            var at: Int64 = 1_760_000_000_000
            if case .number(let text)? = expected["at"] { at = try #require(Int64(text)) }
            // Control characters are written as JSON writes them.
            let payload = try JSON(text: "\"\(columns[2].replacing("\"", with: "\\\""))\"")
            return InvalidCode(
                id: columns[0],
                payload: payload.text ?? "",
                error: expected.text(at: "error") ?? "",
                at: at
            )
        }
    }
}
