import Synchronization

/// A command's text under a name, prepared once on each connection that runs it.
final class Statement: Sendable {
    private static let numbers = Atomic(0)

    let name: String
    let sql: String

    init(_ sql: String) {
        let number = Statement.numbers.add(1, ordering: .relaxed).newValue
        name = "kizuna_\(number)"
        self.sql = sql
    }

    static let begin = Statement("BEGIN")
    static let beginReading = Statement("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    static let commit = Statement("COMMIT")
    static let rollback = Statement("ROLLBACK")
}

/// One statement with its values, and what must come of it.
struct PostgresCommand {
    let statement: Statement
    var parameters = Parameters()
    /// What is wrong when the command touches another number of rows than expected.
    var expectation: Expectation?

    struct Expectation {
        let rows: Int
        let otherwise: PostgresError
    }

    init(_ statement: Statement) { self.statement = statement }
}
