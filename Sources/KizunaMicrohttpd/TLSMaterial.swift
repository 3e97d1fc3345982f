import CMicrohttpd
import Glibc
import KizunaWeb

/// A server's TLS material as libmicrohttpd takes it, checked.
final class TLSMaterial: Sendable {
    let certificates: CText
    let privateKey: CText
    let clientAuthorities: CText?
    let priorities = CText(Array(ServerTLS.priorities.utf8))

    /// - Throws: ``ServerError`` with `certificateUnusable`, in GnuTLS's words.
    init(_ tls: ServerTLS) throws(ServerError) {
        certificates = CText(tls.certificates)
        privateKey = CText(tls.privateKey)
        clientAuthorities = tls.clientAuthorities.map(CText.init)
        var (chain, key) = (certificates.datum, privateKey.datum)
        let code =
            if var authorities = clientAuthorities?.datum {
                kizuna_check_tls(&chain, &key, &authorities, priorities.pointer)
            } else {
                kizuna_check_tls(&chain, &key, nil, priorities.pointer)
            }
        guard code == 0 else {
            throw ServerError(code: .certificateUnusable, message: String(cString: gnutls_strerror(code)))
        }
    }
}

/// A zero-terminated text at a place that does not move.
final class CText: @unchecked Sendable {
    // Sendable because the bytes are never written to again.

    private let start: UnsafeMutablePointer<CChar>
    private let count: Int

    init(_ text: [UInt8]) {
        count = text.count
        start = .allocate(capacity: count + 1)
        for (offset, byte) in text.enumerated() { (start + offset).initialize(to: CChar(bitPattern: byte)) }
        (start + count).initialize(to: 0)
    }

    deinit {
        // A key is among them: it should not be found in memory that somebody else is given.
        explicit_bzero(start, count)
        start.deallocate()
    }

    var pointer: UnsafePointer<CChar> { UnsafePointer(start) }

    fileprivate var datum: gnutls_datum_t {
        gnutls_datum_t(
            data: UnsafeMutableRawPointer(start).assumingMemoryBound(to: UInt8.self),
            size: UInt32(count)
        )
    }
}

extension ClientCertificate {
    /// What the client of a connection has shown; `nil` where it has shown none.
    init?(shownOn connection: OpaquePointer) {
        guard let session = kizuna_connection_session(connection) else { return nil }
        var digest = [UInt8](repeating: 0, count: 32)
        var trouble: UInt32 = 0
        guard kizuna_client_certificate(session, &digest, &trouble) == 1 else { return nil }
        self.init(fingerprint: digest, isTrusted: trouble == 0)
    }
}
