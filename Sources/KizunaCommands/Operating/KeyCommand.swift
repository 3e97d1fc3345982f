import KizunaCrypto
import KizunaLedger
import KizunaPayments
import KizunaSQLite
import KizunaSwitch
import KizunaWeb

/// `kizuna key create|revoke`: the participants' keys to the API.
struct KeyCommand {
    let console: Console

    private static let participant = Flag("--participant", "ID", help: "whose key")
    private static let create = Verb(
        "key create",
        summary: "Makes a key and prints it once, with its id; only its hash is kept.",
        flags: [participant, DatabaseFlag.flag],
        examples: ["kizuna key create --participant mekong-bank"]
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
        guard let id = ParticipantID(try arguments.required(KeyCommand.participant)) else {
            throw arguments.error("--participant takes a participant's id")
        }
        var random = SystemRandom()
        let key = KizunaCrypto.APIKey.generate(using: &random)
        let operations = Operations(store: try DatabaseFlag.open(arguments))
        guard case .apiKey(let keyID) = try await operations.perform(.addAPIKey(participant: id, digest: key.sha256))
        else { return }
        console.writeLine(["id": .string(keyID.description), "key": .string(key.text)])
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
