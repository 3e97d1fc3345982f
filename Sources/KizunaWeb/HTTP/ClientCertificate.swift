/// A certificate whose key a client has proved to hold, in the handshake of its connection (mutual TLS).
package struct ClientCertificate: Sendable, Hashable {
    /// The SHA-256 of the certificate as it was sent (DER), 32 bytes: what a participant's entry is bound to.
    package var fingerprint: [UInt8]
    /// Whether its chain ends at one of the authorities that clients are asked for, and its time is now. One that is
    /// not trusted says no more than that its bearer holds the key.
    package var isTrusted: Bool

    package init(fingerprint: [UInt8], isTrusted: Bool) {
        self.fingerprint = fingerprint
        self.isTrusted = isTrusted
    }
}
