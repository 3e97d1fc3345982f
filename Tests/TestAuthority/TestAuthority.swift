import Foundation

/// An authority of the tests' own, made by `openssl` in a folder that goes with it: it signs certificates of servers
/// and clients.
package final class TestAuthority: Sendable {
    /// A certificate and its key, in files.
    package struct Identity: Sendable {
        package let certificateFile: String
        package let keyFile: String

        package var certificate: [UInt8] {
            get throws { [UInt8](try Data(contentsOf: URL(filePath: certificateFile))) }
        }
        package var key: [UInt8] { get throws { [UInt8](try Data(contentsOf: URL(filePath: keyFile))) } }
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The authority itself; its certificate is the root to trust.
    package let root: Identity
    private let folder: URL

    package init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("kizuna-authority-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        root = Identity(
            certificateFile: folder.appendingPathComponent("root.pem").path,
            keyFile: folder.appendingPathComponent("root.key").path
        )
        try TestAuthority.openssl(Self.request("Test Authority", root) + ["-days", "2"])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A certificate for 127.0.0.1 and localhost, good for servers and clients.
    ///
    /// - Parameters:
    ///   - host: another name that a server goes by.
    ///   - days: how long it holds; below zero for one that has ended.
    package func issue(_ name: String, host: String? = nil, days: Int = 2) throws -> Identity {
        let identity = files(name)
        let request = folder.appendingPathComponent("\(name).csr").path
        let names = folder.appendingPathComponent("\(name).names").path
        let another = host.map { ",DNS:\($0)" } ?? ""
        try "subjectAltName=DNS:localhost,IP:127.0.0.1\(another)\n".write(
            toFile: names,
            atomically: true,
            encoding: .utf8
        )
        try TestAuthority.openssl([
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=\(name)",
            "-keyout", identity.keyFile, "-out", request,
        ])
        try TestAuthority.openssl([
            "x509", "-req", "-in", request, "-CA", root.certificateFile, "-CAkey", root.keyFile, "-CAcreateserial",
            "-days", "\(days)", "-extfile", names, "-out", identity.certificateFile,
        ])
        return identity
    }

    /// A certificate that nobody but its owner has signed.
    package func selfSigned(_ name: String) throws -> Identity {
        let identity = files(name)
        try TestAuthority.openssl(Self.request(name, identity) + ["-days", "2"])
        return identity
    }

    /// The SHA-256 of a certificate as `openssl` tells it: 64 hexadecimal digits in lower case.
    package static func fingerprint(of identity: Identity) throws -> String {
        let line = try openssl(["x509", "-noout", "-fingerprint", "-sha256", "-in", identity.certificateFile])
        return (line.split(separator: "=").last ?? "").filter(\.isHexDigit).lowercased()
    }

    private static func request(_ name: String, _ identity: Identity) -> [String] {
        [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=\(name)",
            "-keyout", identity.keyFile, "-out", identity.certificateFile,
        ]
    }

    private func files(_ name: String) -> Identity {
        Identity(
            certificateFile: folder.appendingPathComponent("\(name).pem").path,
            keyFile: folder.appendingPathComponent("\(name).key").path
        )
    }

    /// Runs `openssl` and returns what it prints.
    @discardableResult
    package static func openssl(_ arguments: [String]) throws -> String {
        let outcome = try Program.run("openssl", arguments)
        guard outcome.status == 0 else {
            throw Failure(description: "openssl \(arguments[0]): \(outcome.complaint)")
        }
        return outcome.output
    }
}
