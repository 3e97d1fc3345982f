import KizunaCrypto
import KizunaLedger
import KizunaPages
import KizunaSwitch

extension Site.Tools {
    /// The machine's clock unless told otherwise, OpenSSL, and real chance.
    ///
    /// - Parameter isSecure: whether browsers come over TLS.
    static func real(isSecure: Bool, clock: any KizunaSwitch.Clock = SystemClock()) -> Site.Tools {
        Site.Tools(
            clock: clock,
            digester: OpenSSLDigester(),
            authenticator: OpenSSLAuthenticator(),
            isSecure: isSecure,
            newID: newID
        )
    }

    static let newID: @Sendable () -> UniqueID = {
        var random = SystemRandom()
        return .version4(using: &random)
    }
}
