import KizunaCrypto
import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// `kizuna key create|revoke`: the keys of participants, and of people who work for the switch, to the API.
struct KeyCommand {
    let console: Console

    private static let participant = Flag("--participant", "ID", help: "whose key")
    private static let person = Flag(
        "--operator",
        "NAME",
        help: "the person whose key: as a participant's id is written"
    )
    private static let create = Verb(
        "key create",
        summary: "Makes a key and prints it once, with its id; only its hash is kept.",
        flags: [participant, person, DatabaseFlag.flag],
        examples: ["kizuna key create --participant mekong-bank", "kizuna key create --operator sokha"]
    )
    private static let revoke = Verb(
        "key revoke",
        summary: "Makes a key useless from now on.",
        operands: "KEY-ID",
        operandCount: 1...1,
        flags: [DatabaseFlag.flag],
        examples: ["kizuna key revoke 0199c8c0-1a2b-7abc-8def-0123456789ab"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.choosing(among: [KeyCommand.create, KeyCommand.revoke], of: "key", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                if verb.name == KeyCommand.create.name {
                    try await create(arguments)
                } else {
                    try await revoke(arguments)
                }
                return ExitStatus.done
            }
        }
    }

    private func create(_ arguments: Arguments) async throws {
        var random = SystemRandom()
        let key = KizunaCrypto.APIKey.generate(using: &random)
        let command = try command(arguments, digest: key.sha256)
        let operations = Operations(store: try DatabaseFlag.open(arguments))
        guard case .apiKey(let keyID) = try await operations.perform(command) else { return }
        console.writeLine(["id": .string(keyID.description), "key": .string(key.text)])
    }

    private func command(_ arguments: Arguments, digest: [UInt8]) throws(UsageError) -> Command {
        switch (arguments[KeyCommand.participant], arguments[KeyCommand.person]) {
        case (let text?, nil):
            guard let id = ParticipantID(text) else { throw arguments.error("--participant takes a participant's id") }
            return .addAPIKey(participant: id, digest: digest)
        case (nil, let name?):
            guard let person = OperatorID(name) else {
                throw arguments.error("--operator takes 2 to 20 lower-case letters, digits and inner hyphens")
            }
            return .addOperatorKey(person, digest: digest)
        case (nil, nil), (_?, _?):
            throw arguments.error("say whose key: --participant ID or --operator NAME")
        }
    }

    private func revoke(_ arguments: Arguments) async throws {
        guard let id = UniqueID(arguments.operands[0]) else {
            throw arguments.error("\(arguments.operands[0]) is no key's id; kizuna key create prints it")
        }
        let operations = Operations(store: try DatabaseFlag.open(arguments))
        _ = try await operations.perform(.revokeAPIKey(id))
        console.complain("revoked")
    }
}
