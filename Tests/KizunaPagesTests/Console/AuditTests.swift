import KizunaPayments
import KizunaSwitch
import KizunaWeb
import Testing

@testable import KizunaPages

/// Who has looked at what, and done what.
@Suite struct AuditTests {
    private let words = Words[.english].console.audit

    @Test func whatPeopleLookAtAndDoIsWrittenDown() async throws {
        let world = try await ConsoleWorld()
        let payment = try await world.addPayment()
        let merchant = try #require(try world.merchants().first)
        let sokha = try await world.signIn("sokha")
        let exception = "/console/exceptions/\(payment.id)"
        let shop = "\(MerchantPages.path)/\(merchant.id)"
        let steps: [(String, [String: String]?)] = [
            ("/console/payments", ["text": "4567", "state": "EXCEPTION"]), ("/console/payments/\(payment.id)", nil),
            (exception, nil), ("\(exception)/proposals", ["decision": "reverse", "note": "Sure"]),
            (MerchantPages.path, ["text": "kizuna"]), (shop, nil), ("\(shop)/freeze", ["reason": "Empty shelves"]),
        ]
        for (path, fields) in steps {
            world.clock.advance(by: .seconds(1))
            _ = if let fields { await sokha.post(path, fields) } else { await sokha.get(path) }
        }
        let entries = try world.entries().reversed()
        let expected: [(AuditEntry.Act, String?)] = [
            (.signedIn, nil), (.searchedPayments, "accountEnding state"), (.sawPayment, nil), (.sawException, nil),
            (.proposed, nil), (.searchedShops, "text"), (.sawShop, nil), (.froze, "Empty shelves"),
        ]
        #expect(entries.map(\.act) == expected.map(\.0))
        #expect(entries.map(\.detail) == expected.map(\.1))
        #expect(entries.allSatisfy { $0.person.description == "sokha" })
        #expect(entries.compactMap(\.subject).contains(payment.id.value))
    }

    /// Nothing is written down of what came to nothing, and what is looked for is nobody's to read.
    @Test func whatIsRefusedOrUnknownIsNotWrittenDown() async throws {
        let world = try await ConsoleWorld()
        let payment = try await world.addPayment()
        let mao = try await world.signIn("mao")
        let before = try world.entries().count
        _ = await mao.post("/console/exceptions/\(payment.id)/proposals", ["decision": "reverse", "note": "Sure"])
        _ = await mao.get("/console/payments/\(payment.uetr)")
        #expect(try world.entries().count == before)
        world.clock.advance(by: .seconds(1))
        _ = await mao.post("/console/payments", ["text": ConsoleWorld.code])
        #expect(try world.entries().first?.detail == "code")
    }

    @Test func theLogIsSearchedByPersonAndDay() async throws {
        let world = try await ConsoleWorld()
        let payment = try await world.addPayment()
        let sokha = try await world.signIn("sokha")
        _ = await sokha.get("/console/payments/\(payment.id)")
        world.clock.advance(by: .seconds(86_400))
        let yuki = try await world.signIn("yuki")
        _ = await yuki.get("/console/exceptions/\(payment.id)")
        let all = await yuki.get("/console/log?lang=en").text
        for act in [AuditEntry.Act.sawPayment, .sawException, .signedIn] {
            #expect(all.contains(cell(act)), "\(act)")
        }
        #expect(all.contains("/console/payments/\(payment.id)"))
        let ones = await yuki.get("/console/log?person=sokha").text
        #expect(ones.contains(cell(.sawPayment)) && !ones.contains(cell(.sawException)))
        let day = MomentText(world.clock.now(), in: Language.english.clock).isoDate
        let today = await yuki.get("/console/log?day=\(day)").text
        #expect(today.contains(cell(.sawException)) && !today.contains(cell(.sawPayment)))
        let nobody = await yuki.get("/console/log?person=nobody-else&day=\(day)").text
        #expect(nobody.contains(words.nothing))
    }

    @Test func thePaymentTellsWhoSawIt() async throws {
        let world = try await ConsoleWorld()
        let payment = try await world.addPayment()
        let yuki = try await world.signIn("yuki")
        _ = await yuki.get("/console/payments/\(payment.id)")
        let page = await (try await world.signIn("sokha")).get("/console/payments/\(payment.id)?lang=en").text
        #expect(page.contains("<td>yuki</td>\n\(cell(.sawPayment))"))
    }

    private func cell(_ act: AuditEntry.Act) -> String {
        act.isDeed ? "<td><strong>\(words.act(act))</strong></td>" : "<td>\(words.act(act))</td>"
    }
}
