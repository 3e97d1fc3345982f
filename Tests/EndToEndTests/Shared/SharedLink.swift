import DatabaseServer
import Foundation
import KizunaCommands
import KizunaCurl
import KizunaMoney
import KizunaSimulation
import KizunaWeb
import Testing

/// Switches in processes of their own on one PostgreSQL server, with banks that are connected to the first.
final class SharedLink {
    static let database = "kizuna"
    /// Of roles that are not the owner.
    static let password = "three-blind-mice"

    let server: DatabaseServer
    let banks: SimulatedBanks
    private(set) var nodes: [ServeProcess] = []
    private let keys: [Institution: String]
    private let http = CurlClient(reach: .loopback)

    /// - Parameters:
    ///   - role: as whom the switches log in; one that is not the owner needs ``password``.
    ///   - kind: of the server.
    init(
        nodes count: Int = 1,
        role: String = "kizuna",
        on kind: DatabaseServer.Kind = .usual
    ) async throws {
        server = try DatabaseServer(kind)
        if kind == .smallDisk {
            try server.query("CREATE TABLESPACE small LOCATION '\(server.smallDisk)'", in: "postgres")
        }
        let place = kind == .smallDisk ? "TABLESPACE small" : ""
        try server.query("CREATE DATABASE \(SharedLink.database) \(place)", in: "postgres")
        banks = try SimulatedBanks()
        keys = try banks.join(on: server.url(of: SharedLink.database))
        if role != "kizuna" {
            _ = try Executable.run(["migrate", "--roles", "--database", server.url(of: SharedLink.database)])
            try server.query(
                "CREATE ROLE \(role) LOGIN PASSWORD '\(SharedLink.password)' IN ROLE kizuna_app",
                in: SharedLink.database
            )
            try server.run("sed -i '1i local all \(role) scram-sha-256' pg_hba.conf")
            try server.query("SELECT pg_reload_conf()", in: "postgres")
        }
        for _ in 0..<count { try startNode(as: role) }
        try await connectBanks()
    }

    var address: String { server.url(of: SharedLink.database) }

    func startNode(as role: String = "kizuna", _ executable: URL = Executable.url) throws {
        let login = role == "kizuna" ? role : "\(role):\(SharedLink.password)"
        let url = server.url(of: SharedLink.database, role: login)
        nodes.append(try ServeProcess(database: url, listen: "127.0.0.1:0", executable: executable))
    }

    /// Starts a switch that reaches the database by another way.
    func startNode(through way: SlowWay) throws {
        let url = "postgres://kizuna@/\(SharedLink.database)?host=\(way.folder)"
        nodes.append(try ServeProcess(database: url, listen: "127.0.0.1:0"))
    }

    /// Ends a switch as an operator would, and begins another in its place.
    func replaceNode(_ number: Int) throws {
        #expect(nodes[number].terminate() == 0)
        try startNode()
        nodes.swapAt(number, nodes.count - 1)
        nodes.removeLast()
    }

    /// Ends the switches.
    func stopNodes() {
        for node in nodes { _ = node.terminate() }
        nodes = []
    }

    /// Ends the switches, and the server with them.
    func stop() async {
        stopNodes()
        await banks.stop()
        http.shutdown()
        server.end()
    }

    /// Runs a script beside the switches.
    @discardableResult
    func query(_ script: String) throws -> String {
        try server.query("SET search_path = kizuna; \(script)", in: SharedLink.database)
    }

    /// The numbers of the switches that have not left, the eldest first. Commands that were run before them had numbers
    /// too, and are given up in time.
    func livingNodes() throws -> [String] {
        let numbers = try query("SELECT number FROM nodes WHERE left_at IS NULL ORDER BY number")
        return numbers.split(separator: "\n").map(String.init).suffix(nodes.count)
    }

    /// Leads the banks to the first switch.
    func connectBanks() async throws { _ = try await banks.connect(to: nodes[0].baseURL, keys: keys) }

    /// Leads one bank of payers to another switch than the rest.
    func leadYenWallet(to node: Int) {
        let way = SwitchClient(baseURL: nodes[node].baseURL, key: keys[.sakuraPay] ?? "", http: http)
        banks.yenWallet.connect(way)
    }

    func pay(_ amount: String = "1200") async throws -> SimulatedIssuer.Story {
        try await SharedLink.pay(amount, banks)
    }

    func payFromJapan() async throws -> SimulatedIssuer.Story {
        let money = try Money(majorUnits: "42000", currency: .khr)
        return try await banks.yenWallet.pay(DemoShop.kizunaCafe.payload, amount: money, from: DemoPayer.yuki.account)
    }

    static func pay(_ amount: String, _ banks: SimulatedBanks) async throws -> SimulatedIssuer.Story {
        let money = try Money(majorUnits: amount, currency: .jpy)
        return try await banks.rielBank.pay(
            DemoShop.kizunaShoten.payload,
            amount: money,
            from: DemoPayer.sokhaRiel.account
        )
    }

    // MARK: Requests to one node

    func get(_ path: String, of node: Int = 0, key: String? = nil) async throws -> HTTPResponse {
        try await send("GET", path, of: node, key: key ?? keys[.mekongBank], body: [])
    }

    /// What a payer's bank asks first.
    func resolve(at node: Int = 0, idempotencyKey: String = UUID().uuidString) async throws -> HTTPResponse {
        let body: JSON = ["payload": .string(DemoShop.kizunaShoten.payload)]
        return try await send(
            "POST",
            "/v1/resolutions",
            of: node,
            key: keys[.mekongBank],
            body: body.encoded,
            idempotencyKey: idempotencyKey
        )
    }

    private func send(
        _ method: String,
        _ path: String,
        of node: Int,
        key: String?,
        body: [UInt8],
        idempotencyKey: String? = nil
    ) async throws -> HTTPResponse {
        var headers = HTTPHeaders()
        headers.add("Authorization", "Bearer \(key ?? "")")
        headers.add("Content-Type", "application/json")
        if let idempotencyKey { headers.add("Idempotency-Key", idempotencyKey) }
        return try await http.send(
            method,
            nodes[node].baseURL + path,
            headers: headers,
            body: body,
            timeout: .seconds(40)
        )
    }
}

/// Runs a body on a link that ends with it, and looks after the books.
func withSharedLink(
    nodes: Int = 1,
    role: String = "kizuna",
    on kind: DatabaseServer.Kind = .usual,
    _ body: (SharedLink) async throws -> Void
) async throws {
    let link = try await SharedLink(nodes: nodes, role: role, on: kind)
    do {
        try await body(link)
        let books = try Executable.json("books", "verify", "--database", link.address, "--json")
        #expect(books["ok"] == true)
    } catch {
        await link.stop()
        throw error
    }
    await link.stop()
}
