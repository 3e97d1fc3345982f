import Foundation
import KizunaWeb
import TestAuthority
import Testing

/// Who is let into a real switch process, by clients of other makers: Python's own TLS and PyPI's message signatures.
@Suite struct DoorTests {
    @Test func theStandardsOwnLibraryIsLetInOnceAndNothingElseIs() throws {
        let bank = try JoinedBank()
        let (secret, shared) = (bank.folder.path("signing.key"), bank.folder.path("signing.pem"))
        try TestAuthority.openssl(["genpkey", "-algorithm", "ed25519", "-out", secret])
        try TestAuthority.openssl(["pkey", "-in", secret, "-pubout", "-out", shared])
        let signing = try bank.json("key", "signing", "--participant", bank.name, shared)
        let server = try ServeProcess(database: bank.database, listen: "127.0.0.1:0")
        let keyID = try #require(signing.text(at: "keyid"))
        let results = try PythonScript.run("signing_client", [server.baseURL, bank.key, keyID, secret])
        for (name, status) in [
            ("signed", 200), ("signed with a query", 200), ("sent once", 200), ("not signed", 401),
            ("sent again", 401), ("another path", 401), ("another method", 401), ("another body", 401),
            ("another body and digest", 401), ("another idempotency key", 401), ("body not covered", 401),
            ("ten minutes old", 401), ("ten minutes ahead", 401), ("another key's id", 401), ("no key's id", 401),
            ("no signature behind its input", 401),
            // It is let in; the payload is no code.
            ("signed with a body", 422),
        ] { #expect(results[name] == JSON(status), "\(name)") }
        #expect(server.terminate() == 0)
    }

    @Test func aParticipantConnectsWithItsOwnCertificate() throws {
        let bank = try JoinedBank()
        let authority = try TestAuthority()
        let own = try authority.issue("own")
        let (ended, stranger) = (try authority.issue("ended", days: -1), try authority.issue("stranger"))
        let selfSigned = try authority.selfSigned("self")
        _ = try bank.json("key", "certificate", "--participant", bank.name, own.certificateFile)
        let refused = try Executable.run([
            "key", "certificate", "--participant", bank.name, "--database", bank.database, ended.certificateFile,
        ])
        #expect(refused.status != 0 && refused.complaint.contains("lapsed"), "\(refused.complaint)")
        let server = try ServeProcess(
            database: bank.database,
            listen: "127.0.0.1:0",
            flags: [
                "--tls-cert", own.certificateFile, "--tls-key", own.keyFile, "--tls-client-ca",
                authority.root.certificateFile,
            ]
        )
        let port = try #require(server.baseURL.split(separator: ":").last)
        let identities = [("own", own), ("ended", ended), ("stranger", stranger), ("self-signed", selfSigned)]
        let results = try PythonScript.run(
            "certificate_client",
            [String(port), authority.root.certificateFile, bank.key]
                + identities.map { "\($0)=\($1.certificateFile),\($1.keyFile)" }
        )
        #expect(results["own"] == 200)
        for name in ["none", "ended", "stranger", "self-signed"] { #expect(results[name] == 401, "\(name)") }
        #expect(results["TLS 1.1"] == "refused")
        #expect(server.terminate() == 0)
    }

    @Test func aHundredThousandIdleConnectionsHoldUpNoCustomer() throws {
        let folder = try TemporaryFolder()
        let server = try ServeProcess(database: "sqlite:\(folder.database)", listen: "127.0.0.1:0")
        let port = try #require(server.baseURL.split(separator: ":").last)
        let results = try PythonScript.run(
            "idle_connections",
            ["127.0.0.1", String(port), String(server.processIdentifier), "100000"]
        )
        #expect(results["made"] == 100_000)
        #expect(results["customerAlways200"] == true, "\(results)")
        #expect(results["strangerAfterwards"] == 200, "\(results)")
        // Some 40 KiB for each of the 4,096 that the server lets stand.
        guard case .number(let more)? = results["mebibytesMore"] else { throw CancellationError() }
        #expect(try #require(Int(more)) < 256, "\(results)")
        #expect(server.terminate() == 0)
    }
}

/// An issuer on a database of its own, with a key.
private struct JoinedBank {
    let name = "mekong-bank"
    let folder: TemporaryFolder
    let key: String

    var database: String { "sqlite:\(folder.database)" }

    init() throws {
        folder = try TemporaryFolder()
        let database = "sqlite:\(folder.database)"
        let joined = try Executable.run([
            "participant", "add", "--id", name, "--name", name, "--country", "KH", "--roles", "issuer", "--endpoint",
            "https://mekong.example/", "--database", database,
        ])
        #expect(joined.status == 0, "\(joined.complaint)")
        key = try #require(
            Executable.json("key", "create", "--participant", name, "--database", database).text(at: "key")
        )
    }

    func json(_ arguments: String...) throws -> JSON {
        let answer = try Executable.run(arguments + ["--database", database])
        #expect(answer.status == 0, "\(answer.complaint)")
        return try JSON.parse(Array(answer.output.utf8))
    }
}

/// A script of `Tests/Python`, run to its end by the Python with what the tests take from PyPI.
enum PythonScript {
    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Returns: the JSON object that it prints.
    static func run(_ name: String, _ arguments: [String]) throws -> JSON {
        let process = Process()
        process.executableURL = repository.appendingPathComponent(".build/python/bin/python3")
        process.arguments = [repository.appendingPathComponent("Tests/Python/\(name).py").path] + arguments
        let (output, complaint) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = complaint
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let answer = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        let words = String(decoding: complaint.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "\(name): \(words.suffix(2_000))") }
        return try JSON.parse(answer)
    }
}

extension TemporaryFolder {
    fileprivate func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
