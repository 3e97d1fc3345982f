import Foundation
import KizunaCommands
import KizunaCurl
import KizunaWeb
import Testing

/// A real `kizuna serve --sandbox`, on a database of its own unless told otherwise.
final class SandboxProcess {
    let server: ServeProcess
    /// What follows `--database`.
    let database: String
    /// Holds on to the file's folder where nobody else does.
    private let folder: TemporaryFolder?
    private let http = CurlClient(reach: .loopback)

    var url: String { server.baseURL }

    convenience init() throws {
        let folder = try TemporaryFolder()
        try self.init(on: "sqlite:\(folder.database)", in: folder)
    }

    init(on database: String, in folder: TemporaryFolder? = nil) throws {
        self.database = database
        self.folder = folder
        server = try ServeProcess(database: database, listen: "127.0.0.1:0", flags: ["--sandbox"])
    }

    /// Ends the process.
    ///
    /// - Returns: the exit status.
    func stop() -> Int32 {
        http.shutdown()
        return server.terminate()
    }

    func post(_ path: String, _ body: JSON, key: String? = nil, idempotencyKey: String = Identities.next()) async throws
        -> HTTPResponse
    {
        var headers: HTTPHeaders = ["Content-Type": "application/json", "Idempotency-Key": idempotencyKey]
        if let key { headers.add("Authorization", "Bearer \(key)") }
        return try await http.send("POST", url + path, headers: headers, body: body.encoded, timeout: .seconds(40))
    }

    func get(_ path: String, key: String? = nil) async throws -> HTTPResponse {
        let headers: HTTPHeaders = key.map { ["Authorization": "Bearer \($0)"] } ?? [:]
        return try await http.send("GET", url + path, headers: headers, body: [], timeout: .seconds(40))
    }

    /// A bank that has joined.
    func join(_ country: String, roles: JSON = ["issuer", "acquirer"]) async throws -> JSON {
        let answer = try await post(
            "/v1/sandbox/participants",
            ["name": "Newcomer", "country": .string(country), "roles": roles]
        )
        #expect(answer.status == 201)
        return try answer.parsed
    }
}

extension HTTPResponse {
    var parsed: JSON { get throws { try JSON.parse(body) } }
}

extension JSON {
    /// The items of a list under a name; none where there is no list.
    func list(_ name: String) -> [JSON] {
        guard case .array(let items)? = self[name] else { return [] }
        return items
    }
}
