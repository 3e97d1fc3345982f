import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// How software comes to a token, and how it loses it.
@Suite struct BakongAccessTests {
    private let request: JSON = ["email": "New@Shop.example", "organization": "Shop", "project": "Till"]

    private func isLetIn(_ token: String?, _ bakong: BakongWorld) async -> Bool {
        await bakong.call("check_transaction_by_md5", ["md5": "x"], token: token ?? "").status == 200
    }

    @Test func aCodeByMailLeadsToAToken() async throws {
        let bakong = try await BakongWorld()
        let asked = await bakong.callOpenly("request_token", request)
        #expect(asked.json.text(at: "responseMessage") == "Email has been sent" && asked.json["data"] == .null)
        let mail = try #require(bakong.mails.all.last)
        #expect(mail.to == "new@shop.example" && bakong.mails.all.count == 1)
        let code = try #require(bakong.mails.code)
        #expect(code.utf8.count == 20)
        #expect(await bakong.callOpenly("renew_token", ["email": "new@shop.example"]).errorCode == 10)
        let verified = await bakong.callOpenly("verify", ["code": .string(code)])
        #expect(verified.json.text(at: "responseMessage") == "Token has been issued")
        #expect(await isLetIn(verified.json.text(at: "data", "token"), bakong))
        // A code is good once.
        let again = await bakong.callOpenly("verify", ["code": .string(code)])
        #expect(again.status == 401 && again.errorCode == 6)
        #expect(await bakong.callOpenly("request_token", request).errorCode == 8)
        let renewed = await bakong.callOpenly("renew_token", ["email": "NEW@shop.example"])
        #expect(await isLetIn(renewed.json.text(at: "data", "token"), bakong))
    }

    @Test func aCodeThatIsWrongOrLateIsRefused() async throws {
        let bakong = try await BakongWorld()
        _ = await bakong.callOpenly("request_token", request)
        let code = try #require(bakong.mails.code)
        let wrong = await bakong.callOpenly("verify", ["code": .string(String(code.reversed()) + "x")])
        #expect(wrong.status == 401 && wrong.errorCode == 6)
        bakong.world.clock.advance(by: BakongProject.codeLife)
        #expect(await bakong.callOpenly("verify", ["code": .string(code)]).errorCode == 6)
        #expect(await bakong.callOpenly("request_token", request).json["responseCode"] == 0)
        #expect(bakong.mails.code != code)
    }

    @Test func withoutMailThereIsNoSigningUp() async throws {
        let without = try await BakongWorld(hasMail: false)
        #expect(await without.callOpenly("request_token", request).errorCode == 7)
        let bakong = try await BakongWorld()
        bakong.mails.close()
        #expect(await bakong.callOpenly("request_token", request).errorCode == 7)
    }

    @Test(
        arguments: [
            ["organization": "Shop", "project": "Till"], ["email": "a@b", "project": "Till"],
            ["email": "a@b", "organization": "Shop"], ["email": "nobody", "organization": "Shop", "project": "Till"],
            ["email": "a@b\r\nBcc: c@d", "organization": "Shop", "project": "Till"],
            ["email": "-f@b", "organization": "Shop", "project": "Till"],
            ["email": "a,c@b", "organization": "Shop", "project": "Till"],
            ["email": "a-very-long-name-of-somebody@b.example", "organization": "Shop", "project": "Till"],
            ["email": "a@b", "organization": "", "project": "Till"],
        ] as [JSON]
    )
    func whatCannotBeSignedUpIsRefused(body: JSON) async throws {
        let bakong = try await BakongWorld()
        #expect(await bakong.callOpenly("request_token", body).errorCode == 5)
        #expect(bakong.mails.all.isEmpty)
    }

    @Test func whatLapsedIsClearedAway() async throws {
        let bakong = try await BakongWorld()
        for number in 1...3 {
            let body: JSON = ["email": .string("\(number)@shop.example"), "organization": "S", "project": "T"]
            #expect(await bakong.callOpenly("request_token", body).json["responseCode"] == 0)
        }
        bakong.world.clock.advance(by: BakongProject.codeLife)
        _ = await bakong.callOpenly("request_token", request)
        let waiting = try bakong.world.store.read { reader throws(StoreError) in
            try reader.bakongProjects(.unconfirmed, limit: 10)
        }
        #expect(waiting.map(\.email) == ["new@shop.example"])
    }

    @Test func aTokenEndsAfterNinetyDays() async throws {
        let bakong = try await BakongWorld()
        bakong.world.clock.advance(by: BakongKey.tokenLife - .seconds(1))
        #expect(await isLetIn(bakong.token, bakong))
        bakong.world.clock.advance(by: .seconds(1))
        #expect(!(await isLetIn(bakong.token, bakong)))
    }

    @Test func everyCharacterOfATokenCounts() async throws {
        let bakong = try await BakongWorld(rate: RateLimiter.Rate(perSecond: 10_000, burst: 10_000))
        for (offset, character) in bakong.token.enumerated() {
            let index = bakong.token.index(bakong.token.startIndex, offsetBy: offset)
            var changed = bakong.token
            changed.replaceSubrange(index...index, with: character == "A" ? "B" : "A")
            #expect(!(await isLetIn(changed, bakong)), "\(offset)")
        }
    }

    /// Tokens that say themselves how they want to be checked.
    @Test func aTokenDoesNotChooseItsAlgorithm() async throws {
        let bakong = try await BakongWorld()
        let parts = bakong.token.split(separator: ".")
        for header: JSON in [
            ["alg": "none", "kid": "1"], ["alg": "HS512", "kid": "1"], ["alg": "HS256", "kid": "9"], [:],
        ] {
            let content = "\(Base64.url.encode(header.encoded)).\(parts[1])"
            for key in [[], Array("secret".utf8)] {
                let code = BakongWorld.authenticator.code(of: Array(content.utf8), key: key)
                #expect(!(await isLetIn("\(content).\(Base64.url.encode(code))", bakong)))
            }
            #expect(!(await isLetIn("\(content).", bakong)))
        }
    }

    @Test func whoIsShutOutIsOutAtOnceAndForGood() async throws {
        let bakong = try await BakongWorld()
        #expect(await isLetIn(bakong.token, bakong))
        try await bakong.world.operate(.bakong(.revoke(email: bakong.project.email)))
        #expect(!(await isLetIn(bakong.token, bakong)))
        #expect(await bakong.callOpenly("renew_token", ["email": .string(bakong.project.email)]).errorCode == 10)
        // Let in anew, tokens of before stay void.
        _ = try await BakongWorld.add(bakong.project.email, to: bakong.world)
        #expect(!(await isLetIn(bakong.token, bakong)))
        let renewed = await bakong.callOpenly("renew_token", ["email": .string(bakong.project.email)])
        #expect(await isLetIn(renewed.json.text(at: "data", "token"), bakong))
    }

    @Test func theSigningKeyChangesAndOldTokensHold() async throws {
        let bakong = try await BakongWorld()
        bakong.world.clock.advance(by: BakongKey.signingTime)
        let renewed = await bakong.callOpenly("renew_token", ["email": .string(bakong.project.email)])
        let token = try #require(renewed.json.text(at: "data", "token"))
        #expect(SignedToken(bakong.token)?.keyNumber == 1)
        #expect(SignedToken(token)?.keyNumber == 2)
        #expect(await isLetIn(bakong.token, bakong))
        #expect(await isLetIn(token, bakong))
        bakong.world.clock.advance(by: BakongKey.signingTime + BakongKey.tokenLife)
        _ = await bakong.callOpenly("renew_token", ["email": .string(bakong.project.email)])
        let keys = try bakong.world.store.read { reader throws(StoreError) in try reader.bakongKeys() }
        #expect(keys.map(\.number) == [3])
    }

    /// A facade of another node knows a key as soon as it is asked for it.
    @Test func tokensOfAnotherNodeHold() async throws {
        let bakong = try await BakongWorld()
        let other = BakongTokens(bakong.world.engine.bakongKeeper, authenticator: BakongWorld.authenticator)
        #expect(try other.project(of: "a.b.c") == nil)
        #expect(try other.project(of: bakong.token)?.email == bakong.project.email)
    }

    @Test func aMailSaysNothingThatItsReceiverDidNotAskFor() async throws {
        let mail = MailedCode(text: "ABCDE").mail(to: "a@b", from: "kizuna@localhost")
        #expect(mail.message.hasPrefix("From: kizuna@localhost\nTo: a@b\nSubject: "))
        #expect(mail.message.contains("\n\nYour code is\n\n    ABCDE\n\n"))
        #expect(MailedCode.random() != MailedCode.random())
    }
}
