import KizunaCrypto
import KizunaPostgres
import KizunaSQLite
import KizunaSwitch

/// Which database: `sqlite:PATH` or `postgres://…`.
enum DatabaseAddress: Sendable, CustomStringConvertible {
    case sqlite(path: String)
    case postgres(ServerAddress)

    init?(_ text: String) {
        if text.hasPrefix("sqlite:"), text.utf8.count > 7 {
            self = .sqlite(path: String(text.dropFirst(7)))
        } else if let address = try? ServerAddress(url: text) {
            self = .postgres(address)
        } else {
            return nil
        }
    }

    static let standard = DatabaseAddress.sqlite(path: "kizuna.db")
    /// A sandbox's, which is never the live one.
    static let standardSandbox = DatabaseAddress.sqlite(path: "kizuna-sandbox.db")
    /// What an address looks like, for help and errors.
    static let forms = "sqlite:PATH or postgres://ROLE@HOST/NAME"

    /// Without what may be secret.
    var description: String {
        switch self {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgres: "the PostgreSQL database"
        }
    }

    /// As on the command line, with what may be secret.
    var text: String {
        switch self {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgres(let address): address.url
        }
    }

    /// The kind of database for programs, as it stands in the command line's contract.
    var kind: String {
        switch self {
        case .sqlite: "sqlite"
        case .postgres: "postgres"
        }
    }

    /// The kind of database for people.
    var name: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgres: "PostgreSQL"
        }
    }

    /// Opens the database for writing, creating or migrating it where needed.
    func open() throws(StoreError) -> any Store {
        switch self {
        case .sqlite(let path): try SQLiteStore(path: path, digester: OpenSSLDigester())
        case .postgres(let address): try PostgresStore(address: address, digester: OpenSSLDigester())
        }
    }

    /// Opens the database for reading, beside a switch that is running on it.
    func openForReading() throws(StoreError) -> any Store {
        switch self {
        case .sqlite(let path): try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
        case .postgres(let address): try PostgresStore(readingOnly: address, digester: OpenSSLDigester())
        }
    }

    /// Opens the database to be copied from; no switch may be serving on it.
    func openToCopyFrom() throws(StoreError) -> any CopySource {
        switch self {
        case .sqlite(let path): try SQLiteCopySource(path: path)
        case .postgres(let address): try PostgresCopySource(address)
        }
    }

    /// Opens the database to be copied to, creating it where needed; it must be empty.
    func openToCopyTo() throws(StoreError) -> any CopyTarget {
        switch self {
        case .sqlite(let path): try SQLiteCopyTarget(path: path)
        case .postgres(let address): try PostgresCopyTarget(address)
        }
    }
}
