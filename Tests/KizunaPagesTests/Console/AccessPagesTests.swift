import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb
import Testing

@testable import KizunaPages

/// Two people change who is let in, page by page, as browsers ask for it.
@Suite struct AccessPagesTests {
    private static let words = Words[.english].console.access

    /// Sends a proposal's form, and returns the page that it leads to.
    private func propose(_ browser: Browser, _ path: String, _ fields: [String: String]) async throws -> String {
        let answer = await browser.post(path, fields.merging(["note": "the night shift"]) { own, _ in own })
        try #require(answer.status == 303, "\(answer.text)")
        return try #require(answer.headers["Location"])
    }

    @Test func onePersonProposesRolesAndAnotherApproves() async throws {
        let world = try await ConsoleWorld()
        let (sokha, mao) = (try await world.signIn("sokha"), try await world.signIn("mao"))
        let path = "/console/access/people/mao/proposals"
        let wish = ["wish": "roles", "grant-support": "yes", "grant-operator": "yes"]
        #expect(await mao.post(path, wish.merging(["note": "me"]) { $1 }).status == 403)
        #expect(await sokha.post(path, wish).text.contains(Self.words.sayWhy), "without a reason")
        #expect(await sokha.post(path, ["wish": "roles", "note": "x"]).status == 409, "without a role")
        #expect(await sokha.post(path, ["wish": "crown", "note": "x"]).status == 400)
        #expect(await sokha.post("/console/access/people/nobody/proposals", wish).status == 404)

        let change = try await propose(sokha, path, wish)
        #expect(await sokha.get("/console/access").text.contains(change))
        #expect(!(await sokha.get(change).text.contains("\(change)/approvals")), "one's own")
        #expect(await sokha.post("\(change)/approvals", [:]).status == 409)
        #expect(await mao.post("\(change)/approvals", [:]).status == 403)
        #expect(try world.person("mao")?.roles == .auditor)
        let yuki = try await world.signIn("yuki")
        let seen = await yuki.get(change).text
        #expect(seen.contains("\(change)/approvals") && seen.contains("the night shift"))
        #expect(await yuki.post("\(change)/approvals", [:]).status == 303)
        #expect(try world.person("mao")?.roles == [.operator, .support])
        #expect(await mao.get("/console").status == 303, "the session goes on")
        #expect(await yuki.post("\(change)/approvals", [:]).status == 409)
        #expect(await yuki.get("/console/access").text.contains(Self.words.nothingWaits))
    }

    /// An approver is not asked, and cannot say, about himself.
    @Test func nobodyApprovesHisOwn() async throws {
        let world = try await ConsoleWorld()
        let (sokha, yuki) = (try await world.signIn("sokha"), try await world.signIn("yuki"))
        let wish = ["wish": "roles", "grant-approver": "yes"]
        let change = try await propose(sokha, "/console/access/people/yuki/proposals", wish)
        #expect(!(await yuki.get(change).text.contains("\(change)/approvals")))
        #expect(await yuki.post("\(change)/approvals", [:]).status == 409)
        #expect(await sokha.post("\(change)/withdrawals", [:]).status == 303)
        #expect(try world.person("yuki")?.roles == [.operator, .approver])
    }

    @Test func whoIsSuspendedIsOutAtOnce() async throws {
        let world = try await ConsoleWorld()
        let (sokha, yuki) = (try await world.signIn("sokha"), try await world.signIn("yuki"))
        let mao = try await world.signIn("mao")
        let path = "/console/access/people/mao/proposals"
        let change = try await propose(sokha, path, ["wish": "suspend"])
        #expect(await mao.get("/console").status == 200)
        #expect(await yuki.post("\(change)/approvals", [:]).status == 303)
        #expect(await mao.get("/console").status == 303)
        #expect(try world.keys(of: "mao").allSatisfy { $0.revokedAt != nil })
        let back = try await propose(sokha, path, ["wish": "reinstate"])
        #expect(await yuki.post("\(back)/approvals", [:]).status == 303)
        #expect(try world.person("mao")?.standing == .active)
    }

    @Test func theKeyIsShownOnceToWhoProposedIt() async throws {
        let world = try await ConsoleWorld()
        _ = try await world.addPayment()
        let (sokha, yuki) = (try await world.signIn("sokha"), try await world.signIn("yuki"))
        let path = "/console/participants/mekong-bank/keys"
        for days in ["0", "3651", "many", "-1"] {
            let fields = ["grant-read": "yes", "days": days, "note": "x"]
            #expect([400, 409].contains(await sokha.post(path, fields).status), "\(days)")
        }
        let change = try await propose(sokha, path, ["grant-read": "yes", "grant-pay": "yes", "days": "30"])
        #expect(await sokha.post("\(change)/key", [:]).status == 409, "not approved")
        #expect(await yuki.post("\(change)/approvals", [:]).status == 303)
        let others = await yuki.post("\(change)/key", [:])
        #expect(others.status == 409 && !others.text.contains("kz_"), "who approved")
        let shown = await sokha.post("\(change)/key", [:])
        let text = try #require(shown.text.firstMatch(of: /kz_[A-Za-z0-9_-]{43}/)).output
        #expect(shown.status == 200 && shown.headers["Cache-Control"] == "no-store")
        let digest = Digest.sha256(Array(text.utf8))
        let key = try #require(world.engine.directory.key(.secret, withDigest: digest, at: world.clock.now()))
        #expect(key.grants == [.pay, .read] && key.owner.participant?.description == "mekong-bank")
        #expect(key.expiresAt == world.clock.now().adding(.seconds(30 * 86_400)))
        for page in [
            await sokha.post("\(change)/key", [:]), await sokha.get(change), await yuki.get(change),
            await yuki.get("/console/access"), await yuki.get("/console/participants/mekong-bank"),
        ] { #expect(!page.text.contains("kz_")) }

        let revocation = try await propose(sokha, "\(path)/\(key.id)", [:])
        #expect(await yuki.post("\(revocation)/approvals", [:]).status == 303)
        #expect(world.engine.directory.key(.secret, withDigest: digest, at: world.clock.now()) == nil)
    }

    @Test func theLogShowsWhatWasDoneWhicheverWay() async throws {
        let world = try await ConsoleWorld()
        let mao = try await world.signIn("mao")
        let page = await mao.get("/console/access").text
        #expect(page.contains(Self.words.act(.addPerson)) && page.contains(Self.words.commandLine))
        #expect(!page.contains("<form method=\"post\" action=\"/console/access"), "an auditor changes nothing")
        #expect(!(await mao.get("/console/access/people/sokha").text.contains("/proposals")))
    }

    @Test func whatHasLapsedWaitsForNobody() async throws {
        let world = try await ConsoleWorld()
        let change = try await propose(
            try await world.signIn("sokha"),
            "/console/access/people/mao/proposals",
            ["wish": "suspend"]
        )
        world.clock.advance(by: AccessChange.proposalLife)
        let yuki = try await world.signIn("yuki")
        let page = await yuki.get("/console/access").text
        #expect(page.contains(Self.words.nothingWaits) && page.contains(Self.words.lapsed))
        #expect(!(await yuki.get(change).text.contains("\(change)/approvals")))
        #expect(await yuki.post("\(change)/approvals", [:]).status == 409)
    }
}
