import Foundation
import Glibc
import KizunaCommands
import KizunaCurl
import KizunaMoney
import KizunaSimulation
import KizunaWeb
import TestAuthority
import Testing

/// A switch in a process of its own with the Bakong facade over TLS, banks that pay through it, and a shop.
final class BakongLink {
    static let host = "api-bakong.nbc.gov.kh"
    static let email = "till@shop.example"

    /// Keeps a shop whose software makes codes of its own.
    static let shop: JSON = [
        "code": ["scheme": "khqr", "account": "dara_till@wing"], "name": "Dara Shop", "city": "Phnom Penh",
        "categoryCode": "5999", "acceptsForeignPayers": true,
    ]

    let authority: TestAuthority
    let port: Int
    let banks: SimulatedBanks
    /// A token that the operator has made.
    let token: String
    private let folder = try? TemporaryFolder()
    private let server: ServeProcess

    /// - Parameter database: what follows `--database`; a file of the link's own where none is named.
    init(database: String? = nil) async throws {
        let folder = try #require(folder)
        authority = try TestAuthority()
        port = try BakongLink.freePort()
        banks = try SimulatedBanks()
        let database = database ?? "sqlite:\(folder.database)"
        let keys = try banks.join(on: database)
        let added = try Executable.json(
            "bakong",
            "add",
            "--email",
            BakongLink.email,
            "--organisation",
            "Shop",
            "--project",
            "Till",
            "--database",
            database
        )
        token = try #require(added.text(at: "token"))
        let identity = try authority.issue("bakong", host: BakongLink.host)
        server = try ServeProcess(
            database: database,
            listen: "127.0.0.1:0",
            flags: [
                "--bakong-listen", "127.0.0.1:\(port)", "--bakong-tls-cert", identity.certificateFile,
                "--bakong-tls-key", identity.keyFile, "--bakong-sendmail", try BakongLink.makeMailProgram(in: folder),
            ]
        )
        _ = try await banks.connect(to: server.baseURL, keys: keys)
        _ = try await banks.rielAcquirer.register(BakongLink.shop)
    }

    func stop() async throws {
        await banks.stop()
        #expect(server.terminate() == 0)
    }

    /// A traveller from Japan pays what a code asks for.
    func pay(_ payload: String) async throws -> SimulatedIssuer.Story {
        try await banks.yenWallet.pay(payload, amount: nil, from: DemoPayer.yuki.account)
    }

    // MARK: Mail

    private static func makeMailProgram(in folder: TemporaryFolder) throws -> String {
        let path = folder.url.appendingPathComponent("sendmail").path
        try "#!/bin/sh\n[ ! -e '\(folder.url.path)/down' ] || exit 1\n[ \"$*\" = '-i -t' ] || exit 2\n"
            .appending("cat > '\(folder.url.path)/mail'\n")
            .write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    /// From now on the mail program ends without reading what it is given.
    func breakMail() throws { try Data().write(to: #require(folder).url.appendingPathComponent("down")) }

    /// The mail that was sent last.
    var mail: String {
        get throws { try String(contentsOf: #require(folder).url.appendingPathComponent("mail"), encoding: .utf8) }
    }

    /// The code in it.
    var mailedCode: String {
        get throws {
            let line = try mail.split(separator: "\n").first { $0.hasPrefix("    ") }
            return try #require(line).trimmingCharacters(in: .whitespaces)
        }
    }

    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0 ? getsockname(descriptor, pointer, &size) : -1
            }
        }
        try #require(code == 0)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// `Tests/Python/bakong_clients.py` in a process of its own, ended with its owner.
final class BakongClients {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// - Parameter authority: whom the clients trust; the link's own where none is named.
    init(_ link: BakongLink, trusting authority: TestAuthority? = nil) throws {
        let root = (authority ?? link.authority).root
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        process.executableURL = repository.appendingPathComponent(".build/python/bin/python3")
        process.arguments = [
            repository.appendingPathComponent("Tests/Python/bakong_clients.py").path, "\(link.port)",
        ]
        var environment = ProcessInfo.processInfo.environment
        for name in ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"] { environment[name] = root.certificateFile }
        process.environment = environment
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit { process.terminate() }

    /// Has a client do something.
    func ask(_ client: String, _ method: String, _ arguments: JSON = [], named: JSON = [:]) throws -> JSON {
        let command: JSON = [
            "client": .string(client), "do": .string(method), "with": arguments, "named": named,
        ]
        try input.fileHandleForWriting.write(contentsOf: Data(command.encoded + [UInt8(ascii: "\n")]))
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        return try JSON.parse(line)
    }

    /// Has a client do something that must succeed.
    func succeed(_ client: String, _ method: String, _ arguments: JSON = [], named: JSON = [:]) throws -> JSON {
        let answer = try ask(client, method, arguments, named: named)
        return try #require(answer["ok"], "\(client).\(method): \(answer.text(at: "error") ?? "")")
    }
}
