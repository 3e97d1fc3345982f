import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb
import Testing

@testable import KizunaPages

/// Shops in the console: found, frozen by one person, let go on by another, registered from a file.
@Suite struct ShopTests {
    private static let path = MerchantPages.path
    private let words = Words[.english].console

    private func makeWorld() async throws -> (ConsoleWorld, Browser, Merchant) {
        let world = try await ConsoleWorld()
        _ = try await world.addPayment()
        let merchant = try #require(try world.merchants().first)
        return (world, try await world.signIn("sokha"), merchant)
    }

    @Test func aShopIsFoundByEverythingThatNamesIt() async throws {
        let (_, browser, merchant) = try await makeWorld()
        for text in [merchant.id.description, merchant.key.text, ConsoleWorld.code] {
            let found = await browser.post(Self.path, ["text": text])
            #expect(found.status == 303 && found.headers["Location"] == "\(Self.path)/\(merchant.id)", "\(text)")
        }
        for fields in [
            ["text": "kizuna"], ["text": "tokyo"], ["text": "きず"], ["text": "0000000000001"],
            ["text": "Kizuna", "acquirer": "naniwa-acquiring"],
        ] {
            let found = await browser.post(Self.path, fields)
            #expect(found.status == 200 && found.text.contains("\(Self.path)/\(merchant.id)\""), "\(fields)")
        }
        let nothing = await browser.post(Self.path, ["text": "no such shop"])
        #expect(nothing.text.contains(words.shopDesk.found(0)) && !nothing.text.contains(merchant.id.description))
    }

    @Test func aShopsPageShowsItAndItsPayments() async throws {
        let (world, browser, merchant) = try await makeWorld()
        let payment = try #require(try world.payments().first)
        let page = await browser.get("\(Self.path)/\(merchant.id)").text
        for part in [
            "&lt;b&gt;Kizuna", "きずな", merchant.key.text, "/console/payments/\(payment.id)", words.shopDesk.freeze,
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(await browser.get("\(Self.path)/\(MerchantID(UniqueID(high: 1, low: 1)))").status == 404)
    }

    @Test func onePersonFreezesAndAnotherLetsPaymentsGoOn() async throws {
        let (world, sokha, merchant) = try await makeWorld()
        let path = "\(Self.path)/\(merchant.id)"
        let why = ["reason": "Three travellers told of empty shelves"]
        #expect(await sokha.post("\(path)/freeze", ["reason": " "]).status == 409)
        #expect(await sokha.post("\(path)/freeze", ["reason": String(repeating: "x", count: 141)]).status == 409)
        #expect(try await world.scan() == nil)
        #expect(await sokha.post("\(path)/freeze", why).status == 303)
        #expect(try await world.scan() == .merchantBlocked)
        #expect(await sokha.post("\(path)/freeze", why).status == 409)
        #expect(await sokha.get("\(Self.path)/frozen").text.contains(path))
        // Registering it anew does not open it.
        try await world.registerShop()
        #expect(try await world.scan() == .merchantBlocked)
        #expect(await sokha.post("\(path)/lift", why).status == 409, "Sokha approves, but not what Sokha froze")
        let mao = try await world.signIn("mao")
        #expect(await mao.post("\(path)/lift", why).status == 403)
        #expect(await mao.post("\(path)/freeze", why).status == 403)
        let yuki = try await world.signIn("yuki")
        #expect(await yuki.post("\(path)/lift", ["reason": "Called them; a mistake"]).status == 303)
        #expect(try await world.scan() == nil)
        #expect(!(await yuki.get("\(Self.path)/frozen").text.contains(path)))
        let page = await yuki.get(path).text
        for part in ["Three travellers", "Called them", "sokha", "yuki"] { #expect(page.contains(part), "\(part)") }
    }

    // MARK: From a file

    private static let header =
        "scheme,storeId,level2,level3,level4,name,localName,city,categoryCode,acceptsForeignPayers"

    private static func line(_ number: Int, _ name: String = "Ramen", city: String = "Osaka") -> String {
        "jpqr,\(1_000_000_000_000 + number),0001,000001,000001,\(name) \(number),\"麺屋, \(number)\",\(city),5812,true"
    }

    private func send(_ browser: Browser, _ lines: [String], to path: String = "") async -> HTTPResponse {
        let rows = ([Self.header] + lines).joined(separator: "\r\n")
        return await browser.post(
            "\(ShopImportPages.path)\(path)",
            ["acquirer": "naniwa-acquiring", "rows": rows]
        )
    }

    @Test func aFileIsLookedThroughAndThenRegisteredAtOnce() async throws {
        let (world, browser, _) = try await makeWorld()
        let lines = (1...3).map { Self.line($0) }
        let preview = await send(browser, lines)
        #expect(preview.status == 200 && preview.text.contains(words.shopImport.confirm(3, 0)))
        #expect(preview.text.contains("麺屋, 2"))
        #expect(try world.merchants().count == 1, "A preview writes nothing")
        let done = await send(browser, lines, to: "/confirmed")
        #expect(done.status == 303)
        #expect(await browser.get(done.headers["Location"] ?? "").text.contains(words.shopImport.done(3, 0, 0)))
        let registered = try world.merchants()
        #expect(registered.count == 4)
        // The same again changes nothing, and what differs changes that alone.
        #expect(await send(browser, lines).text.contains(words.shopImport.nothingToDo))
        #expect(
            await send(browser, lines, to: "/confirmed").headers["Location"]?.hasSuffix("added=0&changed=0&known=3")
                == true
        )
        #expect(try world.merchants() == registered)
        let other = [Self.line(1), Self.line(2, city: "Kobe"), Self.line(4)]
        #expect(
            await send(browser, other, to: "/confirmed").headers["Location"]?.hasSuffix("added=1&changed=1&known=1")
                == true
        )
        #expect(try world.merchants().map(\.city).sorted() == ["Kobe", "Osaka", "Osaka", "Osaka", "TOKYO"])
    }

    @Test func whatIsWrongIsToldLineByLineAndNothingIsWritten() async throws {
        let (world, browser, _) = try await makeWorld()
        let lines = [
            Self.line(1), Self.line(2, "らーめん"), Self.line(3, city: ""), Self.line(1, "Again"),
            "jpqr,1,0001,000001,000001,A,,Osaka,5812,true", Self.line(5).replacing("true", with: "maybe"), "jpqr,1",
        ]
        for path in ["", "/confirmed"] {
            let page = await send(browser, lines, to: path)
            #expect(page.status == 422)
            #expect(page.text.contains(words.shopImport.wrongLines(6)), "\(page.text)")
            for part in [
                "<th scope=\"row\">3</th>\n<td><code>name</code></td>\n<td>らーめん 2</td>",
                "<th scope=\"row\">4</th>\n<td><code>city</code></td>", words.shopImport.fault(.repeated(line: 2)),
                "<th scope=\"row\">6</th>\n<td><code>storeId</code></td>\n<td>1</td>", words.shopImport.rule(.storeId),
                "<td><code>acceptsForeignPayers</code></td>\n<td>maybe</td>",
                words.shopImport.fault(.fieldCount(2, expected: 10)),
            ] { #expect(page.text.contains(part), "\(part)") }
        }
        #expect(try world.merchants().count == 1)
    }

    @Test func anotherBanksShopAndAnotherCountrysAreTold() async throws {
        let (world, browser, merchant) = try await makeWorld()
        try await world.joinBank("other-bank")
        let khqr = "khqr,name@bank,,,,Cafe,,Phnom Penh,5814,true"
        let rows = "scheme,account,storeId,level2,level3,name,localName,city,categoryCode,acceptsForeignPayers\n\(khqr)"
        let fields = ["acquirer": "other-bank", "rows": rows]
        let page = await browser.post(ShopImportPages.path, fields)
        #expect(page.status == 422 && page.text.contains(words.shopImport.fault(.otherCountry)))
        guard case .jpqr(let levels) = merchant.key else { throw Surprise(status: 0) }
        let known = "jpqr,\(levels.joined(separator: ",")),Mine,,Osaka,5812,true"
        let stolen = ["acquirer": "other-bank", "rows": "\(Self.header)\n\(known)"]
        let refused = await browser.post(ShopImportPages.path, stolen)
        #expect(refused.status == 422 && refused.text.contains(words.shopImport.fault(.otherBank)))
        #expect(
            await browser.post("\(ShopImportPages.path)/confirmed", stolen).status == 422
        )
        #expect(try world.merchants() == [merchant])
    }

    @Test(
        arguments: [
            ([UInt8]("scheme,\"name\n".utf8), ShopList.Fault.Kind.quote), ([0xFF], .notUTF8), ([], .noShops),
            ([UInt8](repeating: 65, count: ShopList.mostBytes + 1), .tooLong(bytes: ShopList.mostBytes)),
            ([UInt8](repeating: 65, count: ShopList.mostBytes), .unknownColumn),
            (Array("\(header)\n".utf8), .noShops), (Array("\(header),name\n".utf8), .columnTwice),
            (Array("scheme,name,city,categoryCode\n".utf8), .columnMissing),
        ] as [([UInt8], ShopList.Fault.Kind)]
    )
    func filesThatAreNoListsAreRefused(bytes: [UInt8], fault: ShopList.Fault.Kind) {
        let list = ShopList(bytes)
        #expect(list.faults.first?.kind == fault && list.entries.isEmpty)
    }

    @Test func asManyShopsAsMayBeAreTakenAndNotOneMore() {
        let text = { (count: Int) in ([Self.header] + (1...count).map { Self.line($0) }).joined(separator: "\n") }
        #expect(ShopList(Array(text(ImportShops.most).utf8)).entries.count == ImportShops.most)
        let tooMany = ShopList(Array(text(ImportShops.most + 1).utf8))
        #expect(tooMany.faults.map(\.kind) == [.tooMany(shops: ImportShops.most)])
    }

    @Test func onlyOperatorsRegisterShops() async throws {
        let (world, _, _) = try await makeWorld()
        let mao = try await world.signIn("mao")
        #expect(await send(mao, [Self.line(1)], to: "/confirmed").status == 403)
        #expect(!(await mao.get(Self.path).text.contains(ShopImportPages.path)))
        #expect(try world.merchants().count == 1)
    }
}
