/// Who a server is over TLS, and whom it asks its clients to be. All texts are PEM.
package struct ServerTLS: Sendable, Hashable {
    /// The server's certificate, and behind it those up to, but without, the root.
    package var certificates: [UInt8]
    /// The key of the first certificate; not encrypted.
    package var privateKey: [UInt8]
    /// The authorities whose certificates clients are asked for (mutual TLS); `nil` to ask for none.
    ///
    /// A client that shows none is served all the same: whom to let in is the handler's business, which finds what was
    /// shown in ``HTTPRequest/clientCertificate``.
    package var clientAuthorities: [UInt8]?

    package init(certificates: [UInt8], privateKey: [UInt8], clientAuthorities: [UInt8]? = nil) {
        self.certificates = certificates
        self.privateKey = privateKey
        self.clientAuthorities = clientAuthorities
    }

    /// TLS 1.3 and 1.2 only; keys of one connection tell nothing of another's (ECDHE); ciphers that seal what they
    /// encrypt (AEAD). What RFC 9325 recommends, as GnuTLS writes it.
    static let priorities = """
        SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA:-CIPHER-ALL:+AES-256-GCM:\
        +AES-128-GCM:+CHACHA20-POLY1305:-MAC-ALL:+AEAD:%SERVER_PRECEDENCE
        """
}
