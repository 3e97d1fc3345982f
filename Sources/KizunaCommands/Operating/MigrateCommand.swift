import KizunaPostgres

/// `kizuna migrate`: brings a database to this version's form.
struct MigrateCommand {
    let console: Console

    private static let roles = Flag(
        "--roles",
        help: "also make the roles kizuna_app and kizuna_read, and grant them no more than they need"
    )
    static let verb = Verb(
        "migrate",
        summary: "Creates the database, or brings it to this version's form.",
        flags: [DatabaseFlag.flag, roles],
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
                _ = try database.open()
            case .postgres(let address):
                try PostgresStore.migrate(address)
                if arguments.has(MigrateCommand.roles) { try PostgresStore.grantRoles(address) }
            }
            console.complain("\(database) is ready")
            return ExitStatus.done
        }
    }
}
