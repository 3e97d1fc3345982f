import KizunaMoney
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Who may see a payment, how to find it, and how to wait for its end.
@Suite struct AskingTests {
    @Test func aPaymentIsSeenByItsThreeBanksOnly() async throws {
        let world = try await APIWorld()
        let payment = try await world.paid()
        let uetr = payment.text(at: "uetr") ?? ""
        for rest in ["", "/entries", "/refunds"] {
            for bank in Bank.allCases {
                let status = await world.get(world.path(payment, rest), as: bank).status
                #expect(status == ([.mekong, .naniwa, .tonle].contains(bank) ? 200 : 404), "\(rest) \(bank)")
            }
        }
        #expect(await world.get("/v1/payments?uetr=\(uetr)", as: .naniwa).json["id"] == payment["id"])
        #expect(await world.get("/v1/payments?uetr=\(uetr)", as: .angkor).status == 404)
        #expect(await world.get("/v1/payments/\(newUETR())", as: .mekong).code == "not_found")
        #expect(await world.get("/v1/payments/\(uetr)", as: .mekong).status == 404)
    }

    @Test(arguments: [
        ("/v1/payments", 422, "missing_data"), ("/v1/payments?uetr=x", 422, "field_invalid"),
        ("/v1/payments?utr=x", 422, "unknown_field"),
        ("/v1/payments?uetr=8a562c67-ca16-48ba-b074-65581be6f011", 404, "not_found"),
        ("/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011?wait=26", 422, "field_invalid"),
        ("/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011?wait=-1", 422, "field_invalid"),
        ("/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011?wait=%32%zz", 400, "malformed_request"),
        ("/v1/payments/nothing", 404, "not_found"),
        ("/v1/payments/8a562c67-ca16-48ba-b074-65581be6f011/", 404, "not_found"),
    ])
    func refusesByName(path: String, status: Int, code: String) async throws {
        let world = try await APIWorld()
        let response = await world.get(path, as: .mekong)
        #expect(response.status == status)
        #expect(response.code == code)
    }

    @Test func namesAreShownToThoseWhoseBusinessTheyAre() async throws {
        let world = try await APIWorld()
        let payment = try await world.paid()
        let parties = await [Bank.mekong, .naniwa, .tonle].asyncMap {
            await world.get(world.path(payment), as: $0).json["parties"]
        }
        #expect(parties.map { $0?.text(at: "payer", "name") } == ["Chan Sokha", "Chan Sokha", nil])
        #expect(parties.map { $0?.text(at: "payer", "account") } == ["001-234-567", nil, nil])
        #expect(parties.allSatisfy { $0?.text(at: "merchant", "name") == "KIZUNA SHOTEN" })
        #expect(parties[0]?.text(at: "merchant", "code") == "jpqr:0000000000001.0001.000001.000001")
    }

    @Test func anAnswerIsHeldUntilThePaymentIsFinal() async throws {
        let world = try await APIWorld()
        let payment = try await world.pay()
        async let waiting = world.get(world.path(payment, "?wait=25"), as: .mekong)
        async let preferring = world.get(
            world.path(payment),
            as: .mekong,
            headers: ["Prefer": "respond-async, wait=100"]
        )
        while world.engine.waitingForPayments < 2 { try await Task.sleep(for: .milliseconds(5)) }
        _ = await world.post(world.path(payment, "/answer"), ["status": "ACCEPTED"], as: .naniwa)
        #expect(world.engine.waitingForPayments == 0, "The commit wakes them, not the end of their time")
        #expect(await waiting.json.text(at: "state") == "COMPLETED")
        #expect(await preferring.json.text(at: "state") == "COMPLETED")
        #expect(await preferring.headers["Preference-Applied"] == "wait=25")
    }

    @Test func aWaitEndsWithItsTime() async throws {
        let world = try await APIWorld()
        let payment = try await world.pay()
        let start = ContinuousClock.now
        #expect(await world.get(world.path(payment, "?wait=1"), as: .mekong).json.text(at: "state") == "SENT")
        #expect(ContinuousClock.now - start >= .seconds(1))
        #expect(await world.get(world.path(payment, "?wait=0"), as: .mekong).json.text(at: "state") == "SENT")
    }

    // MARK: Refunds

    @Test(
        arguments: [
            (["uetr": "x", "reason": "MD06"], "field_invalid"), (["reason": "MD06"], "missing_data"),
            (["uetr": "8a562c67-ca16-48ba-b074-65581be6f011"], "missing_data"),
            (["uetr": "8a562c67-ca16-48ba-b074-65581be6f011", "reason": "MD07"], "field_invalid"),
            (
                [
                    "uetr": "8a562c67-ca16-48ba-b074-65581be6f011", "reason": "MD06",
                    "amount": ["value": "1981", "currency": "JPY"],
                ], "amount_mismatch"
            ),
            (
                [
                    "uetr": "8a562c67-ca16-48ba-b074-65581be6f011", "reason": "MD06",
                    "amount": ["value": "10", "currency": "KHR"],
                ], "currency_not_supported"
            ),
            (["uetr": "8a562c67-ca16-48ba-b074-65581be6f011", "reason": "MD06", "ammount": nil], "unknown_field"),
        ] as [(JSON, String)]
    )
    func refundsAreRefusedByName(body: JSON, code: String) async throws {
        let world = try await APIWorld()
        let payment = try await world.paid()
        let response = await world.post(world.path(payment, "/refunds"), body, as: .naniwa)
        #expect(response.status == 422)
        #expect(response.code == code)
        #expect(await world.get(world.path(payment, "/refunds"), as: .naniwa).json.items.isEmpty)
    }

    @Test func onlyTheShopsBankRefundsAndOnlyWhatIsPaid() async throws {
        let world = try await APIWorld()
        let payment = try await world.pay()
        let body: JSON = ["uetr": .string(newUETR()), "reason": "MD06"]
        let path = world.path(payment, "/refunds")
        #expect(await world.post(path, body, as: .naniwa).code == "refund_not_possible")
        #expect(await world.post(path, body, as: .mekong).code == "forbidden")
        #expect(await world.post(path, body, as: .angkor).code == "not_found")
    }
}

extension Sequence {
    func asyncMap<Mapped>(_ transform: (Element) async -> Mapped) async -> [Mapped] {
        var mapped: [Mapped] = []
        for element in self { mapped.append(await transform(element)) }
        return mapped
    }
}
