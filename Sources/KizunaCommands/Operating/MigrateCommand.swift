/// `kizuna migrate`: brings a database to this version's form.
struct MigrateCommand {
    let console: Console

    static let verb = Verb(
        "migrate",
        summary: "Creates the database, or brings it to this version's form.",
        flags: [DatabaseFlag.flag],
        examples: ["kizuna migrate --database sqlite:kizuna.db"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(MigrateCommand.verb, arguments) { arguments in
            _ = try DatabaseFlag.open(arguments)
            console.complain("\(try DatabaseFlag.address(arguments)) is ready")
            return ExitStatus.done
        }
    }
}
