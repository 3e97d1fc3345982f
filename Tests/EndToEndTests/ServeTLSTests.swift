import Foundation
import TestAuthority
import Testing

/// The native API of a real process over TLS.
@Suite struct ServeTLSTests {
    @Test func theAPIStandsOnItsCertificate() throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority()
        let identity = try authority.issue("switch")
        let server = try ServeProcess(
            database: "sqlite:\(folder.database)",
            listen: "127.0.0.1:0",
            flags: ["--tls-cert", identity.certificateFile, "--tls-key", identity.keyFile]
        )
        let address = try #require(server.baseURL.split(separator: "/").last)
        #expect(server.baseURL == "https://\(address)")
        let words = try TestAuthority.openssl([
            "s_client", "-connect", String(address), "-CAfile", authority.root.certificateFile, "-verify_return_error",
            "-verify_ip", "127.0.0.1",
        ])
        #expect(words.contains("Verify return code: 0 (ok)") && words.contains("TLSv1.3"))
        #expect(server.terminate() == 0)
    }

    @Test func aCertificateWithAnothersKeyIsNotServed() throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority()
        let (identity, other) = (try authority.issue("switch"), try authority.issue("other"))
        let result = try Executable.run([
            "serve", "--database", "sqlite:\(folder.database)", "--listen", "127.0.0.1:0", "--tls-cert",
            identity.certificateFile, "--tls-key", other.keyFile,
        ])
        #expect(result.status == 3 && result.complaint.contains("certificateUnusable"), "\(result.complaint)")
    }

    @Test func certificateAndKeyGoTogether() throws {
        let result = try Executable.run(["serve", "--tls-cert", "x"])
        #expect(result.status == 2 && result.complaint.contains("--tls-cert and --tls-key go together"))
    }
}
