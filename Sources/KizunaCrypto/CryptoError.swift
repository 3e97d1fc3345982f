import COpenSSL

/// What OpenSSL refused to do, in its own words. Holds no key and no message.
package struct CryptoError: Error, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The library, or the provider it is configured with, does not offer the algorithm.
        case algorithmMissing
        case operationFailed
    }

    package var code: Code
    package var message: String

    package var description: String { "\(code.rawValue): \(message)" }

    /// Takes the newest entry from the calling thread's error queue, and empties the queue.
    static func last(_ code: Code) -> CryptoError {
        let reason = ERR_reason_error_string(ERR_peek_last_error()).map { String(cString: $0) }
        ERR_clear_error()
        return CryptoError(code: code, message: reason ?? "no reason given")
    }
}

/// Stops the process when a step fails that only a broken library or exhausted memory can make fail: nobody who
/// wants a hash can do anything else with the news, and to go on without it would be worse.
func require(_ succeeded: Bool, _ step: StaticString) {
    guard succeeded else { preconditionFailure("OpenSSL could not \(step): \(CryptoError.last(.operationFailed))") }
}
