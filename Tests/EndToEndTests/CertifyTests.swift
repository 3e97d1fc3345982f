import Foundation
import KizunaCommands
import KizunaCrypto
import KizunaMicrohttpd
import KizunaSimulation
import KizunaWeb
import Testing

/// `kizuna certify` as an operator runs it, beside a switch, against banks that joined it.
@Suite struct CertifyTests {
    private typealias Certify = ([String]) throws -> (status: Int32, output: String, complaint: String)

    @Test func aBankIsTriedWhereItIsRegisteredAndNothingIsWritten() async throws {
        let folder = try TemporaryFolder()
        let master = "whsec_" + Data((0..<32).map { UInt8($0) }).base64EncodedString()
        let config = folder.url.appendingPathComponent("kizuna.json").path
        try #"{"signingSecret": "\#(master)"}"#.write(toFile: config, atomically: true, encoding: .utf8)
        let database = "sqlite:\(folder.database)"
        let secret = try #require(WebhookSecret(master))
        let banks = try SimulatedBanks(signingSecret: secret)
        let keys = try banks.join(on: database)
        let server = try ServeProcess(database: database, listen: "127.0.0.1:0", config: config)
        _ = try await banks.connect(to: server.baseURL, keys: keys)
        let common = [
            "--database", database, "--config", config, "--allow-addresses", "127.0.0.0/8", "--allow-http",
        ]
        let certify = { (arguments: [String]) in try Executable.run(["certify"] + arguments + common) }

        let page = folder.url.appendingPathComponent("report.html")
        for (name, count) in [("mekong-bank", 63), ("naniwa-acquiring", 94), ("angkor-acquiring", 105)] {
            let answer = try certify(["--participant", name, "--json", "--report", page.path])
            #expect(answer.status == 0, "\(answer.complaint)")
            let report = try #require(
                JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
            )
            #expect(report["certified"] as? Bool == true && report["participant"] as? String == name)
            #expect((report["checks"] as? [Any])?.count == count)
        }
        let html = try String(contentsOf: page, encoding: .utf8)
        #expect(html.contains("<h1>Angkor Acquiring") && html.contains("default-src 'none'"))
        #expect(!html.contains("<script"))
        let books = try Executable.json("books", "verify", "--database", database, "--json")
        #expect(books["ok"] == true && books["transfers"] == 0)

        let most = try certify(["--participant", "naniwa-acquiring"] + CertifyTests.withoutClocks)
        #expect(most.output.hasSuffix("\nNaniwa Acquiring: 79 passed, 2 not applicable\n✔ certified\n"))
        let rates = ["rate.published", "rate.there-and-back", "rate.both-ways"].joined(separator: ",")
        let provider = try certify(["--participant", "tonle-fx", "--checks", rates])
        #expect(provider.output.contains("Tonle FX: 3 passed\n✔ certified\n"), "\(provider.output)")
        let some = try certify(["--participant", "naniwa-acquiring", "--checks", "name,credit.zero"])
        #expect(some.status == 0 && some.output.contains("Naniwa Acquiring: 14 passed\n✔ certified\n"))
        try refusals(certify)
        try await ownServer(banks, folder, config)
        try await webhook(of: banks, certify)
        #expect(server.terminate() == 0)
        await banks.stop()
    }

    /// A webhook is tried with its own secret, and both while that is being changed.
    private func webhook(of banks: SimulatedBanks, _ certify: Certify) async throws {
        let port = try BakongLink.freePort()
        let url = "http://127.0.0.1:\(port)/events"
        let made = try await banks.rielBank.ask("/v1/webhooks", ["url": .string(url), "events": ["payment.updated"]])
        let id = try #require(made.text(at: "id"))
        let secret = try #require(WebhookSecret(made.text(at: "secret") ?? ""))
        let listener = try MicrohttpdServer(
            listen: "127.0.0.1",
            port: port,
            handler: SignedMessages(secret: secret, to: Listener())
        )
        let checks = ["--participant", "mekong-bank", "--webhook", id, "--checks", "webhook,signature"]
        for _ in 1...2 {
            let answer = try certify(checks)
            #expect(answer.status == 0 && answer.output.contains("Mekong Bank: 23 passed\n"), "\(answer.complaint)")
            // The old secret, which the listener has, goes on signing beside the new one.
            _ = try await banks.rielBank.ask("/v1/webhooks/\(id)/rotate", [:])
        }
        // Two changes later it does not.
        #expect(try certify(checks).status == 1)
        await listener.stop()
    }

    private struct Listener: HTTPHandler {
        func respond(to request: HTTPRequest) async -> HTTPResponse { HTTPResponse(status: 204) }
    }

    /// Every group of a shops' bank but the one that looks at how long answers take.
    private static let withoutClocks = ["--checks", "http,signature,credit,name,decision,recall,dispute"]

    /// A bank tries its own server with nothing of the switch's but its own secret.
    private func ownServer(_ banks: SimulatedBanks, _ folder: TemporaryFolder, _ config: String) async throws {
        let file = folder.url.appendingPathComponent("secret").path
        try Executable.run(["participant", "secret", "naniwa-acquiring", "--config", config]).output
            .write(toFile: file, atomically: true, encoding: .utf8)
        let shop = try await banks.yenAcquirer.register(DemoShop.kizunaShoten.registration)
        let own = try [
            "certify", "--participant", "naniwa-acquiring", "--secret-file", file, "--roles", "acquirer", "--country",
            "JP", "--allow-addresses", "127.0.0.0/8", "--allow-http", "--endpoint",
            #require(banks.endpoint(of: .naniwaAcquiring)),
        ]
        let answer = try Executable.run(own + ["--shop", shop.text(at: "id") ?? ""] + CertifyTests.withoutClocks)
        #expect(answer.status == 0, "\(answer.complaint)")
        #expect(answer.output.hasSuffix("\nnaniwa-acquiring: 79 passed, 2 not applicable\n✔ certified\n"))
        for (arguments, words) in [
            ([], "--shop ID is needed"), (["--shop", "1"], "--shop takes the id"),
            (["--shop", shop.text(at: "id") ?? "", "--shop-code", "x"], "--shop-code takes khqr:ACCOUNT"),
            (["--webhook", "1"], "--webhook goes with --config"),
        ] as [([String], String)] {
            let refused = try Executable.run(own + arguments)
            #expect(refused.status == 2 && refused.complaint.contains(words), "\(refused.complaint)")
        }
    }

    private func refusals(_ certify: Certify) throws {
        let elsewhere = try certify(["--participant", "mekong-bank", "--endpoint", "http://127.0.0.1:1", "--json"])
        let report = try JSON.parse(Array(elsewhere.output.utf8))
        #expect(elsewhere.status == 1 && report["certified"] == false)
        #expect(report["counts"]?["failed"] == 1 && report["counts"]?["passed"] == 0)
        for (arguments, status, words) in [
            (["--participant", "nobody"], 1, "there is no participant nobody"),
            (["--participant", "mekong-bank", "--checks", "signatur"], 2, "did you mean signature?"),
            (["--participant", "mekong-bank", "--endpoint", "ftp://x"], 2, "--endpoint must be an absolute address"),
            (
                ["--participant", "mekong-bank", "--webhook", "019dae2b-0000-7000-8000-000000000000"], 1,
                "has no webhook"
            ),
        ] as [([String], Int32, String)] {
            let answer = try certify(arguments)
            #expect(answer.status == status && answer.complaint.contains(words), "\(answer.complaint)")
        }
    }
}
