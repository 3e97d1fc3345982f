import KizunaCrypto
import KizunaCurl
import KizunaMoney
import KizunaWeb

/// `--link-ca F`, `--link-cert F` and `--link-key F`: whom the switch believes where it calls participants and webhooks,
/// and who it is to them.
enum LinkTLSFlags {
    static let authorities = Flag(
        "--link-ca",
        "F",
        help: "a PEM file with authorities of participants' servers, besides those that the system knows"
    )
    static let certificate = Flag(
        "--link-cert",
        "F",
        help: "show participants' servers this certificate (mutual TLS): a PEM file with it and those above it"
    )
    static let key = Flag("--link-key", "F", help: "a PEM file with that certificate's key, without a password")

    static let all = [authorities, certificate, key]

    /// More than any chain has: a wrong path should not read a database into memory.
    private static let mostBytes = 256 * 1_024

    /// What the flags name. The files are read again for each connection; what is wrong with them now is told now.
    ///
    /// - Throws: ``UsageError`` for one flag without the other, ``InputError`` for files that are of no use.
    static func tls(_ arguments: Arguments) throws -> ClientTLS {
        let tls = ClientTLS(
            authoritiesFile: arguments[authorities],
            certificateFile: arguments[certificate],
            keyFile: arguments[key]
        )
        if let path = tls.authoritiesFile { _ = try certificate(in: path) }
        switch (tls.certificateFile, tls.keyFile) {
        case (nil, nil): break
        case (let certificate?, let key?): try check(certificate, key)
        case (_?, nil), (nil, _?): throw arguments.error("\(certificate.name) and \(key.name) go together")
        }
        return tls
    }

    private static func check(_ certificatePath: String, _ keyPath: String) throws {
        let (bytes, certificate) = try certificate(in: certificatePath)
        let end = Timestamp(milliseconds: certificate.notAfterSeconds * 1_000)
        guard SystemClock().now() < end else {
            throw InputError(description: "the certificate in \(certificatePath) lapsed at \(end.rfc3339); renew it")
        }
        switch PEM.isKey(try FileBytes.read(keyPath, limit: mostBytes), of: bytes) {
        case true?: break
        case false?:
            throw InputError(description: "the key in \(keyPath) is not that of the certificate in \(certificatePath)")
        case nil:
            throw InputError(
                description: "\(keyPath) holds no private key in PEM (\"BEGIN PRIVATE KEY\") without a password"
            )
        }
    }

    private static func certificate(in path: String) throws -> (bytes: [UInt8], certificate: PEM.Certificate) {
        let bytes = try FileBytes.read(path, limit: mostBytes)
        guard let certificate = PEM.certificate(bytes) else {
            throw InputError(description: "\(path) holds no certificate in PEM (\"BEGIN CERTIFICATE\")")
        }
        return (bytes, certificate)
    }
}
