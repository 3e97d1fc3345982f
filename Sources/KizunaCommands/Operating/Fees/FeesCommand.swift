import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSQLite
import KizunaSwitch
import KizunaWeb

/// `kizuna fees list|set|import|export`: the tariffs.
struct FeesCommand {
    let console: Console

    private enum Flags {
        static let kind = Flag("--kind", "KIND", help: "issuer-fee, merchant-discount, interchange or switch-fee")
        static let payer = Flag("--payer-country", "KH|JP", help: "where payers are from")
        static let participant = Flag("--participant", "ID", help: "one issuer (issuer-fee) or acquirer only")
        static let currency = Flag("--currency", "CODE", help: "where the fee is charged in this currency only")
        static let categories = Flag("--categories", "CODES", help: "merchant categories: 5812 or 5811-5814")
        static let from = Flag("--from", "AMOUNT", help: "merchant amounts from a size on: JPY=10000")
        static let basisPoints = Flag("--basis-points", "BP", help: "0 to 1000; none to end what the scope had")
        static let flat = Flag("--flat", "AMOUNT", help: "on top, in --currency")
        static let effective = Flag("--effective", "TIME", help: "from when on, in UTC; standard now")
        static let json = Flag("--json", help: "one JSON object a line")
    }

    private static let list = Verb(
        "fees list",
        summary: "Lists the tariffs: every line that ever held, holds or will hold.",
        flags: [DatabaseFlag.flag, Flags.json],
        examples: ["kizuna fees list", "kizuna fees list --json"]
    )
    private static let set = Verb(
        "fees set",
        summary: "Adds a line to a tariff; lines of the past stay as they are.",
        flags: [
            Flags.kind, Flags.payer, Flags.basisPoints, Flags.flat, Flags.participant, Flags.currency, Flags.categories,
            Flags.from, Flags.effective, DatabaseFlag.flag,
        ],
        examples: [
            "kizuna fees set --kind merchant-discount --payer-country KH --basis-points 120 --categories 5411 "
                + "--effective 2027-01-01T00:00:00Z",
            "kizuna fees set --kind switch-fee --payer-country JP --currency KHR --basis-points 0 --flat 100",
        ]
    )
    private static let importing = Verb(
        "fees import",
        summary: "Adds the lines of a CSV file, all or none; lines that are there already are passed over.",
        operands: "FILE",
        operandCount: 1...1,
        flags: [DatabaseFlag.flag],
        examples: ["kizuna fees import tariff.csv", "kizuna fees import - < tariff.csv"]
    )
    private static let export = Verb(
        "fees export",
        summary: "Prints the tariffs as a CSV file that can be imported.",
        flags: [DatabaseFlag.flag],
        examples: ["kizuna fees export > tariff.csv"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        let verbs = [FeesCommand.list, FeesCommand.set, FeesCommand.importing, FeesCommand.export]
        return await console.choosing(among: verbs, of: "fees", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                switch verb.name {
                case FeesCommand.set.name: try await record([fee(arguments)], arguments)
                case FeesCommand.importing.name:
                    let bytes = try FileBytes.read(arguments.operands[0], limit: FeeFile.largestBytes)
                    try await record(FeeFile.read(bytes), arguments)
                case FeesCommand.export.name: console.write(FeeFile.write(try tables(arguments)))
                default: list(try tables(arguments), asJSON: arguments.has(Flags.json))
                }
                return ExitStatus.done
            }
        }
    }

    private func tables(_ arguments: Arguments) throws -> [FeeTable] {
        let store = try DatabaseFlag.openForReading(arguments)
        return try store.read { reader throws(StoreError) in try reader.feeTables() }
    }

    private func list(_ tables: [FeeTable], asJSON: Bool) {
        guard !asJSON else {
            for table in tables {
                for (place, rule) in table.rules.enumerated() {
                    console.writeLine(JSON(rule, number: place + 1, of: table.corridor))
                }
            }
            return
        }
        console.write(FeeFile.write(tables).replacing(",", with: "\t"))
    }

    private func record(_ fees: [RecordFee], _ arguments: Arguments) async throws {
        let operations = Operations(store: try DatabaseFlag.open(arguments))
        let reply = try await operations.perform(.recordFees(fees))
        guard case .feesRecorded(let count) = reply else { return }
        console.complain("\(count) of \(fees.count) lines are new")
    }

    /// The flags, read as a line of a file is.
    private func fee(_ arguments: Arguments) throws -> RecordFee {
        let payer = try arguments.required(Flags.payer)
        let size = arguments[Flags.from]?.split(separator: "=", maxSplits: 1).map(String.init) ?? ["", ""]
        guard size.count == 2 else { throw arguments.error("--from takes a currency and an amount, such as JPY=10000") }
        let fields = [
            try arguments.required(Flags.kind), payer, payer == "KH" ? "JP" : "KH",
            arguments[Flags.participant] ?? "", arguments[Flags.currency] ?? "", arguments[Flags.categories] ?? "",
            size[1], size[0], try arguments.required(Flags.basisPoints), arguments[Flags.flat] ?? "",
            arguments[Flags.effective] ?? "",
        ]
        guard !fields.contains(where: { $0.contains(",") }) else { throw arguments.error("no flag takes a comma") }
        return try FeeLine(fields.joined(separator: ","), number: 1).fee()
    }
}
