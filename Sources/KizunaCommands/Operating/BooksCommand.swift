import KizunaLedger
import KizunaMoney
import KizunaSwitch
import KizunaWeb

/// `kizuna books verify`: re-derives every balance from the journal and checks the chain.
struct BooksCommand {
    let console: Console

    private static let json = Flag("--json", help: "answer with one JSON object")
    private static let verify = Verb(
        "books verify",
        summary: "Re-derives every balance from the journal and checks its chain.",
        flags: [DatabaseFlag.flag, json],
        examples: ["kizuna books verify --database sqlite:kizuna.db", "kizuna books verify --json"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.choosing(among: [BooksCommand.verify], of: "books", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                let start = ContinuousClock.now
                let (audit, accounts) = try DatabaseFlag.openForReading(arguments).audited()
                let seconds = Double(start.duration(to: .now).wholeMilliseconds) / 1_000
                report(audit, accounts: accounts, seconds: seconds, asJSON: arguments.has(BooksCommand.json))
                return audit.violations.isEmpty ? ExitStatus.done : ExitStatus.no
            }
        }
    }

    private func report(_ audit: Audit, accounts: Int, seconds: Double, asJSON: Bool) {
        let violations = audit.violations.map { "\($0)" }
        guard !asJSON else {
            let answer: JSON = [
                "ok": .bool(violations.isEmpty), "transfers": JSON(audit.transfers), "accounts": JSON(accounts),
                "violations": .array(violations.map { .string($0) }), "seconds": .number("\(seconds)"),
            ]
            console.writeLine(answer)
            return
        }
        console.write("\(audit.transfers) transfers, \(accounts) accounts, \(seconds) s\n")
        for violation in violations { console.write("✘ \(violation)\n") }
        if violations.isEmpty { console.write("✔ every balance follows from the journal, and its chain is whole\n") }
    }
}

extension Store {
    /// Re-derives every balance from the journal.
    ///
    /// - Returns: what was found, and how many accounts there are.
    func audited() throws(StoreError) -> (audit: Audit, accounts: Int) {
        try read { reader throws(StoreError) in
            var audit = Audit()
            try reader.audit(&audit)
            return (audit, try reader.accounts(of: nil).count)
        }
    }
}
