import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// `kizuna key create|certificate|signing|list|revoke`: what participants, and people who work for the switch, are known
/// by at the API.
struct KeyCommand {
    let console: Console

    private static let participant = Flag("--participant", "ID", help: "whose key")
    private static let person = Flag(
        "--operator",
        "NAME",
        help: "the person whose key: as a participant's id is written"
    )
    private static let scopes = Flag(
        "--scopes",
        "LIST",
        help: "what a participant's key may do, of pay,refund,read,rates,admin; standard all"
    )
    private static let roles = Flag(
        "--roles",
        "LIST",
        help: "what a person may do, of operator,approver,auditor,support; standard all"
    )
    private static let days = Flag("--days", "N", help: "for how long, 1 to 3650; standard until it is revoked")

    /// The longest that a key can be made for.
    private static let longestDays = 3_650
    /// More than any PEM file of one certificate or key has.
    private static let mostBytes = 64 * 1_024

    private static let create = Verb(
        "key create",
        summary: "Makes a key and prints it once, with its id; only its hash is kept.",
        flags: [participant, person, scopes, roles, days, DatabaseFlag.flag],
        examples: [
            "kizuna key create --participant mekong-bank", "kizuna key create --participant mekong-bank --scopes read",
            "kizuna key create --operator sokha --roles operator --days 90",
        ]
    )
    private static let certificate = Verb(
        "key certificate",
        summary: "Binds a client certificate to a participant, which from then on connects with one (mutual TLS).",
        operands: "FILE",
        operandCount: 1...1,
        flags: [participant, DatabaseFlag.flag],
        examples: ["kizuna key certificate --participant mekong-bank mekong.pem"]
    )
    private static let signing = Verb(
        "key signing",
        summary: "Takes a participant's Ed25519 public key; from then on it signs every request (RFC 9421).",
        operands: "FILE",
        operandCount: 1...1,
        flags: [participant, days, DatabaseFlag.flag],
        examples: ["kizuna key signing --participant mekong-bank mekong-public.pem"]
    )
    private static let list = Verb(
        "key list",
        summary: "Lists keys with what they grant, until when, and when they were last used; never a key itself.",
        flags: [DatabaseFlag.flag],
        examples: ["kizuna key list"]
    )
    private static let revoke = Verb(
        "key revoke",
        summary: "Makes a key, a certificate or a signing key useless from now on.",
        operands: "KEY-ID",
        operandCount: 1...1,
        flags: [DatabaseFlag.flag],
        examples: ["kizuna key revoke 0199c8c0-1a2b-7abc-8def-0123456789ab"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        let verbs = [
            KeyCommand.create, KeyCommand.certificate, KeyCommand.signing, KeyCommand.list, KeyCommand.revoke,
        ]
        return await console.choosing(among: verbs, of: "key", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                switch verb.name {
                case KeyCommand.create.name: try await create(arguments)
                case KeyCommand.certificate.name: try await bindCertificate(arguments)
                case KeyCommand.signing.name: try await takeSigningKey(arguments)
                case KeyCommand.list.name: try list(arguments)
                default: try await revoke(arguments)
                }
                return ExitStatus.done
            }
        }
    }

    // MARK: Making

    private func create(_ arguments: Arguments) async throws {
        let (owner, grants) = try bearer(arguments)
        let end = try end(arguments)
        let store = try DatabaseFlag.open(arguments)
        var random = SystemRandom()
        let key = KizunaCrypto.APIKey.generate(for: try store.environment() ?? .live, using: &random)
        let command = AddAPIKey(owner: owner, digest: key.sha256, grants: grants, expiresAt: end)
        let id = try await add(command, store)
        console.writeLine(["id": .string(id.description), "key": .string(key.text)])
    }

    private func bindCertificate(_ arguments: Arguments) async throws {
        let path = arguments.operands[0]
        guard let certificate = PEM.certificate(try FileBytes.read(path, limit: KeyCommand.mostBytes)) else {
            throw InputError(description: "\(path) holds no certificate in PEM (\"BEGIN CERTIFICATE\")")
        }
        let command = AddAPIKey(
            owner: .participant(try participant(arguments)),
            kind: .certificate,
            digest: certificate.fingerprint,
            grants: [],
            expiresAt: Timestamp(milliseconds: certificate.notAfterSeconds * 1_000)
        )
        let id = try await add(command, try DatabaseFlag.open(arguments))
        console.writeLine(["id": .string(id.description), "sha256": .string(Hex.encode(certificate.fingerprint))])
    }

    private func takeSigningKey(_ arguments: Arguments) async throws {
        let path = arguments.operands[0]
        guard let key = PEM.ed25519PublicKey(try FileBytes.read(path, limit: KeyCommand.mostBytes)) else {
            throw InputError(description: "\(path) holds no Ed25519 public key in PEM (\"BEGIN PUBLIC KEY\")")
        }
        let command = AddAPIKey(
            owner: .participant(try participant(arguments)),
            kind: .signing,
            digest: key,
            grants: [],
            expiresAt: try end(arguments)
        )
        let id = try await add(command, try DatabaseFlag.open(arguments))
        console.writeLine(["id": .string(id.description), "keyid": .string(id.description)])
    }

    private func add(_ command: AddAPIKey, _ store: any Store) async throws -> UniqueID {
        let operations = Operations(store: store)
        guard case .apiKey(let id) = try await operations.perform(.addAPIKey(command)) else {
            preconditionFailure("A new key was answered with something else")
        }
        console.noteAccessChange()
        return id
    }

    // MARK: Reading flags

    private func bearer(_ arguments: Arguments) throws(UsageError) -> (APIKeyOwner, Grants) {
        let person = arguments[KeyCommand.person]
        guard (arguments[KeyCommand.participant] == nil) != (person == nil) else {
            throw arguments.error("say whose key: --participant ID or --operator NAME")
        }
        guard let person else {
            guard arguments[KeyCommand.roles] == nil else {
                throw arguments.error("--roles are a person's; a participant's key has --scopes")
            }
            let grants = try grants(arguments, KeyCommand.scopes, among: .ofParticipants)
            return (.participant(try participant(arguments)), grants)
        }
        guard arguments[KeyCommand.scopes] == nil else {
            throw arguments.error("--scopes are a participant's; a person's key has --roles")
        }
        guard let id = OperatorID(person) else {
            throw arguments.error("--operator takes 2 to 20 lower-case letters, digits and inner hyphens")
        }
        return (.person(id), try grants(arguments, KeyCommand.roles, among: .ofPersons))
    }

    private func participant(_ arguments: Arguments) throws(UsageError) -> ParticipantID {
        guard let text = arguments[KeyCommand.participant], let id = ParticipantID(text) else {
            throw arguments.error("--participant takes a participant's id")
        }
        return id
    }

    private func grants(_ arguments: Arguments, _ flag: Flag, among all: Grants) throws(UsageError) -> Grants {
        arguments.has(flag) ? try arguments.grants(flag, among: all) : all
    }

    private func end(_ arguments: Arguments) throws(UsageError) -> Timestamp? {
        guard let text = arguments[KeyCommand.days] else { return nil }
        guard let days = Int(text), 1...KeyCommand.longestDays ~= days else {
            throw arguments.error("--days takes a whole number from 1 to \(KeyCommand.longestDays)")
        }
        return SystemClock().now().adding(.seconds(days * 86_400))
    }

    // MARK: Keeping

    private func list(_ arguments: Arguments) throws {
        let store = try DatabaseFlag.openForReading(arguments)
        for key in try store.read({ reader throws(StoreError) in try reader.apiKeys() }) {
            console.writeLine([
                "id": .string(key.id.description), "owner": .string(key.owner.name), "kind": .string(key.kind.name),
                "grants": .array(key.grants.names.map { .string($0) }),
                "createdAt": .string(key.createdAt.rfc3339),
                "expiresAt": key.expiresAt.map { .string($0.rfc3339) } ?? .null,
                "revokedAt": key.revokedAt.map { .string($0.rfc3339) } ?? .null,
                "lastUsedAt": key.lastUsedAt.map { .string($0.rfc3339) } ?? .null,
            ])
        }
    }

    private func revoke(_ arguments: Arguments) async throws {
        guard let id = UniqueID(arguments.operands[0]) else {
            throw arguments.error("\(arguments.operands[0]) is no key's id; kizuna key create prints it")
        }
        let operations = Operations(store: try DatabaseFlag.open(arguments))
        _ = try await operations.perform(.revokeAPIKey(id))
        console.complain("revoked")
        console.noteAccessChange()
    }
}

extension Arguments {
    /// Some of several grants by their names, with commas between them.
    func grants(_ flag: Flag, among all: Grants) throws(UsageError) -> Grants {
        var grants: Grants = []
        for word in try required(flag).split(separator: ",", omittingEmptySubsequences: false) {
            guard let grant = Grants.names.first(where: { $0.name == word && all.contains($0.grant) })?.grant else {
                throw error("\(flag.name) takes some of \(all.names.joined(separator: ","))")
            }
            grants.insert(grant)
        }
        return grants
    }
}

private typealias APIKeyOwner = KizunaSwitch.APIKey.Owner

extension KizunaSwitch.APIKey.Owner {
    /// Such as `participant mekong-bank`.
    fileprivate var name: String {
        switch self {
        case .participant(let id): "participant \(id)"
        case .person(let id): "operator \(id)"
        }
    }
}

extension KizunaSwitch.APIKey.Kind {
    fileprivate var name: String {
        switch self {
        case .secret: "key"
        case .certificate: "certificate"
        case .signing: "signing key"
        }
    }
}
