import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaSwitch
import KizunaWeb

/// `kizuna copy`: moves everything between SQLite and PostgreSQL.
struct CopyCommand {
    let console: Console

    private static let from = Flag("--from", "URL", help: "the database to be copied: \(DatabaseAddress.forms)")
    private static let to = Flag("--to", "URL", help: "an empty database, or one that is still to be made")
    private static let json = Flag("--json", help: "answer with one JSON object")
    private static let verb = Verb(
        "copy",
        summary: "Copies everything from one database to another and verifies the books of both.",
        flags: [from, to, json],
        examples: [
            "kizuna copy --from sqlite:kizuna.db --to postgres://kizuna_owner@db.example/kizuna",
            "kizuna copy --from postgres://kizuna_owner@db.example/kizuna --to sqlite:kizuna.db",
        ]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(CopyCommand.verb, arguments) { arguments in
            let from = try CopyCommand.database(CopyCommand.from, arguments)
            let to = try CopyCommand.database(CopyCommand.to, arguments)
            let start = ContinuousClock.now
            let source = try from.openToCopyFrom()
            guard try isClean(from.openForReading().audited().audit, of: "\(from)", "nothing was copied") else {
                return ExitStatus.no
            }
            let copy = DatabaseCopy(from: source, to: try to.openToCopyTo(), using: OpenSSLDigester())
            var shown = 0
            let counts = try copy.run { done, whole in
                ProgressLine.show(done, after: shown, of: whole, "rows copied and compared")
                shown = done
            }
            let (audit, accounts) = try to.openForReading().audited()
            guard isClean(audit, of: "\(to)", "do not serve on it; this is a defect of Kizuna") else {
                return ExitStatus.no
            }
            let seconds = Double(start.duration(to: .now).wholeMilliseconds) / 1_000
            report(counts, audit, accounts: accounts, seconds: seconds, asJSON: arguments.has(CopyCommand.json))
            return ExitStatus.done
        }
    }

    private static func database(_ flag: Flag, _ arguments: Arguments) throws(UsageError) -> DatabaseAddress {
        guard let address = DatabaseAddress(try arguments.required(flag)) else {
            throw arguments.error("\(flag.name) takes \(DatabaseAddress.forms), such as sqlite:kizuna.db")
        }
        return address
    }

    private func isClean(_ audit: Audit, of database: String, _ consequence: String) -> Bool {
        guard let violation = audit.violations.first else { return true }
        console.complain(
            "kizuna copy: the books of \(database) are not clean, so \(consequence): \(violation) "
                + "(kizuna books verify tells all)"
        )
        return false
    }

    private func report(_ counts: [DatabaseCopy.Count], _ audit: Audit, accounts: Int, seconds: Double, asJSON: Bool) {
        let rows = counts.reduce(0) { $0 + $1.rows }
        guard !asJSON else {
            let tables = counts.map { JSON.Member(name: $0.table, value: JSON($0.rows)) }
            let answer: JSON = [
                "ok": true, "rows": JSON(rows), "tables": .object(tables), "transfers": JSON(audit.transfers),
                "accounts": JSON(accounts), "seconds": .number("\(seconds)"),
            ]
            console.writeLine(answer)
            return
        }
        for count in counts where count.rows > 0 { console.write("  \(count.table.padded(to: 20))\(count.rows)\n") }
        console.write("\(rows) rows, \(audit.transfers) transfers, \(accounts) accounts, \(seconds) s\n")
        console.write("✔ every row was compared; every balance follows from the journal, and its chain is whole\n")
    }
}
