import KizunaPostgres

/// `kizuna migrate`: brings a database to this version's form.
struct MigrateCommand {
    let console: Console

    private static let roles = Flag(
        "--roles",
        help: "also make the roles kizuna_app and kizuna_read, and grant them no more than they need"
    )
    private static let to = Flag(
        "--to",
        "N",
        help: "go no further than version N of the database; standard: the latest"
    )
    static let verb = Verb(
        "migrate",
        summary: "Creates the database, or brings it to this version's form. Switches may go on serving on PostgreSQL.",
        flags: [DatabaseFlag.flag, to, roles],
        examples: [
            "kizuna migrate --database sqlite:kizuna.db",
            "kizuna migrate --database postgres://kizuna_owner@db.example/kizuna --roles",
        ]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(MigrateCommand.verb, arguments) { arguments in
            let database = try DatabaseFlag.address(arguments)
            switch database {
            case .sqlite:
                guard !arguments.has(MigrateCommand.roles) else {
                    throw arguments.error("--roles is for PostgreSQL: an SQLite file has no roles")
                }
                guard !arguments.has(MigrateCommand.to) else {
                    throw arguments.error("--to is for PostgreSQL: an SQLite file is served by one program alone")
                }
                _ = try database.open()
                console.complain("\(database) is ready")
            case .postgres(let address):
                let wanted = try arguments.integer(MigrateCommand.to, in: PostgresStore.versions)
                let version = try PostgresStore.migrate(address, to: wanted)
                if arguments.has(MigrateCommand.roles) { try PostgresStore.grantRoles(address) }
                console.complain("\(database) is ready, of version \(version)")
            }
            return ExitStatus.done
        }
    }
}
