import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// What clients are told of a payment, by each of its names and in each of its states.
@Suite struct BakongCheckTests {
    private let check = "check_transaction_by_md5"

    private func code(_ response: HTTPResponse) -> Int? {
        response.json["responseCode"] == 0 ? 0 : response.errorCode
    }

    @Test func aPaymentIsSeenOnlyWhenItIsFinal() async throws {
        let bakong = try await BakongWorld()
        let ask = { () async in code(await bakong.call(check, ["md5": .string(BakongWorld.md5)])) }
        #expect(await ask() == 1)
        let payment = try await bakong.pay()
        #expect(await ask() == 1)
        try await bakong.answer(payment, ["status": "ACCEPTED"])
        #expect(await ask() == 0)
        #expect(await bakong.transaction().text(at: "trackingStatus") == "ACKNOWLEDGED_BY_FI")
    }

    @Test func aRefusedPaymentHasFailedUntilTheCodeIsPaidAfterAll() async throws {
        let bakong = try await BakongWorld()
        let ask = { () async in code(await bakong.call(check, ["md5": .string(BakongWorld.md5)])) }
        try await bakong.answer(try await bakong.pay(), ["status": "REJECTED", "reason": "AC04"])
        #expect(await ask() == 3)
        let list = await bakong.call("check_transaction_by_md5_list", [.string(BakongWorld.md5)])
        #expect(list.text.contains(#""status":"FAILED""#))
        let second = try await bakong.pay()
        #expect(await ask() == 1)
        try await bakong.answer(second, ["status": "ACCEPTED"])
        #expect(await ask() == 0)
    }

    @Test func refundsShowAndHideNothing() async throws {
        let bakong = try await BakongWorld()
        let payment = try await bakong.paid()
        let before = await bakong.transaction()
        bakong.world.clock.advance(by: .seconds(60))
        try await bakong.refund(payment, "20000")
        #expect(await bakong.transaction() == before)
        try await bakong.refund(payment, "30000")
        let after = await bakong.transaction()
        #expect(after.text(at: "trackingStatus") == "REFUNDED_BY_RECEIVER")
        for name in ["hash", "amount", "acknowledgedDateMs"] { #expect(after[name] == before[name], "\(name)") }
    }

    /// A printed code does not say which of its payments is meant.
    @Test func aPrintedCodeIsStaticOnceItHasBeenPaid() async throws {
        let bakong = try await BakongWorld()
        let md5 = JSON.string(BakongWorld.md5(of: Code.khqr))
        #expect(code(await bakong.call(check, ["md5": md5])) == 1)
        _ = try await bakong.world.paid(Code.khqr, Money(minorUnits: 42_000_00, currency: .khr), in: .jpy, as: .sakura)
        #expect(code(await bakong.call(check, ["md5": md5])) == 2)
        let list = await bakong.call("check_transaction_by_md5_list", [md5])
        #expect(list.text.contains(#""status":"STATIC_QR""#))
    }

    @Test func paymentsOfTheOtherSchemeAreNotBakongs() async throws {
        let bakong = try await BakongWorld()
        let payment = try await bakong.world.paid()
        let id = payment.text(at: "id") ?? ""
        let found = await bakong.call("check_transaction_by_external_ref", ["externalRef": .string(id)])
        #expect(code(found) == 1)
        let md5 = JSON.string(BakongWorld.md5(of: Code.jpqr))
        #expect(code(await bakong.call(check, ["md5": md5])) == 1)
    }

    @Test func theFactsAreThoseOfTheShopsSide() async throws {
        let bakong = try await BakongWorld()
        let payment = try await bakong.paid()
        let transaction = await bakong.transaction()
        #expect(transaction.text(at: "toAccountId") == "jonhsmith@devb")
        #expect(transaction.text(at: "fromAccountId") == "kizuna@angkor-acquiring")
        #expect(transaction.text(at: "receiverBank") == "The angkor-acquiring")
        #expect(transaction.text(at: "description") == "INV-2021-07-65822")
        let compact = { (name: String) in payment.text(at: name)?.replacing("-", with: "") }
        #expect(transaction.text(at: "externalRef") == compact("id"))
        #expect(transaction.text(at: "instructionRef") == compact("uetr"))
        #expect(transaction.text(at: "hash")?.utf8.count == 64)
        #expect(!"\(transaction)".contains("Sokha"))
    }

    @Test func aPaymentIsFoundByEachOfItsNames() async throws {
        let bakong = try await BakongWorld()
        let payment = try await bakong.paid()
        let facts = await bakong.transaction()
        let hash = facts.text(at: "hash") ?? ""
        let short = String(hash.prefix(8))
        let questions: [(String, JSON)] = [
            ("md5", ["md5": .string(BakongWorld.md5.uppercased())]), ("hash", ["hash": .string(hash)]),
            ("hash", ["hash": .string(hash.uppercased())]),
            ("short_hash", ["hash": .string(short), "amount": 50_000, "currency": "KHR"]),
            ("short_hash", ["short_hash": .string(short), "amount": "50000.00", "currency": "KHR"]),
            ("short_hash", ["hash": .string(short), "amount": .number("50000.0"), "currency": "KHR"]),
            ("instruction_ref", ["instructionRef": facts["instructionRef"] ?? nil]),
            ("instruction_ref", ["instructionRef": payment["uetr"] ?? nil]),
            ("external_ref", ["externalRef": facts["externalRef"] ?? nil]),
            ("external_ref", ["externalRef": payment["id"] ?? nil]),
        ]
        for (name, body) in questions {
            let response = await bakong.call("check_transaction_by_\(name)", body)
            #expect(response.json["data"] == facts, "\(name): \(response.text)")
        }
    }

    @Test func allThreeOfAShortHashMustMatch() async throws {
        let bakong = try await BakongWorld()
        _ = try await bakong.paid()
        let short = JSON.string(String(await bakong.transaction().text(at: "hash")?.prefix(8) ?? ""))
        let unknown: [JSON] = [
            ["hash": short, "amount": 50_001, "currency": "KHR"], ["hash": short, "amount": 50_000, "currency": "USD"],
            ["hash": "00000000", "amount": 50_000, "currency": "KHR"],
            ["hash": short, "amount": .number("50000.001"), "currency": "KHR"],
            ["hash": short, "amount": "-50000", "currency": "KHR"],
            ["hash": .string((short.text ?? "") + "0"), "amount": 50_000, "currency": "KHR"],
        ]
        for body in unknown {
            #expect(code(await bakong.call("check_transaction_by_short_hash", body)) == 1, "\(body)")
        }
        let incomplete: [JSON] = [
            ["amount": 50_000, "currency": "KHR"], ["hash": short, "currency": "KHR"],
            ["hash": short, "amount": 50_000],
            ["hash": short, "amount": nil, "currency": "KHR"], ["hash": short, "amount": 1, "currency": "JPY"], "x", [],
        ]
        for body in incomplete {
            #expect(code(await bakong.call("check_transaction_by_short_hash", body)) == 5, "\(body)")
        }
    }

    @Test(arguments: [
        "check_transaction_by_md5", "check_transaction_by_hash", "check_transaction_by_instruction_ref",
        "check_transaction_by_external_ref", "check_bakong_account", "verify", "renew_token", "request_token",
        "generate_deeplink_by_qr",
    ])
    func whatIsMissingIsErrorCode5(name: String) async throws {
        let bakong = try await BakongWorld()
        let names = ["md5", "hash", "instructionRef", "externalRef", "accountId", "code", "email", "qr"]
        let empty = JSON.object(names.map { JSON.Member(name: $0, value: "") })
        let long = JSON.object(names.map { JSON.Member(name: $0, value: .string(String(repeating: "a", count: 600))) })
        for body: JSON in [[:], nil, 7, true, [], empty, long, ["x": "y"]] {
            let response = await bakong.call(name, body)
            #expect(response.status == 200 && response.errorCode == 5, "\(body): \(response.text)")
        }
    }

    @Test(arguments: ["check_bakong_account", "check_account_exist", "check_account_by_id"])
    func accountsAreThoseOfRegisteredShops(name: String) async throws {
        let bakong = try await BakongWorld()
        for account in ["dara@wing", "jonhsmith@devb", "kizuna_cafe@aclb"] {
            let response = await bakong.callOpenly(name, ["accountId": .string(account)])
            #expect(response.json["responseCode"] == 0 && response.json["data"] == .null, "\(response.text)")
            #expect(response.json.text(at: "responseMessage") == "Account ID exists")
        }
        #expect(await bakong.call(name, ["accountId": "nobody@wing"]).errorCode == 11)
        for account in ["dara", "@wing", "dara@", "a@b@c", "d ra@wing", String(repeating: "a", count: 30) + "@wing"] {
            #expect(await bakong.callOpenly(name, ["accountId": .string(account)]).errorCode == 12, "\(account)")
        }
    }

    @Test func aStoreThatCannotBeReadIsErrorCode9() async throws {
        let bakong = try await BakongWorld()
        bakong.world.store.feel(.unreadable)
        let response = await bakong.call(check, ["md5": .string(BakongWorld.md5)])
        #expect(response.status == 500 && response.errorCode == 9)
        #expect(!response.text.contains("secret"))
    }
}
