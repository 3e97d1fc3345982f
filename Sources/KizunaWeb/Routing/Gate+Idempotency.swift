import KizunaLedger
import KizunaSwitch

/// Knows a request again: its key says which one it is, its fingerprint whether it is still the same (`flows.md` 4.7).
extension Gate {
    private static let keyHeader = "Idempotency-Key"
    static let longestIdempotencyKey = 64

    func idempotencyKey(of request: HTTPRequest) throws(Problem) -> String {
        guard let key = request.headers[Gate.keyHeader] else {
            throw Problem(
                .idempotencyKeyMissing,
                "Send \"\(Gate.keyHeader)\" with a text of your own that is new for every new request."
            )
        }
        guard 1...Gate.longestIdempotencyKey ~= key.utf8.count, key.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw Problem(
                .idempotencyKeyInvalid,
                "\"\(Gate.keyHeader)\" has 1 to \(Gate.longestIdempotencyKey) visible ASCII characters."
            )
        }
        return key
    }

    /// What the switch keeps of a key; nothing for operations that keep none.
    func token(
        _ key: String,
        of participant: ParticipantID,
        for route: Route,
        _ request: HTTPRequest,
        _ body: JSON
    ) -> IdempotencyToken? {
        guard case .kept(let operation) = route.idempotency else { return nil }
        return IdempotencyToken(
            key: IdempotencyKey(participant: participant, operation: operation, text: key),
            fingerprint: fingerprint(of: request, route.takesFile ? request.body : body.canonical.encoded)
        )
    }

    /// The front half of the SHA-256 over the method, the path and what the body says: a file's bytes, or the values of
    /// JSON, whatever their order and blanks were.
    private func fingerprint(of request: HTTPRequest, _ body: [UInt8]) -> UniqueID {
        let digest = digester.sha256(Array("\(request.method) \(request.path)\n".utf8) + body)
        return UniqueID(bytes: digest.prefix(16))
    }
}
