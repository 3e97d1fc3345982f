import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// The checklist of the contract's section 6, item by item; what needs a socket is with the tests of processes.
@Suite struct BakongConformanceTests {
    /// Exactly four members of the right types.
    private func expectEnvelope(
        _ response: HTTPResponse,
        _ status: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(response.status == status, "\(response.text)", sourceLocation: sourceLocation)
        guard case .object(let members) = response.json else {
            Issue.record("The body is no object: \(response.text)", sourceLocation: sourceLocation)
            return
        }
        let names = ["data", "errorCode", "responseCode", "responseMessage"]
        #expect(members.map(\.name).sorted() == names, sourceLocation: sourceLocation)
        let isSuccess = response.json["responseCode"] == 0
        #expect(isSuccess || response.json["responseCode"] == 1, sourceLocation: sourceLocation)
        #expect(response.json["responseMessage"]?.text?.isEmpty == false, sourceLocation: sourceLocation)
        switch response.json["errorCode"] {
        case .null?: break
        case .number?: #expect(!isSuccess, sourceLocation: sourceLocation)
        default: Issue.record("errorCode is no number", sourceLocation: sourceLocation)
        }
        switch response.json["data"] {
        case .null?, .object?, .array?: break
        default: Issue.record("data is no object, list or null", sourceLocation: sourceLocation)
        }
        #expect(response.headers["Content-Type"] == "application/json", sourceLocation: sourceLocation)
    }

    @Test func item1EveryAnswerHasExactlyFourMembers() async throws {
        let bakong = try await BakongWorld(rate: RateLimiter.Rate(perSecond: 1, burst: 12))
        let check = "check_transaction_by_md5"
        expectEnvelope(await bakong.call(check, ["md5": .string(BakongWorld.md5)]), 200)
        _ = try await bakong.paid()
        expectEnvelope(await bakong.call(check, ["md5": .string(BakongWorld.md5)]), 200)
        expectEnvelope(await bakong.call("check_transaction_by_md5_list", [.string(BakongWorld.md5), "x"]), 200)
        expectEnvelope(await bakong.call(check, [:]), 200)
        expectEnvelope(await bakong.call(check, ["md5": "x"], token: "none"), 401)
        expectEnvelope(await bakong.send("/v1/\(check)", Array("{".utf8), query: "token=\(bakong.token)"), 400)
        expectEnvelope(await bakong.send("/v2/\(check)", []), 404)
        expectEnvelope(await bakong.send("/v1/\(check)", [], method: "GET"), 405)
        let large = [UInt8](repeating: UInt8(ascii: " "), count: 64 * 1024 + 1)
        expectEnvelope(await bakong.send("/v1/\(check)", large, query: "token=\(bakong.token)"), 413)
        for refusal in [ServerRefusal.malformed(.host), .bodyTooLarge, .targetTooLong, .headTooLarge, .overloaded] {
            expectEnvelope(bakong.facade.response(to: refusal), refusal.status)
        }
        bakong.world.store.feel(.unreadable)
        expectEnvelope(await bakong.callOpenly("check_bakong_account", ["accountId": "dara@wing"]), 500)
        for _ in 0..<12 { _ = await bakong.callOpenly("renew_token", [:]) }
        expectEnvelope(await bakong.callOpenly("renew_token", [:]), 429)
    }

    @Test func item2NotFoundIsHTTP200() async throws {
        let bakong = try await BakongWorld()
        let questions: [(String, JSON)] = [
            ("md5", ["md5": .string(BakongWorld.md5)]), ("hash", ["hash": .string(String(repeating: "a", count: 64))]),
            ("short_hash", ["hash": "aaaaaaaa", "amount": 1, "currency": "USD"]),
            ("instruction_ref", ["instructionRef": "x"]),
            ("external_ref", ["externalRef": "100FT35340355905"]),
        ]
        for (name, body) in questions {
            let response = await bakong.call("check_transaction_by_\(name)", body)
            #expect(response.status == 200 && response.errorCode == 1, "\(name): \(response.text)")
            #expect(
                response.text
                    == #"{"responseCode":1,"responseMessage":"Transaction could not be found. Please check and try again.","#
                    + #""errorCode":1,"data":null}"#
            )
        }
    }

    @Test(arguments: ["", "nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
    func item3ABadTokenIsA401WithErrorCode6(token: String) async throws {
        let bakong = try await BakongWorld()
        for name in ["check_transaction_by_md5", "check_bakong_account"] {
            let response = await bakong.call(name, ["md5": "x", "accountId": "dara@wing"], token: token)
            #expect(response.status == 401)
            #expect(
                response.text
                    == #"{"responseCode":1,"responseMessage":"Unauthorized, not yet requested for token or code invalid","#
                    + #""errorCode":6,"data":null}"#
            )
        }
        #expect(await bakong.callOpenly("check_transaction_by_md5", ["md5": "x"]).status == 401)
        let basic = await bakong.send(
            "/v1/check_transaction_by_md5",
            Array("{}".utf8),
            headers: ["Authorization": "Basic \(bakong.token)"]
        )
        #expect(basic.status == 401)
    }

    @Test func item4AmountIsANumberAndDatesAreIntegers() async throws {
        let bakong = try await BakongWorld()
        let start = bakong.world.clock.now().milliseconds
        let payment = try await bakong.pay()
        bakong.world.clock.advance(by: .milliseconds(1_234))
        try await bakong.answer(payment, ["status": "ACCEPTED"])
        let transaction = await bakong.transaction()
        #expect(transaction["amount"] == .number("50000"))
        #expect(transaction["createdDateMs"] == .number("\(start)"))
        #expect(transaction["acknowledgedDateMs"] == .number("\(start + 1_234)"))
        #expect(transaction["currency"] == "KHR")
        let members = [
            "hash", "fromAccountId", "toAccountId", "currency", "amount", "description", "createdDateMs",
            "acknowledgedDateMs", "trackingStatus", "receiverBank", "receiverBankAccount", "instructionRef",
            "externalRef",
        ]
        for name in members { #expect(transaction[name] != nil, "\(name)") }
    }

    @Test func item4DollarsHaveTheirDecimals() async throws {
        let bakong = try await BakongWorld()
        let payment = try await bakong.world.paid(
            Code.dollarKHQR,
            Money(minorUnits: 12_50, currency: .usd),
            in: .jpy,
            as: .sakura
        )
        let reference = payment.text(at: "id")?.replacing("-", with: "") ?? ""
        let found = await bakong.call("check_transaction_by_external_ref", ["externalRef": .string(reference)])
        #expect(found.text.contains(#""currency":"USD","amount":12.50,"#))
    }

    @Test func item5BareStringsObjectsAndListsAreTaken() async throws {
        let bakong = try await BakongWorld()
        _ = try await bakong.paid()
        let hash = await bakong.transaction()["hash"] ?? .null
        let single: [(String, JSON)] = [
            ("md5", .string(BakongWorld.md5)), ("md5", ["md5": .string(BakongWorld.md5)]), ("hash", hash),
            ("hash", ["hash": hash]),
        ]
        for (name, body) in single {
            let response = await bakong.call("check_transaction_by_\(name)", body)
            #expect(response.json["responseCode"] == 0, "\(response.text)")
        }
        let lists: [(String, JSON)] = [
            ("md5", [.string(BakongWorld.md5)]), ("md5", ["md5List": [.string(BakongWorld.md5)]]),
            ("md5", ["md5": [.string(BakongWorld.md5)]]), ("hash", [hash]), ("hash", ["hashList": [hash]]),
            ("hash", ["hash": [hash]]),
        ]
        for (name, body) in lists {
            let response = await bakong.call("check_transaction_by_\(name)_list", body)
            guard case .array(let entries)? = response.json["data"], entries.count == 1 else {
                Issue.record("\(name): \(response.text)")
                continue
            }
            #expect(entries[0].text(at: "status") == "SUCCESS")
            #expect(entries[0]["data"] == entries[0]["transaction"])
            #expect(entries[0].text(at: "data", "hash") == hash.text)
        }
    }

    @Test func item6HeaderOrQueryBearTheToken() async throws {
        let bakong = try await BakongWorld()
        let (path, body) = ("/v1/check_transaction_by_md5", JSON.object([]).encoded)
        let inHeader = await bakong.send(path, body, headers: ["authorization": "bearer  \(bakong.token)"])
        #expect(inHeader.status == 200)
        #expect(await bakong.send(path, body, query: "token=\(bakong.token)").status == 200)
        #expect(await bakong.send(path, body, query: "x=1&token=\(bakong.token)").status == 200)
        #expect(await bakong.send(path, body, query: "token=").status == 401)
        // A good token in the query does not help a bad one in the header.
        let both = await bakong.send(path, body, query: "token=\(bakong.token)", headers: ["Authorization": "Bearer x"])
        #expect(both.status == 401)
    }

    @Test func item7ListsKeepTheirOrderAndHaveAtMostFifty() async throws {
        let bakong = try await BakongWorld()
        _ = try await bakong.paid()
        let texts = (0..<50).map { $0 == 31 ? BakongWorld.md5 : "unknown \($0)" }
        let list = await bakong.call("check_transaction_by_md5_list", .array(texts.map { .string($0) }))
        guard case .array(let entries)? = list.json["data"] else {
            Issue.record("\(list.text)")
            return
        }
        #expect(list.json["responseCode"] == 0)
        #expect(entries.map { $0.text(at: "md5") } == texts)
        #expect(entries.enumerated().filter { $1.text(at: "status") == "SUCCESS" }.map(\.offset) == [31])
        #expect(entries[0].text(at: "status") == "NOT_FOUND")
        #expect(entries[0]["data"] == .null && entries[0]["transaction"] == .null)
        for body: JSON in [[], .array((0..<51).map { .string("\($0)") }), ["md5List": []], [1], [:], "x", .null] {
            let response = await bakong.call("check_transaction_by_md5_list", body)
            #expect(response.status == 200 && response.errorCode == 5, "\(response.text)")
        }
    }

    @Test func item8TheTokenIsAJWTWithItsEnd() async throws {
        let bakong = try await BakongWorld()
        let parts = bakong.token.split(separator: ".")
        try #require(parts.count == 3)
        let header = try JSON.parse(try #require(Base64.url.decode(parts[0])))
        let payload = try JSON.parse(try #require(Base64.url.decode(parts[1])))
        #expect(header["alg"] == "HS256" && header["typ"] == "JWT")
        let now = bakong.world.clock.now().milliseconds / 1_000
        #expect(payload["iat"] == .number("\(now)"))
        #expect(payload["exp"] == .number("\(now + 7_776_000)"))
        #expect(payload.text(at: "data", "id")?.utf8.count == 16)
        guard case .object(let members) = payload else { return }
        #expect(members.map(\.name) == ["data", "iat", "exp"])
    }

    @Test func item9EveryPathStandsAtTheRoot() async throws {
        let bakong = try await BakongWorld()
        let names = [
            "check_account_by_id", "check_account_exist", "check_bakong_account", "check_transaction_by_external_ref",
            "check_transaction_by_hash", "check_transaction_by_hash_list", "check_transaction_by_instruction_ref",
            "check_transaction_by_md5", "check_transaction_by_md5_list", "check_transaction_by_short_hash",
            "generate_deeplink_by_qr", "renew_token", "request_token", "verify",
        ]
        #expect(bakong.facade.paths == names.map { "/v1/\($0)" })
        // A base address with a slash at its end doubles it.
        for path in bakong.facade.paths + ["//v1/verify"] {
            #expect(await bakong.send(path, Array("{}".utf8), query: "token=\(bakong.token)").status == 200, "\(path)")
        }
    }

    @Test func item10UnknownPathsAre404AndOtherMethods405() async throws {
        let bakong = try await BakongWorld()
        for path in ["/", "/v1", "/v1/", "/v1/check", "/v1/verify/x", "/healthz", "/V1/verify", "/v1/%76erify"] {
            let response = await bakong.send(path, Array("{}".utf8))
            #expect(response.status == 404 && response.errorCode == nil, "\(path)")
        }
        for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"] {
            for path in bakong.facade.paths {
                let response = await bakong.send(path, [], method: method)
                #expect(response.status == 405 && response.headers["Allow"] == "POST", "\(method) \(path)")
            }
        }
    }

    @Test(arguments: ["", "{", "{\"md5\":}", "nonsense", "{\"md5\":\"a\",\"md5\":\"b\"}", "\"a\" \"b\"", "\u{FEFF}{}"])
    func item11MalformedJSONIs400WithErrorCode5(body: String) async throws {
        let bakong = try await BakongWorld()
        let response = await bakong.send("/v1/verify", Array(body.utf8))
        #expect(response.status == 400 && response.errorCode == 5, "\(response.text)")
        let bytes = await bakong.send("/v1/verify", [0x22, 0xFF, 0x22])
        #expect(bytes.status == 400 && bytes.errorCode == 5)
    }

    @Test func item12BodiesHaveAtMost64KiB() async throws {
        let bakong = try await BakongWorld()
        let body = { (count: Int) in Array("{}".utf8) + [UInt8](repeating: UInt8(ascii: " "), count: count - 2) }
        #expect(await bakong.send("/v1/verify", body(64 * 1024)).status == 200)
        #expect(await bakong.send("/v1/verify", body(64 * 1024 + 1)).status == 413)
        #expect(ServerRefusal.bodyTooLarge.status == 413)
    }
}
