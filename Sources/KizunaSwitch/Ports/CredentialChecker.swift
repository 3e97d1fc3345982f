package import KizunaMoney

/// Checks what people show when they sign in.
package protocol CredentialChecker: Sendable {
    /// Whether a password is the one that a hash was made of. Slow on purpose: a tenth of a second and more, and some
    /// megabytes.
    ///
    /// - Parameter hash: `nil` for nobody's, which takes as long and is never right.
    func isRight(_ password: String, for hash: String?) async -> Bool

    /// The time step of a code of six digits that an authenticator shows at about a moment; `nil` for a wrong code.
    func step(of code: String, key: [UInt8], at now: Timestamp) -> Int64?
}
