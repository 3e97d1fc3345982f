import DatabaseServer
import Foundation
import KizunaCommands
import KizunaSimulation
import KizunaWeb
import TestAuthority
import Testing

/// The Bakong facade of a real process: over TLS, on a listener of its own, with its commands.
@Suite struct BakongServeTests {
    /// Items 9 and 12 of the contract's checklist, and the envelope of what the server itself refuses.
    @Test func itStandsAtTheRootOfItsOwnHostOverTLS() async throws {
        let link = try await BakongLink()
        let clients = try BakongClients(link)
        let send = { (method: String, path: String, body: String) in
            try clients.succeed("plain", "request", [.string(method), .string(path), .string(body)])
        }
        let cases: [(method: String, path: String, body: String, status: JSON, error: JSON)] = [
            ("POST", "/v1/check_transaction_by_md5", "{}", 401, 6), ("POST", "/v1/renew_token", "{", 400, 5),
            ("POST", "/v1/renew_token", "{}", 200, 5), ("GET", "/v1/renew_token", "", 405, nil),
            ("POST", "/v1/payments", "{}", 404, nil), ("GET", "/", "", 404, nil),
            ("POST", "/v1/renew_token", String(repeating: " ", count: 64 * 1024 + 1), 413, nil),
            ("POST", "/" + String(repeating: "a", count: 9_000), "{}", 414, nil),
        ]
        for (method, path, body, status, error) in cases {
            let answer = try send(method, path, body)
            #expect(answer["status"] == status && answer["type"] == "application/json", "\(method) \(path.prefix(40))")
            let json = try JSON.parse(Array((answer.text(at: "text") ?? "").utf8))
            #expect(json["errorCode"] == error)
            guard case .object(let members) = json else { continue }
            #expect(members.map(\.name) == ["responseCode", "responseMessage", "errorCode", "data"])
        }
        try await link.stop()
    }

    /// A certificate that nobody has vouched for is not trusted by clients that check.
    @Test func aClientThatDoesNotKnowTheAuthorityRefuses() async throws {
        let link = try await BakongLink()
        let clients = try BakongClients(link, trusting: try TestAuthority())
        _ = try clients.succeed("", "use_token", [.string(link.token)])
        let answer = try clients.ask("bakong-khqr", "check_payment", ["x"])
        #expect(answer.text(at: "error")?.contains("CERTIFICATE_VERIFY_FAILED") == true)
        try await link.stop()
    }

    @Test func aShortLinkOpensAPageAndAPicture() async throws {
        let link = try await BakongLink()
        let clients = try BakongClients(link)
        let made = try clients.succeed(
            "pybakong",
            "generate_deeplink",
            [.string(DemoShop.klaingCafe.payload), "https://shop.example/i.png", "Shop", "shop://paid"]
        )
        let path = try #require(made.text?.dropFirst("https://127.0.0.1:\(link.port)".count))
        let page = try clients.succeed(
            "plain",
            "request",
            ["GET", .string(String(path)), "", ["Accept-Language": "km-KH,km;q=0.9"]]
        )
        #expect(page["status"] == 200 && page.text(at: "type") == "text/html; charset=utf-8")
        #expect(page.text(at: "text")?.contains("Café Klaing Co., Ltd") == true)
        #expect(page.text(at: "text")?.contains("<html lang=\"km\">") == true)
        let picture = try clients.succeed("plain", "request", ["GET", .string("\(path)/code.png")])
        #expect(picture["status"] == 200 && picture.text(at: "type") == "image/png")
        #expect(picture.text(at: "text")?.contains("PNG\r\n") == true)
        try await link.stop()
    }

    @Test func aMailProgramThatFailsIsErrorCode7AndNothingElse() async throws {
        let link = try await BakongLink()
        let clients = try BakongClients(link)
        try link.breakMail()
        for name in ["a", "b"] {
            let asked = try clients.ask("pybakong", "request_token", [.string("\(name)@shop.example"), "Shop", "Till"])
            #expect(asked.text(at: "error") == "BakongAPIError: Email server has been down.")
        }
        #expect(try clients.succeed("pybakong", "renew_token", [.string(BakongLink.email)]).text?.isEmpty == false)
        try await link.stop()
    }

    /// Everything on PostgreSQL, where the commands work beside the switch: who is shut out is out at the next call.
    @Test func onASharedDatabaseTheOperatorActsBesideTheSwitch() async throws {
        let server = try DatabaseServer()
        defer { server.end() }
        try server.query("CREATE DATABASE kizuna", in: "postgres")
        let database = server.url(of: "kizuna")
        let link = try await BakongLink(database: database)
        let clients = try BakongClients(link)
        _ = try clients.succeed("", "use_token", [.string(link.token)])
        let draft: JSON = [
            "account_id": "dara_till@wing", "merchant_name": "Dara Shop", "merchant_city": "Phnom Penh",
            "amount": 50_000, "currency": "KHR",
        ]
        let code = try #require(try clients.succeed("bakong-khqr", "create_qr", named: draft).text)
        let md5 = try clients.succeed("bakong-khqr", "generate_md5", [.string(code)])
        #expect(try await link.pay(code).state == "COMPLETED")
        let payment = try clients.succeed("bakong-khqr", "get_payment", [md5])
        #expect(payment["amount"] == 50_000 && payment.text(at: "currency") == "KHR")
        #expect(try clients.succeed("bakong-v2", "check_payment_by_hash", [payment["hash"] ?? nil]) == "PAID")
        #expect(try clients.succeed("pybakong", "renew_token", [.string(BakongLink.email)]).text != nil)
        #expect(try clients.succeed("pybakong", "check_bakong_account", ["dara_till@wing"]) == .null)

        let operate = { (arguments: [String]) in
            try Executable.run(["bakong"] + arguments + ["--email", BakongLink.email, "--database", database])
        }
        let check = { (token: String) in
            try clients.succeed("cambodia-bank.api", "check_md5", [md5, .string(token)])
        }
        #expect(try check(link.token)["responseCode"] == 0)
        #expect(try operate(["revoke"]).status == 0)
        #expect(try check(link.token)["errorCode"] == 6)
        let added = try operate(["add", "--organisation", "Shop", "--project", "Till"])
        let token = try #require(try JSON.parse(Array(added.output.utf8)).text(at: "token"))
        #expect(try check(token)["responseCode"] == 0)
        #expect(try check(link.token)["errorCode"] == 6)
        try await link.stop()
    }

    @Test func theOperatorRegistersListsAndShutsOut() async throws {
        let folder = try TemporaryFolder()
        let run = { (arguments: String...) in
            try Executable.run(["bakong"] + arguments + ["--database", "sqlite:\(folder.database)"])
        }
        let add = ["--email", "Till@Shop.example", "--organisation", "ហាង", "--project", "Till"]
        let added = try Executable.run(["bakong", "add"] + add + ["--database", "sqlite:\(folder.database)"])
        let token = try JSON.parse(Array(added.output.utf8)).text(at: "token")
        #expect(added.status == 0 && token?.split(separator: ".").count == 3)
        let twice = try Executable.run(["bakong", "add"] + add + ["--database", "sqlite:\(folder.database)"])
        #expect(twice.status == 1 && twice.complaint.contains("registered already"))
        let another = try run("token", "--email", "till@shop.example")
        #expect(another.status == 0 && another.output.contains("till@shop.example"))
        let listed = try JSON.parse(Array(try run("list", "--json").output.utf8))
        guard case .array(let projects)? = listed["projects"] else {
            Issue.record("\(listed)")
            return
        }
        #expect(projects.map { $0.text(at: "email") } == ["till@shop.example"])
        #expect(projects[0].text(at: "standing") == "active" && projects[0].text(at: "organisation") == "ហាង")
        #expect(try run("revoke", "--email", "till@shop.example").status == 0)
        #expect(try run("list").output.contains("revoked"))
        #expect(try run("token", "--email", "till@shop.example").status == 1)
        #expect(try run("revoke", "--email", "nobody@shop.example").status == 1)
        #expect(try run("revoke", "--email", "nobody").status == 2)
    }

    @Test(arguments: [
        (["--bakong-url", "https://x"], "needs --bakong-listen"),
        (["--bakong-listen", "127.0.0.1:0"], "needs --bakong-url"),
        (["--bakong-listen", "127.0.0.1"], "takes HOST:PORT"),
        (["--bakong-listen", "127.0.0.1:1", "--bakong-url", "x"], "takes https://HOST"),
        (["--bakong-listen", "127.0.0.1:1", "--bakong-tls-cert", "x"], "go together"),
        (["--bakong-listen", "127.0.0.1:1", "--bakong-account", "x"], "takes NAME@BANK"),
        (["--bakong-listen", "127.0.0.1:1", "--bakong-mail-from", "x"], "takes an e-mail address"),
    ])
    func wrongUsageIsToldWhatWouldBeRight(flags: [String], words: String) throws {
        let result = try Executable.run(["serve"] + flags)
        #expect(result.status == 2 && result.complaint.contains(words), "\(result.complaint)")
    }

    @Test(arguments: [
        ["--bakong-listen", "127.0.0.1:1", "--bakong-sendmail", "/no/such/program"],
        ["--bakong-listen", "127.0.0.1:1", "--bakong-tls-cert", "/no/such", "--bakong-tls-key", "/no/such"],
    ])
    func whatIsNotThereIsTold(flags: [String]) throws {
        let result = try Executable.run(["serve"] + flags)
        #expect(result.status == 3 && result.complaint.contains("/no/such"), "\(result.complaint)")
    }
}
