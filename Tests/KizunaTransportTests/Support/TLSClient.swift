import Dispatch
import TestAuthority

/// A client of another make, `openssl s_client`: one connection, one text sent, everything read.
struct TLSClient {
    var port: Int
    var root: TestAuthority.Identity
    var identity: TestAuthority.Identity?
    /// Flags such as `-tls1_2`.
    var flags: [String] = []

    /// What the server sent, and what the client had to say about the connection.
    func send(_ text: String) async throws -> (answer: String, words: String) {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try self.run(text) }) }
        }
    }

    private func run(_ text: String) throws -> (answer: String, words: String) {
        let arguments =
            [
                "s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", root.certificateFile, "-verify_return_error",
                "-verify_ip", "127.0.0.1", "-quiet", "-no_ign_eof",
            ] + flags + (identity.map { ["-cert", $0.certificateFile, "-key", $0.keyFile] } ?? []) + ["-ign_eof"]
        let outcome = try Program.run("openssl", arguments, input: text)
        return (outcome.output, outcome.complaint)
    }
}
