import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// `kizuna participant add|list|show|suspend|resume`: who takes part.
struct ParticipantCommand {
    let console: Console

    private enum Flags {
        static let id = Flag("--id", "ID", help: "2 to 20 lower-case letters, digits and hyphens: acleda-kh")
        static let name = Flag("--name", "TEXT", help: "the institution's name")
        static let endpoint = Flag(
            "--endpoint",
            "URL",
            help: "where the switch calls it; without it, it asks its inbox"
        )
        static let fee = Flag("--issuer-fee", "BP", help: "an issuer's fee in basis points; standard 0")
        static let caps = Flag("--caps", "LIST", help: "net debit caps: JPY=1000000,KHR=20000000,USD=5000")
        static let config = Flag("--config", "F", help: "the configuration that kizuna serve runs with")
        static let json = Flag("--json", help: "answer in JSON")
    }

    private static let add = Verb(
        "participant add",
        summary: "Lets an institution join, or changes what is known of it.",
        flags: [
            Flags.id, Flags.name, ParticipantFlags.country, ParticipantFlags.roles, ParticipantFlags.link,
            Flags.endpoint, Flags.fee, Flags.caps,
            DatabaseFlag.flag, Flags.config, ReachFlags.addresses, ReachFlags.plainHTTP,
        ],
        examples: [
            "kizuna participant add --id mekong-bank --name \"Mekong Bank\" --country KH --roles issuer "
                + "--endpoint https://bank.example/kizuna --caps KHR=400000000,USD=100000"
        ]
    )
    private static let list = Verb(
        "participant list",
        summary: "Lists the participants.",
        flags: [DatabaseFlag.flag, Flags.json],
        examples: ["kizuna participant list --json"]
    )
    private static let show = Verb(
        "participant show",
        summary: "Shows a participant's positions, what is held, its caps and how much of them is used.",
        operands: "ID",
        operandCount: 1...1,
        flags: [DatabaseFlag.flag, Flags.json],
        examples: ["kizuna participant show tonle-fx", "kizuna participant show tonle-fx --json"]
    )
    private static let suspend = Verb(
        "participant suspend",
        summary: "Stops new business of a participant; what is under way is finished.",
        operands: "ID",
        operandCount: 1...1,
        flags: [DatabaseFlag.flag],
        examples: ["kizuna participant suspend mekong-bank"]
    )
    private static let resume = Verb(
        "participant resume",
        summary: "Lets a suspended participant do business again.",
        operands: "ID",
        operandCount: 1...1,
        flags: [DatabaseFlag.flag],
        examples: ["kizuna participant resume mekong-bank"]
    )

    private static let secret = Verb(
        "participant secret",
        summary: "Prints what a participant checks the switch's signatures with.",
        operands: "ID",
        operandCount: 1...1,
        flags: [Flags.config],
        examples: ["kizuna participant secret mekong-bank --config kizuna.json"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        let verbs = [
            ParticipantCommand.secret, ParticipantCommand.show,
            ParticipantCommand.add, ParticipantCommand.list, ParticipantCommand.suspend, ParticipantCommand.resume,
        ]
        return await console.choosing(among: verbs, of: "participant", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                switch verb.name {
                case ParticipantCommand.add.name: try await add(arguments)
                case ParticipantCommand.list.name: try list(arguments)
                case ParticipantCommand.secret.name: try showSecret(arguments)
                case ParticipantCommand.show.name: try show(arguments)
                case ParticipantCommand.suspend.name: try await set(.suspended, arguments)
                default: try await set(.active, arguments)
                }
                return ExitStatus.done
            }
        }
    }

    private func add(_ arguments: Arguments) async throws {
        guard let id = ParticipantID(try arguments.required(Flags.id)) else {
            throw arguments.error("--id takes 2 to 20 lower-case letters, digits and inner hyphens")
        }
        let country = try ParticipantFlags.country(arguments)
        let participant = Participant(
            id: id,
            name: try arguments.required(Flags.name),
            country: country,
            roles: try ParticipantFlags.roles(arguments),
            linkKind: try ParticipantFlags.linkKind(arguments),
            endpoint: try endpoint(arguments),
            issuerFeeBasisPoints: try arguments.integer(Flags.fee, in: 0...1_000) ?? 0
        )
        let operations = Operations(store: try DatabaseFlag.open(arguments))
        _ = try await operations.perform(.joinParticipant(participant, netDebitCaps: try caps(arguments)))
        console.complain("\(id) has joined")
    }

    private func list(_ arguments: Arguments) throws {
        let store = try DatabaseFlag.openForReading(arguments)
        let participants = try store.read { reader throws(StoreError) in try reader.participants() }
        for participant in participants {
            guard arguments.has(Flags.json) else {
                let facts = [participant.country.rawValue, "\(participant.status)", participant.name]
                console.write(participant.id.description.padded(to: 22) + facts.joined(separator: "  ") + "\n")
                continue
            }
            console.writeLine([
                "id": .string(participant.id.description), "name": .string(participant.name),
                "country": .string(participant.country.rawValue), "status": .string("\(participant.status)"),
                "endpoint": JSON(participant.endpoint),
            ])
        }
    }

    private func show(_ arguments: Arguments) throws {
        guard let id = ParticipantID(arguments.operands[0]) else {
            throw arguments.error("\(arguments.operands[0]) is no participant's id")
        }
        let store = try DatabaseFlag.openForReading(arguments)
        let (found, accounts, rests) = try store.read { reader throws(StoreError) in
            (try reader.participant(id), try reader.accounts(of: id), try reader.roundingRests(of: id))
        }
        guard let participant = found else { throw Refusal(.notFound, "there is no participant \(id)") }
        guard !arguments.has(Flags.json) else {
            console.writeLine(JSON(participant, with: accounts, rests))
            return
        }
        let columns = ["account", "position", "held", "cap", "headroom", "used"]
        console.write(columns.map { $0.padded(to: 26) }.joined().trimmingTrailingBlanks + "\n")
        for account in accounts {
            let text = { (minorUnits: Int64?) in
                minorUnits.map { Money(minorUnits: $0, currency: account.id.currency).description } ?? "-"
            }
            let row = [
                "\(account.id.role)/\(account.id.currency)", text(account.positionMinorUnits),
                text(account.debitsHeld), text(account.netDebitCapMinorUnits), text(account.headroomMinorUnits),
                account.netDebitCapMinorUnits == nil ? "-" : "\(account.utilisationBasisPoints / 100) %",
            ]
            console.write(row.map { $0.padded(to: 26) }.joined().trimmingTrailingBlanks + "\n")
        }
        for rest in rests { console.write("rounding rest \(rest.majorUnits) \(rest.key.currency)\n") }
    }

    private func showSecret(_ arguments: Arguments) throws {
        guard let id = ParticipantID(arguments.operands[0]) else {
            throw arguments.error("\(arguments.operands[0]) is no participant's id")
        }
        guard let master = try Configuration(file: arguments.required(Flags.config)).signingSecret else {
            throw arguments.error("the configuration has no signingSecret")
        }
        console.write(SwitchSigner(master: master).secret(of: id).text + "\n")
    }

    private func set(_ status: Participant.Status, _ arguments: Arguments) async throws {
        guard let id = ParticipantID(arguments.operands[0]) else {
            throw arguments.error("\(arguments.operands[0]) is no participant's id")
        }
        let operations = Operations(store: try DatabaseFlag.open(arguments))
        _ = try await operations.perform(.setParticipantStatus(id, status))
        console.complain("\(id) is \(status)")
    }

    private func endpoint(_ arguments: Arguments) throws -> String? {
        guard let text = arguments[Flags.endpoint] else { return nil }
        let configuration = try arguments[Flags.config].map(Configuration.init(file:)) ?? Configuration()
        let reach = try ReachFlags.reach(arguments, configuration.reach)
        do throws(DestinationFault) {
            return try DestinationURL(text, within: reach).description
        } catch {
            throw arguments.error("--endpoint \(error.sentence)")
        }
    }

    private func caps(_ arguments: Arguments) throws -> [Currency: Int64] {
        var caps: [Currency: Int64] = [:]
        for part in arguments[Flags.caps]?.split(separator: ",") ?? [] {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let currency = Currency(code: sides[0]),
                Participant.settlementCurrencies.contains(currency),
                let cap = try? Money(majorUnits: sides[1], currency: currency)
            else { throw arguments.error("--caps takes JPY=, KHR= and USD= amounts, such as JPY=1000000,USD=5000") }
            caps[currency] = cap.minorUnits
        }
        return caps
    }
}
