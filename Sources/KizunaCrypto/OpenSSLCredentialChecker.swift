import Dispatch
package import KizunaMoney
import KizunaSwitch

/// Checks passwords and codes with OpenSSL, one password after the other, so that many who sign in at once take neither
/// all memory nor the threads that payments run on.
package final class OpenSSLCredentialChecker: CredentialChecker {
    private let queue = DispatchQueue(label: "kizuna.passwords", qos: .utility)

    package init() {}

    package func isRight(_ password: String, for hash: String?) async -> Bool {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: PasswordHash.isRight(password, for: hash)) }
        }
    }

    package func step(of code: String, key: [UInt8], at now: Timestamp) -> Int64? {
        OneTimeCode.step(of: code, key: key, at: now)
    }
}
