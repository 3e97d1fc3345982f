/// Whom a client believes over TLS, and who it is itself; all in PEM files that are read for each connection.
package struct ClientTLS: Sendable, Hashable {
    /// Authorities of servers, besides those that the system knows.
    package var authoritiesFile: String?
    /// The certificate to show, with those above it; `nil` to show none.
    package var certificateFile: String?
    package var keyFile: String?

    package init(authoritiesFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil) {
        self.authoritiesFile = authoritiesFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}
