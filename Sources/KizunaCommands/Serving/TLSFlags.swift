import KizunaMicrohttpd

/// The flags that give a listener its certificate: `--tls-cert F --tls-key F`, and the same for other listeners under a
/// prefix of theirs.
struct TLSFlags {
    let certificate: Flag
    let key: Flag
    /// Only where clients are known by certificates.
    let clientAuthorities: Flag?

    /// More than any chain has: a wrong path should not read a database into memory.
    private static let mostBytes = 256 * 1_024

    /// - Parameters:
    ///   - prefix: what stands before `tls` in the flags' names, such as `bakong-`.
    ///   - knowsClients: whether clients are asked for certificates where the operator says so.
    init(prefix: String = "", listener: String, knowsClients: Bool = false) {
        certificate = Flag(
            "--\(prefix)tls-cert",
            "F",
            help: "\(listener) over TLS: a PEM file with its certificate and those above it"
        )
        key = Flag("--\(prefix)tls-key", "F", help: "a PEM file with that certificate's key")
        clientAuthorities =
            knowsClients
            ? Flag(
                "--\(prefix)tls-client-ca",
                "F",
                help: "every participant needs its certificate: a PEM file with the authorities that are asked for"
            ) : nil
    }

    var all: [Flag] { [certificate, key] + (clientAuthorities.map { [$0] } ?? []) }

    /// What the flags name, read; `nil` where neither is given.
    func material(_ arguments: Arguments) throws -> ServerTLS? {
        switch (arguments[certificate], arguments[key]) {
        case (nil, nil):
            if let clientAuthorities, arguments[clientAuthorities] != nil {
                throw arguments.error("\(clientAuthorities.name) needs \(certificate.name) and \(key.name)")
            }
            return nil
        case (let certificate?, let key?):
            return ServerTLS(
                certificates: try read(certificate),
                privateKey: try read(key),
                clientAuthorities: try clientAuthorities.flatMap { arguments[$0] }.map(read)
            )
        case (_?, nil), (nil, _?): throw arguments.error("\(certificate.name) and \(key.name) go together")
        }
    }

    private func read(_ path: String) throws -> [UInt8] {
        let bytes = try FileBytes.read(path, limit: TLSFlags.mostBytes)
        guard bytes.count <= TLSFlags.mostBytes else {
            throw InputError(description: "\(path) is no PEM file: it has more than 256 KiB")
        }
        return bytes
    }
}
