import DatabaseServer
import Foundation
import KizunaCommands
import KizunaWeb
import Testing

/// A sandbox as a bank that joins finds it: both sides to play against, and no way to mix it with live.
@Suite struct SandboxTests {
    @Test func aNewcomerPaysAndIsPaidAlsoAfterARestart() async throws {
        let folder = try TemporaryFolder()
        try await playTwice(on: "sqlite:\(folder.database)")
    }

    @Test func theSameOnPostgreSQL() async throws {
        let server = try DatabaseServer()
        try server.query("CREATE DATABASE sandbox", in: "postgres")
        try await playTwice(on: server.url(of: "sandbox"))
    }

    private func playTwice(on database: String) async throws {
        var keys: [(key: String, joined: JSON)] = []
        for isRestarted in [false, true] {
            let sandbox = try SandboxProcess(on: database)
            if !isRestarted {
                for country in ["KH", "JP"] {
                    let joined = try await sandbox.join(country)
                    let key = try #require(joined.text(at: "key"))
                    #expect(key.hasPrefix("kz_test_"))
                    keys.append((key, joined))
                }
            }
            for (key, joined) in keys {
                try await pay(joined, key, in: sandbox)
                try await bePaid(joined, key, in: sandbox)
            }
            #expect(sandbox.stop() == 0)
        }
        let books = try Executable.json("books", "verify", "--database", database, "--json")
        #expect(books["ok"] == true)
    }

    /// Scans the first code that can be paid, and pays it.
    private func pay(_ joined: JSON, _ key: String, in sandbox: SandboxProcess) async throws {
        let code = try #require(joined.list("codes").first { $0["refusedAs"] == .null })
        let payment = try await Payer(sandbox, key).pay(code, "1980")
        let final = try await sandbox.get("/v1/payments/\(payment)?wait=25", key: key).parsed
        #expect(final.text(at: "state") == "COMPLETED")
    }

    /// Has a wallet pay the code on its own counter, and takes the money.
    private func bePaid(_ joined: JSON, _ key: String, in sandbox: SandboxProcess) async throws {
        let currency = joined.text(at: "shop", "currency") ?? ""
        let order: JSON = [
            "payload": joined["shop"]?["payload"] ?? .null,
            "amount": ["value": .string(currency == "KHR" ? "42000" : "1980"), "currency": .string(currency)],
        ]
        let (first, repeated) = (Identities.next(), Identities.next())
        let answer = try await sandbox.post("/v1/sandbox/payments", order, key: key, idempotencyKey: first)
        #expect(answer.status == 201)
        #expect(answer.headers["Kizuna-Environment"] == "sandbox")
        let payment = try #require(answer.parsed.text(at: "paymentId"))
        let again = try await sandbox.post("/v1/sandbox/payments", order, key: key, idempotencyKey: first)
        #expect(try again.parsed == answer.parsed)
        let other = try await sandbox.post("/v1/sandbox/payments", order, key: key, idempotencyKey: repeated)
        #expect(try other.parsed.text(at: "paymentId") != payment)
        let inbox = try await sandbox.get("/v1/inbox?wait=25", key: key).parsed
        #expect(inbox.list("items").contains { $0.text(at: "body", "paymentId") == payment })
        _ = try await sandbox.post("/v1/payments/\(payment)/answer", ["status": "ACCEPTED"], key: key)
        let final = try await sandbox.get("/v1/payments/\(payment)?wait=25", key: key).parsed
        #expect(final.text(at: "state") == "COMPLETED")
    }

    /// Whatever `GET /v1/sandbox` says of a shop is what happens when its code is scanned.
    @Test func everyShopIsPaidOrRefusedAsTheGuideSays() async throws {
        let sandbox = try SandboxProcess()
        var seen = 0
        for country in ["KH", "JP"] {
            let joined = try await sandbox.join(country, roles: ["issuer"])
            #expect(joined["shop"] == .null)
            let key = joined.text(at: "key") ?? ""
            for shop in joined.list("codes") {
                let answer = try await sandbox.post(
                    "/v1/resolutions",
                    ["payload": shop["payload"] ?? .null],
                    key: key
                )
                seen += 1
                let summary = shop.text(at: "summary") ?? ""
                if let refusal = shop.text(at: "refusedAs") {
                    #expect(try answer.parsed.text(at: "code") == refusal, "\(summary)")
                } else {
                    #expect(answer.status == 201, "\(summary)")
                }
            }
        }
        #expect(try await seen == sandbox.get("/v1/sandbox").parsed.list("shops").count)
        #expect(sandbox.stop() == 0)
    }

    /// The same of the amounts: those that end within seconds here, the others with their clocks in `MisbehaviourTests`.
    @Test(arguments: [("KH", "endsTwoPhase"), ("JP", "endsSinglePhase")])
    func everyAmountEndsAsTheGuideSays(country: String, column: String) async throws {
        let sandbox = try SandboxProcess()
        let joined = try await sandbox.join(country, roles: ["issuer"])
        let key = joined.text(at: "key") ?? ""
        let slow: Set = ["9003", "9004", "9008"]
        let shop = try #require(joined.list("codes").first { $0["refusedAs"] == .null })
        for amount in try await sandbox.get("/v1/sandbox").parsed.list("amounts") {
            let digits = amount.text(at: "lastDigits") ?? ""
            guard !slow.contains(digits) else { continue }
            let payment = try await Payer(sandbox, key).pay(shop, digits)
            try await eventually {
                let found = try await sandbox.get("/v1/payments/\(payment)", key: key).parsed
                return found.text(at: "state") == amount.text(at: column)
            }
        }
        #expect(sandbox.stop() == 0)
    }

    @Test func liveAndSandboxDoNotMix() async throws {
        let sandbox = try SandboxProcess()
        let key = try await sandbox.join("KH").text(at: "key") ?? ""
        #expect(sandbox.stop() == 0)
        let live = try TemporaryFolder()
        let server = try ServeProcess(database: "sqlite:\(live.database)", listen: "127.0.0.1:0")
        #expect(server.terminate() == 0)

        let serve = ["serve", "--listen", "127.0.0.1:0", "--database"]
        let liveOnSandbox = try Executable.run(serve + [sandbox.database])
        #expect(liveOnSandbox.status == 3 && liveOnSandbox.complaint.contains("serve on it with --sandbox"))
        let sandboxOnLive = try Executable.run(serve + ["sqlite:\(live.database)", "--sandbox"])
        #expect(sandboxOnLive.status == 3 && sandboxOnLive.complaint.contains("The database is live"))
        // A copy is for what the first was for.
        let copied = try TemporaryFolder()
        let copy = try Executable.run(["copy", "--from", sandbox.database, "--to", "sqlite:\(copied.database)"])
        #expect(copy.status == 0, "\(copy.complaint)")
        #expect(try Executable.run(serve + ["sqlite:\(copied.database)"]).status == 3)
        let toLive = try Executable.run(["copy", "--from", sandbox.database, "--to", "sqlite:\(live.database)"])
        #expect(toLive.status == 3 && toLive.complaint.contains("not empty"))
        // The command line makes a sandbox's keys for a sandbox.
        let made = try Executable.json(
            "key",
            "create",
            "--participant",
            "mekong-bank",
            "--database",
            sandbox.database
        )
        #expect(made.text(at: "key")?.hasPrefix("kz_test_") == true)
        #expect(key.hasPrefix("kz_test_"))
    }
}

/// An issuer of a sandbox that pays.
private struct Payer {
    let sandbox: SandboxProcess
    let key: String

    init(_ sandbox: SandboxProcess, _ key: String) {
        self.sandbox = sandbox
        self.key = key
    }

    /// - Returns: the payment's id.
    func pay(_ code: JSON, _ amount: String) async throws -> String {
        let money: JSON = ["value": .string(amount), "currency": code["currency"] ?? .null]
        let resolution = try await ask("/v1/resolutions", ["payload": code["payload"] ?? .null])
        let payerCurrency: JSON = code.text(at: "country") == "JP" ? "KHR" : "JPY"
        let quote = try await ask(
            "/v1/quotes",
            ["resolutionId": resolution["id"] ?? .null, "payerCurrency": payerCurrency, "amount": money]
        )
        let payment = try await ask(
            "/v1/payments",
            [
                "quoteId": quote["id"] ?? .null, "uetr": .string(Identities.next()), "merchantAmount": money,
                "payerDebit": quote["payerDebit"] ?? .null,
                "payer": ["name": "Chan Sokha", "account": .string(String(Identities.next().prefix(30)))],
            ]
        )
        return payment.text(at: "id") ?? ""
    }

    private func ask(_ path: String, _ body: JSON) async throws -> JSON {
        let answer = try await sandbox.post(path, body, key: key)
        #expect(answer.status == 201, "\(path): \(String(decoding: answer.body, as: UTF8.self))")
        return try answer.parsed
    }
}
