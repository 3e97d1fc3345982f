import KizunaCrypto
import KizunaPayments
import KizunaQRImage
import KizunaSwitch
import KizunaWeb

/// `kizuna person add|list|suspend|resume|roles|password|totp`: who works for the switch and signs in to its pages.
struct PeopleCommand {
    let console: Console

    private static let name = Flag("--name", "TEXT", help: "what colleagues call the person, up to 70 characters")
    private static let roles = Flag("--roles", "LIST", help: "some of operator,approver,auditor,support")
    private static let passwordFile = Flag(
        "--password-file",
        "F",
        help: "a file with a password of 12 to 256 bytes; standard: one is made and shown once"
    )

    private static let operand = "PERSON"
    private static let add = Verb(
        "person add",
        summary: "Adds a person, and shows once the password and what the authenticator app scans.",
        operands: operand,
        operandCount: 1...1,
        flags: [name, roles, passwordFile, DatabaseFlag.flag],
        examples: ["kizuna person add sokha --name \"Chan Sokha\" --roles operator"]
    )
    private static let list = Verb(
        "person list",
        summary: "Lists everybody with roles and standing; never a secret.",
        flags: [DatabaseFlag.flag],
        examples: ["kizuna person list"]
    )
    private static let suspend = Verb(
        "person suspend",
        summary: "Ends a person's sessions and keys, and lets no new ones begin.",
        operands: operand,
        operandCount: 1...1,
        flags: [DatabaseFlag.flag],
        examples: ["kizuna person suspend sokha"]
    )
    private static let resume = Verb(
        "person resume",
        summary: "Lets a suspended person sign in again.",
        operands: operand,
        operandCount: 1...1,
        flags: [DatabaseFlag.flag],
        examples: ["kizuna person resume sokha"]
    )
    private static let setRoles = Verb(
        "person roles",
        summary: "Changes what a person may do, and ends the sessions.",
        operands: operand,
        operandCount: 1...1,
        flags: [roles, DatabaseFlag.flag],
        examples: ["kizuna person roles sokha --roles operator,approver"]
    )
    private static let password = Verb(
        "person password",
        summary: "Gives a person a new password, and ends the sessions.",
        operands: operand,
        operandCount: 1...1,
        flags: [passwordFile, DatabaseFlag.flag],
        examples: ["kizuna person password sokha", "kizuna person password sokha --password-file new.txt"]
    )
    private static let authenticator = Verb(
        "person totp",
        summary: "Gives a person a new secret for the authenticator app, and ends the sessions.",
        operands: operand,
        operandCount: 1...1,
        flags: [DatabaseFlag.flag],
        examples: ["kizuna person totp sokha"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        let verbs = [
            PeopleCommand.add, PeopleCommand.list, PeopleCommand.suspend, PeopleCommand.resume,
            PeopleCommand.setRoles, PeopleCommand.password, PeopleCommand.authenticator,
        ]
        return await console.choosing(among: verbs, of: "person", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                switch verb.name {
                case PeopleCommand.add.name: try await add(arguments)
                case PeopleCommand.list.name: try list(arguments)
                case PeopleCommand.suspend.name: try await suspend(arguments)
                case PeopleCommand.resume.name: try await change(.standing(.active), arguments)
                case PeopleCommand.setRoles.name: try await change(.roles(try roles(arguments)), arguments)
                case PeopleCommand.password.name: try await setPassword(arguments)
                default: try await setAuthenticator(arguments)
                }
                return ExitStatus.done
            }
        }
    }

    // MARK: Doing it

    private func add(_ arguments: Arguments) async throws {
        let id = try person(arguments)
        let name = try arguments.required(PeopleCommand.name)
        guard 1...Person.longestName ~= name.count else {
            throw arguments.error("--name takes 1 to \(Person.longestName) characters")
        }
        let secrets = NewSecrets(id)
        let password = try password(arguments) ?? secrets.password
        let command = AddPerson(
            id: id,
            name: name,
            roles: try roles(arguments),
            passwordHash: PasswordHash.make(of: password, using: secrets.random),
            authenticatorKey: secrets.authenticatorKey
        )
        try await perform(.add(command), arguments)
        if arguments[PeopleCommand.passwordFile] == nil { show(password: password, of: id) }
        show(authenticator: secrets)
    }

    private func setPassword(_ arguments: Arguments) async throws {
        let secrets = NewSecrets(try person(arguments))
        let password = try password(arguments) ?? secrets.password
        try await change(.password(hash: PasswordHash.make(of: password, using: secrets.random)), arguments)
        if arguments[PeopleCommand.passwordFile] == nil { show(password: password, of: secrets.person) }
    }

    private func setAuthenticator(_ arguments: Arguments) async throws {
        let secrets = NewSecrets(try person(arguments))
        try await change(.authenticator(key: secrets.authenticatorKey), arguments)
        show(authenticator: secrets)
    }

    /// Keys for programs do not go through the sign-in, so they end too.
    private func suspend(_ arguments: Arguments) async throws {
        let id = try person(arguments)
        let store = try DatabaseFlag.open(arguments)
        let operations = Operations(store: store)
        _ = try await operations.perform(.people(.change(id, .standing(.suspended))))
        let keys = try store.read { reader throws(StoreError) in try reader.apiKeys() }
        for key in keys where key.owner == .person(id) && key.revokedAt == nil {
            _ = try await operations.perform(.revokeAPIKey(key.id))
        }
        console.complain("suspended")
        console.noteAccessChange()
    }

    private func change(_ change: PersonChange, _ arguments: Arguments) async throws {
        try await perform(.change(try person(arguments), change), arguments)
        console.complain("changed; every session of this person has ended")
    }

    private func perform(_ command: PersonCommand, _ arguments: Arguments) async throws {
        _ = try await Operations(store: try DatabaseFlag.open(arguments)).perform(.people(command))
        console.noteAccessChange()
    }

    private func list(_ arguments: Arguments) throws {
        let store = try DatabaseFlag.openForReading(arguments)
        for person in try store.read({ reader throws(StoreError) in try reader.people() }) {
            console.writeLine([
                "id": .string(person.id.description), "name": .string(person.name),
                "roles": .array(person.roles.names.map { .string($0) }),
                "standing": .string(person.standing == .active ? "active" : "suspended"),
                "createdAt": .string(person.createdAt.rfc3339), "changedAt": .string(person.changedAt.rfc3339),
            ])
        }
    }

    // MARK: Showing once

    private func show(password: String, of id: OperatorID) {
        console.writeLine(["id": .string(id.description), "password": .string(password)])
    }

    private func show(authenticator secrets: NewSecrets) {
        console.writeLine(["authenticator": .string(secrets.uri)])
        guard console.isTerminal, let symbol = try? QRSymbol(secrets.uri, correction: .low) else { return }
        console.complain("Scan this with an authenticator app; it is not shown again.")
        console.write(QRPicture(symbol).terminalText(.coloured))
    }

    // MARK: Reading flags

    private func person(_ arguments: Arguments) throws(UsageError) -> OperatorID {
        guard let id = OperatorID(arguments.operands[0]) else {
            throw arguments.error("a person is named by 2 to 20 lower-case letters, digits and inner hyphens")
        }
        return id
    }

    private func roles(_ arguments: Arguments) throws(UsageError) -> Grants {
        try arguments.grants(PeopleCommand.roles, among: .ofPersons)
    }

    private static let passwordBytes = 12...SignInDesk.longestPassword

    private func password(_ arguments: Arguments) throws -> String? {
        guard let path = arguments[PeopleCommand.passwordFile] else { return nil }
        let bytes = try FileBytes.read(path, limit: PeopleCommand.passwordBytes.upperBound + 1)
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard let text = String(validating: line, as: UTF8.self), PeopleCommand.passwordBytes ~= line.count else {
            throw InputError(description: "\(path) holds no password of 12 to 256 bytes in its first line")
        }
        return text
    }
}

/// What a person is given, made anew.
struct NewSecrets {
    let person: OperatorID
    let random = SystemRandom()
    /// 100 random bits in groups that can be read aloud.
    let password: String
    let authenticatorKey: [UInt8]

    private static let groupCount = 5

    init(_ person: OperatorID) {
        self.person = person
        let letters = Base32.encode(random.bytes(13)).lowercased()
        password = (0..<NewSecrets.groupCount).map { group in
            String(letters.dropFirst(group * 4).prefix(4))
        }.joined(separator: "-")
        authenticatorKey = random.bytes(OneTimeCode.keyBytes)
    }

    /// What an authenticator app takes in.
    var uri: String { OneTimeCode.uri(key: authenticatorKey, account: person.description) }
}
