import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Testing

@testable import KizunaPages

/// The operators' console, page by page, as a browser asks for it.
@Suite struct ConsoleTests {
    @Test func whoIsNotSignedInIsLedToTheDoor() async throws {
        let world = try await ConsoleWorld()
        for path in ["/console", "/console/payments", "/console/exceptions", "/console/health", "/console/events"] {
            let answer = await world.site.respond(to: HTTPRequest(method: "GET", path: path))
            #expect(answer.status == 303 && answer.headers["Location"] == "/console/sign-in", "\(path)")
        }
    }

    @Test(arguments: Language.allCases)
    func everyPlaceCanBeSeen(language: Language) async throws {
        let world = try await ConsoleWorld()
        let browser = try await world.signIn("sokha")
        for place in ConsolePlace.allCases where place != .chaos {
            let page = await browser.get("\(place.path)?lang=\(language.rawValue)")
            #expect(page.status == 200, "\(place.path)")
            let html = String(decoding: page.body, as: UTF8.self)
            #expect(html.contains(place.name(Words[language].console)))
            #expect(html.contains("lang=\"\(language.rawValue)\""))
            #expect(page.body.count < 100_000)
        }
    }

    // MARK: Sessions

    @Test func aWrongPasswordIsToldAndAGuesserWaits() async throws {
        let world = try await ConsoleWorld()
        let browser = Browser(world)
        for _ in 0..<4 { #expect(await browser.signIn("sokha", password: "Wrong horse", code: "000000").status == 401) }
        let held = await browser.signIn("sokha", password: "Wrong horse", code: "000000")
        #expect(held.status == 429 && held.headers["Retry-After"] == "1")
    }

    /// Neither strangers' scripts nor plain connections get the session.
    @Test func theSessionsCookieIsForTheSwitchAlone() async throws {
        let world = try await ConsoleWorld(isSecure: true)
        let browser = Browser(world)
        let answer = await browser.signIn("sokha")
        let cookies = answer.headers.fields.filter { $0.name == "Set-Cookie" }.map(\.value)
        let session = try #require(cookies.first { $0.hasPrefix("kizuna_session=kz_") })
        for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] { #expect(session.contains(part)) }
    }

    @Test func aStolenCookieIsWorthNothingAfterTheSignOut() async throws {
        let world = try await ConsoleWorld()
        let browser = try await world.signIn("sokha")
        let thief = browser.copy()
        #expect(await thief.get("/console").status == 200)
        #expect(await browser.post("/console/sign-out", [:]).status == 303)
        #expect(await thief.get("/console").status == 303)
        #expect(await browser.get("/console").status == 303)
    }

    /// What was in the browser before the sign-in is no session after it.
    @Test func aPlantedSessionIsNotAdopted() async throws {
        let world = try await ConsoleWorld()
        let browser = Browser(world)
        browser.plant("kizuna_session", "kz_planted")
        #expect(await browser.signIn("sokha").status == 303)
        #expect(browser.cookie("kizuna_session") != "kz_planted")
        #expect(await browser.get("/console").status == 200)
        browser.plant("kizuna_session", "kz_planted")
        #expect(await browser.get("/console").status == 303)
    }

    /// Another site's form, a form of before the sign-in, and none at all.
    @Test func onlyOurOwnFormsAreTaken() async throws {
        let world = try await ConsoleWorld()
        let before = Browser(world)
        let stale = await before.token(on: "/console/sign-in")
        let browser = try await world.signIn("sokha", in: before)
        #expect(await browser.post("/console/payments", ["text": "x"], token: stale).status == 403)
        #expect(await browser.post("/console/payments", ["text": "x"], token: "").status == 403)
        #expect(await browser.post("/console/payments", ["text": "x"], site: "cross-site").status == 403)
        #expect(await browser.post("/console/payments", ["text": "x"], origin: "https://evil.example").status == 403)
        #expect(await browser.post("/console/payments", ["text": "x"]).status == 200)
    }

    // MARK: Payments

    @Test func aPaymentIsFoundByEverythingThatNamesIt() async throws {
        let world = try await ConsoleWorld()
        let payment = try await world.addPayment()
        let browser = try await world.signIn("sokha")
        for text in [
            payment.id.description, payment.id.value.compact, payment.uetr.description, payment.quote.description,
        ] {
            let found = await browser.post("/console/payments", ["text": text])
            #expect(found.status == 303 && found.headers["Location"] == "/console/payments/\(payment.id)", "\(text)")
        }
        for fields in [
            ["text": payment.code.value.compact], ["text": "4567"],
            ["amount": "1980", "currency": "JPY"], ["participant": "mekong-bank"], ["state": "EXCEPTION"],
        ] {
            let found = await browser.post("/console/payments", fields)
            #expect(found.status == 200 && found.text.contains("/console/payments/\(payment.id)\""), "\(fields)")
        }
        for fields in [["text": "9999"], ["text": "INV-8"], ["amount": "1981", "currency": "JPY"], ["state": "SENT"]] {
            let found = await browser.post("/console/payments", fields)
            #expect(found.status == 200 && !found.text.contains("/console/payments/\(payment.id)\""), "\(fields)")
        }
    }

    @Test func theXRayShowsEverythingAndNoWholeAccount() async throws {
        let world = try await ConsoleWorld()
        let payment = try await world.addPayment()
        let browser = try await world.signIn("sokha")
        let page = await browser.get("/console/payments/\(payment.id)").text
        for part in [
            "¥1,980", "៛53,642", payment.uetr.description, "…4567", "&lt;b&gt;Kizuna", "<svg",
            "/console/exceptions/\(payment.id)",
        ] { #expect(page.contains(part), "\(part)") }
        #expect(!page.contains("855-12-34567") && !page.contains("<b>Kizuna"))
        #expect(await browser.get("/console/payments/\(PaymentID(UniqueID(high: 1, low: 1)))").status == 404)
    }

    @Test func aCodeAtHandIsExplainedAndHeldAgainstThePayment() async throws {
        let world = try await ConsoleWorld()
        let payment = try await world.addPayment()
        let browser = try await world.signIn("sokha")
        let words = Words[.english].console.xray
        let path = "/console/payments/\(payment.id)/code"
        let right = await browser.post(path, ["code": ConsoleWorld.code]).text
        #expect(right.contains(words.isThisCode) && right.contains("KIZUNA SHOTEN"))
        #expect(await browser.post(path, ["code": ConsoleWorld.code + " "]).text.contains(words.isAnotherCode))
    }

    /// Every message that the payment called for is told, whether it is still there or has arrived and gone.
    @Test func theXRayTellsEveryMessage() async throws {
        let world = try await ConsoleWorld()
        let payment = try await world.addPayment()
        let kept = try world.messages(of: payment)
        let letters = payment.letters(refunds: [])
        #expect(Set(letters.map(\.kind)) == [.creditRequest, .paymentUpdate, .reversalRequest])
        #expect(kept.allSatisfy { one in letters.contains { ($0.kind, $0.at) == (one.kind, one.createdAt) } })
        let page = await (try await world.signIn("sokha")).get("/console/payments/\(payment.id)?lang=en").text
        let words = Words[.english].console.messages
        for kind in Set(letters.map(\.kind)) {
            #expect(page.contains("<td>\(Markup.text(words.kindName(kind)))</td>"), "\(kind)")
        }
    }

    // MARK: Two persons

    @Test func onePersonProposesAndAnotherApproves() async throws {
        let world = try await ConsoleWorld()
        let payment = try await world.addPayment()
        let path = "/console/exceptions/\(payment.id)"
        let sokha = try await world.signIn("sokha")
        #expect(await sokha.get("/console/exceptions").text.contains(path))
        let unreasoned = await sokha.post("\(path)/proposals", ["decision": "reverse", "note": " "])
        #expect(unreasoned.status == 409)
        let reason = ["decision": "reverse", "note": "Their books show no such credit"]
        #expect(await sokha.post("\(path)/proposals", reason).status == 303)
        let proposal = try #require(try world.exceptionCase(of: payment)?.proposal?.id.description)
        let alone = await sokha.post("\(path)/approvals", ["proposal": proposal])
        #expect(alone.status == 409, "Sokha may approve, but not what Sokha proposed")
        let auditor = try await world.signIn("mao")
        #expect(await auditor.post("\(path)/approvals", ["proposal": proposal]).status == 403)
        #expect(await auditor.post("\(path)/proposals", reason).status == 403)
        let yuki = try await world.signIn("yuki")
        #expect(await yuki.post("\(path)/approvals", ["proposal": proposal]).status == 303)
        #expect(try world.exceptionCase(of: payment)?.closing?.approver.description == "yuki")
        #expect(try world.payment(payment.id)?.state == .reversed)
        #expect(await yuki.get("/console/exceptions").text.contains(Words[.english].console.exceptions.nothing))
    }

    @Test func twoPersonsDecideADispute() async throws {
        let world = try await ConsoleWorld()
        let dispute = try await world.addDispute()
        let path = "/console/disputes/\(dispute.id)"
        let sokha = try await world.signIn("sokha")
        #expect(await sokha.get("/console/disputes?state=ESCALATED").text.contains(path))
        #expect(await sokha.post("\(path)/proposals", ["decision": "uphold", "note": ""]).status == 409)
        // Files are for saving: other people chose their bytes.
        let file = try #require(await sokha.get(path).text.firstMatch(of: /evidence\/[0-9a-f-]{36}/)?.output)
        let download = await sokha.get("\(path)/\(file)")
        #expect(download.text == ConsoleWorld.receipt)
        #expect(download.headers["Content-Disposition"]?.hasPrefix("attachment") == true)
        #expect(await sokha.get("/console/disputes/\(UniqueID(high: 1, low: 1))/\(file)").status == 404)
        #expect(await Browser(world).get("\(path)/\(file)").status == 303, "For those who are signed in")
        let reason = ["decision": "uphold", "note": "No <receipt>"]
        #expect(await sokha.post("\(path)/proposals", reason).status == 303)
        let proposal = try #require(try world.dispute(dispute.id)?.proposal?.id.description)
        #expect(!(await sokha.get(path).text.contains("\(path)/approvals")))
        #expect(await sokha.post("\(path)/approvals", ["proposal": proposal]).status == 409)
        let auditor = try await world.signIn("mao")
        #expect(await auditor.post("\(path)/approvals", ["proposal": proposal]).status == 403)
        #expect(await auditor.post("\(path)/proposals", reason).status == 403)
        let yuki = try await world.signIn("yuki")
        let seen = await yuki.get(path).text
        #expect(seen.contains("\(path)/approvals") && seen.contains("No &lt;receipt&gt;"))
        #expect(await yuki.post("\(path)/approvals", ["proposal": proposal]).status == 303)
        let decided = try #require(try world.dispute(dispute.id))
        #expect(decided.state == .accepted && decided.approver?.description == "yuki" && decided.refund != nil)
        #expect(!(await yuki.get(path).text.contains("\(path)/proposals")))
        let acts = try world.entries().map(\.act)
        #expect(acts.contains(.proposedDispute) && acts.contains(.decidedDispute))
    }

    // MARK: Live

    @Test func theOverviewGoesOnByItself() async throws {
        let world = try await ConsoleWorld()
        let browser = try await world.signIn("sokha")
        let first = await browser.get("/console/events")
        #expect(first.headers["Content-Type"]?.hasPrefix("text/event-stream") == true)
        #expect(first.text.contains("event: change") && first.text.contains("<svg"))
        let id = try #require(first.text.split(separator: "\n").first { $0.hasPrefix("id: ") }?.dropFirst(4))
        world.clock.advance(by: FlowMonitor.interval)
        let second = await browser.get("/console/events", lastEvent: String(id))
        #expect(second.text.contains("event: change") && !second.text.contains("id: \(id)\n"))
    }
}
