import DatabaseServer
import Foundation
import KizunaCommands
import KizunaCurl
import KizunaMoney
import KizunaSimulation
import KizunaWeb
import Testing

/// A link outgrows its file: `kizuna copy` moves it to PostgreSQL, and back.
@Suite struct MovingTests {
    @Test func aLinkMovesToPostgresAndBack() async throws {
        let move = try Move()
        do {
            try await move.run()
        } catch {
            await move.stop()
            throw error
        }
        await move.stop()
    }

    @Test func wrongUsageIsSaid() throws {
        for arguments in [["--from", "sqlite:a.db"], ["--from", "a.db", "--to", "sqlite:b.db"], ["--form", "x"]] {
            let run = try Executable.run(["copy"] + arguments)
            #expect(run.status == 2 && run.complaint.contains("kizuna copy:"), "\(run.complaint)")
        }
        let run = try Executable.run(["copy", "--from", "sqlite:/nowhere/a.db", "--to", "sqlite:/nowhere/b.db"])
        #expect(run.status == 3 && !run.complaint.isEmpty)
    }
}

private final class Move {
    private let folder: TemporaryFolder
    private let server: DatabaseServer
    private let banks: SimulatedBanks
    private let keys: [Institution: String]
    private let http = CurlClient(reach: .loopback)
    private var node: ServeProcess?

    private var file: String { "sqlite:\(folder.database)" }
    private var secondFile: String { "sqlite:\(folder.database).back" }
    private var shared: String { server.url(of: "kizuna") }

    init() throws {
        folder = try TemporaryFolder()
        server = try DatabaseServer()
        try server.query("CREATE DATABASE kizuna", in: "postgres")
        banks = try SimulatedBanks()
        keys = try banks.join(on: "sqlite:\(folder.database)")
    }

    func stop() async {
        node?.kill()
        await banks.stop()
        http.shutdown()
        server.end()
    }

    func run() async throws {
        try await serve(on: file)
        let waiting = try await payInEveryWay()
        let key = UUID().uuidString
        let first = try await resolve(key)
        #expect(first.status == 201)

        #expect(try copy(file, shared).complaint.contains("A switch or a command"))
        // Without a word of farewell: work is left over, and the last commits are in the log.
        node?.kill()
        waiting.cancel()
        let copied = try copy(file, shared)
        #expect(copied.status == 0, "\(copied.complaint)")
        #expect(copied.output.contains("every balance follows from the journal"))
        try compareAnswers(file, shared)
        let again = try copy(file, shared)
        #expect(again.status == 3 && again.complaint.contains("not empty"), "\(again.complaint)")

        try await goOn(on: shared, key, first)
        // The payment whose shop's bank is silent was under way, and comes to its end here.
        try await eventually {
            try server.query("SELECT count(*) FROM kizuna.payments WHERE reason = 'timeout_destination'", in: "kizuna")
                == "1"
        }
        let whileServing = try copy(shared, secondFile)
        #expect(whileServing.status == 3 && whileServing.complaint.contains("stop every 'kizuna serve'"))
        #expect(node?.terminate() == 0)
        let back = try copy(shared, secondFile)
        #expect(back.status == 0, "\(back.complaint)")
        try compareAnswers(shared, secondFile)
        try await goOn(on: secondFile, key, first)
        #expect(node?.terminate() == 0)
        #expect(try Executable.json("books", "verify", "--json", "--database", secondFile)["ok"] == true)
    }

    private func serve(on database: String) async throws {
        let started = try ServeProcess(database: database, listen: "127.0.0.1:0")
        node = started
        _ = try await banks.connect(to: started.baseURL, keys: keys)
    }

    /// - Returns: a payment that is still under way.
    private func payInEveryWay() async throws -> Task<Void, Never> {
        let banks = banks
        let waiting = Task { _ = try? await SharedLink.pay("\(MagicAmount.silence.rawValue)", banks) }
        let paid = try await SharedLink.pay("1980", banks)
        #expect(paid.state == "COMPLETED")
        #expect(try await SharedLink.pay("\(MagicAmount.refuseClosed.rawValue)", banks).state == "REJECTED")
        let cafe = try Money(majorUnits: "42000", currency: .khr)
        let yuki = DemoPayer.yuki.account
        let abroad = try await banks.yenWallet.pay(DemoShop.kizunaCafe.payload, amount: cafe, from: yuki)
        #expect(abroad.state == "COMPLETED")
        _ = try await banks.yenAcquirer.refund(
            paid.paymentID,
            [
                "uetr": .string(Identities.next()), "amount": ["value": "500", "currency": "JPY"], "reason": "MD06",
            ]
        )
        return waiting
    }

    /// The same request as before gets the first answer, and payments go on.
    private func goOn(on database: String, _ key: String, _ first: HTTPResponse) async throws {
        try await serve(on: database)
        let repeated = try await resolve(key)
        #expect(repeated.status == first.status)
        #expect(repeated.body == first.body)
        #expect(try await SharedLink.pay("1300", banks).state == "COMPLETED")
    }

    private func resolve(_ key: String) async throws -> HTTPResponse {
        let body: JSON = ["payload": .string(DemoShop.kizunaShoten.payload)]
        return try await http.send(
            "POST",
            (node?.baseURL ?? "") + "/v1/resolutions",
            headers: [
                "Authorization": "Bearer \(keys[.mekongBank] ?? "")", "Content-Type": "application/json",
                "Idempotency-Key": key,
            ],
            body: body.encoded,
            timeout: .seconds(30)
        )
    }

    private func copy(_ from: String, _ to: String) throws -> (status: Int32, output: String, complaint: String) {
        try Executable.run(["copy", "--from", from, "--to", to])
    }

    /// Both databases tell the same of their books and of every payment.
    private func compareAnswers(_ one: String, _ other: String) throws {
        let books = try [one, other].map { try Executable.json("books", "verify", "--json", "--database", $0) }
        #expect(books.allSatisfy { $0["ok"] == true })
        #expect(books[0]["transfers"] == books[1]["transfers"])
        let ids = try server.query("SELECT id FROM kizuna.payments", in: "kizuna").split(separator: "\n").map(
            String.init
        )
        #expect(ids.count >= 4)
        for id in ids {
            let shown = try [one, other].map {
                try Executable.run(["payment", "show", id, "--json", "--database", $0])
            }
            #expect(shown[0].status == 0 && !shown[0].output.isEmpty)
            #expect(shown[0].output == shown[1].output)
        }
    }
}
