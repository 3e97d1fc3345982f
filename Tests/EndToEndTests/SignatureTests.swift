import Foundation
import KizunaCommands
import KizunaCurl
import KizunaWeb
import Testing

/// Deliveries of a real switch process, believed by the library `standardwebhooks` of PyPI.
@Suite struct SignatureTests {
    private static let secret = "whsec_" + Data((0..<32).map { UInt8($0) }).base64EncodedString()

    @Test func theStandardsOwnLibraryBelievesEveryDelivery() async throws {
        let folder = try TemporaryFolder()
        let receiver = try Receiver()
        let config = folder.url.appendingPathComponent("kizuna.json").path
        try #"{"signingSecret": "\#(Self.secret)"}"#.write(toFile: config, atomically: true, encoding: .utf8)
        let banks = try Banks(folder: folder, receiver: receiver, config: config)
        let server = try ServeProcess(database: "sqlite:\(folder.database)", listen: "127.0.0.1:0", config: config)
        let http = CurlClient(reach: .loopback)
        let link = banks.connect(to: server.baseURL, http)
        for name in ["mekong-bank", "naniwa-acquiring"] {
            let secret = try Executable.run(["participant", "secret", name, "--config", config]).output
            try await receiver.trust([String(secret.dropLast())], at: name, http)
        }
        let events = try await link.naniwa.ask(
            "/v1/webhooks",
            [
                "url": .string("\(receiver.url)/events"),
                "events": ["payment.decided", "merchant.paid", "merchant.refunded"],
            ]
        )
        let id = events.text(at: "id") ?? ""
        let rotated = try await link.naniwa.ask("/v1/webhooks/\(id)/rotate", [:])
        let both = [events, rotated].compactMap { $0.text(at: "secret") }
        try await receiver.trust(both, at: "events", http)
        let ping = try await link.naniwa.ask("/v1/webhooks/\(id)/ping", [:])
        #expect(ping == ["delivered": true, "status": 200])
        try await link.payAndRefund()

        let expected = [
            "/mekong-bank/payment-updates", "/mekong-bank/refund-notices", "/naniwa-acquiring/credit-decisions",
            "/naniwa-acquiring/credit-requests", "/events merchant.paid", "/events merchant.refunded",
            "/events payment.decided", "/events ping",
        ]
        var report: [JSON] = []
        try await eventually {
            report = try await receiver.report(http)
            return Set(report.map(Self.name)) == Set(expected)
        }
        for delivery in report {
            let isEvent = delivery.text(at: "path") == "/events"
            // During the change-over, the old secret and the new one both serve.
            #expect(delivery["believedWith"] == (isEvent ? [0, 1] : [0]), "\(Self.name(delivery))")
            #expect(delivery["signatures"] == (isEvent ? 2 : 1))
            #expect(delivery["changedIsBelieved"] == false)
        }
        #expect(server.terminate() == 0)
        http.shutdown()
    }

    private static func name(_ delivery: JSON) -> String {
        [delivery.text(at: "path"), delivery.text(at: "type")].compactMap { $0 }.joined(separator: " ")
    }
}

/// `Tests/Python/webhook_receiver.py` in a process of its own, ended with its owner.
private final class Receiver {
    private let process: Process
    private let input = Pipe()
    let url: String

    init() throws {
        process = try Python.process("webhook_receiver.py")
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = ""
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.unicodeScalars.append(Unicode.Scalar(byte))
        }
        guard let port = Int(line) else { throw Python.NotThere() }
        url = "http://127.0.0.1:\(port)"
    }

    deinit { process.terminate() }

    func trust(_ secrets: [String], at name: String, _ http: CurlClient) async throws {
        let body = JSON.array(secrets.map { .string($0) }).encoded
        let url = "\(url)/secrets/\(name)"
        _ = try await http.send("PUT", url, headers: [:], body: body, timeout: .seconds(30))
    }

    func report(_ http: CurlClient) async throws -> [JSON] {
        let answer = try await http.send("GET", "\(url)/report", headers: [:], body: [], timeout: .seconds(30))
        guard case .array(let items)? = try JSON.parse(answer.body)["items"] else { return [] }
        return items
    }
}

/// Three institutions that have joined, of which the receiver plays both banks.
private struct Banks {
    private var keys: [String: String] = [:]

    init(folder: TemporaryFolder, receiver: Receiver, config: String) throws {
        for (name, country, role) in [
            ("mekong-bank", "KH", "issuer"), ("naniwa-acquiring", "JP", "acquirer"), ("tonle-fx", "KH", "fx-provider"),
        ] {
            let database = "sqlite:\(folder.database)"
            let joined = try Executable.run([
                "participant", "add", "--id", name, "--name", name, "--country", country, "--roles", role,
                "--endpoint", "\(receiver.url)/\(name)", "--allow-addresses", "127.0.0.0/8", "--allow-http",
                "--database", database,
            ])
            #expect(joined.status == 0, "\(joined.complaint)")
            let key = try Executable.json("key", "create", "--participant", name, "--database", database)
            keys[name] = key.text(at: "key")
        }
    }

    func connect(to baseURL: String, _ http: CurlClient) -> Link {
        let client = { (name: String) in
            Client(baseURL: baseURL, key: keys[name] ?? "", http: http)
        }
        return Link(mekong: client("mekong-bank"), naniwa: client("naniwa-acquiring"), tonle: client("tonle-fx"))
    }
}

private struct Client {
    let baseURL: String
    let key: String
    let http: CurlClient

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    func ask(_ path: String, _ body: JSON) async throws -> JSON {
        let answer = try await http.send(
            "POST",
            baseURL + path,
            headers: [
                "Authorization": "Bearer \(key)", "Content-Type": "application/json",
                "Idempotency-Key": Identities.next(),
            ],
            body: body.encoded,
            timeout: .seconds(30)
        )
        guard 200..<300 ~= answer.status else {
            throw Refused(description: String(decoding: answer.body, as: UTF8.self))
        }
        return try JSON.parse(answer.body)
    }
}

private struct Link {
    let mekong: Client
    let naniwa: Client
    let tonle: Client

    /// One payment at the printed JPQR, paid and given back in part.
    func payAndRefund() async throws {
        let rate: JSON = [
            "payerCurrency": "KHR", "merchantCurrency": "JPY", "mid": "26.8227424749", "spreadBasisPoints": 50,
        ]
        _ = try await tonle.ask("/v1/rates", ["rates": [rate]])
        _ = try await naniwa.ask("/v1/merchants", DemoShop.kizunaShoten.registration)
        let resolution = try await mekong.ask(
            "/v1/resolutions",
            ["payload": .string(DemoShop.kizunaShoten.payload)]
        )
        let amount: JSON = ["value": "1980", "currency": "JPY"]
        let quote = try await mekong.ask(
            "/v1/quotes",
            ["resolutionId": resolution["id"] ?? nil, "payerCurrency": "KHR", "amount": amount]
        )
        let payment = try await mekong.ask(
            "/v1/payments",
            [
                "quoteId": quote["id"] ?? nil, "uetr": .string(Identities.next()), "merchantAmount": amount,
                "payerDebit": quote["payerDebit"] ?? nil, "payer": ["name": "Chan Sokha", "account": "001"],
            ]
        )
        let refund: JSON = [
            "uetr": .string(Identities.next()), "amount": ["value": "500", "currency": "JPY"], "reason": "MD06",
        ]
        try await eventually {
            (try? await naniwa.ask("/v1/payments/\(payment.text(at: "id") ?? "")/refunds", refund)) != nil
        }
    }
}
