import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaSQLite

/// Every way in which a call into SQLite can fail comes out as an error, in the library's own words.
@Suite struct WrapperTests {
    private let folder: TemporaryFolder
    private let connection: Shared

    /// Lets a test's struct hold a connection, which cannot be copied.
    private final class Shared {
        let connection: Connection
        init(_ path: String) throws { connection = try Connection(path: path, for: .writing) }
    }

    init() throws {
        folder = try TemporaryFolder()
        connection = try Shared(folder.path(of: "plain.db"))
        try connection.connection.execute("CREATE TABLE t (a INTEGER UNIQUE, b) ")
    }

    private func expect(
        _ code: StoreError.Code,
        _ words: String,
        _ location: SourceLocation = #_sourceLocation,
        _ body: (borrowing Connection) throws -> Void
    ) {
        let error = #expect(throws: StoreError.self, sourceLocation: location) { try body(connection.connection) }
        #expect(error?.code == code, sourceLocation: location)
        #expect(error?.message.contains(words) == true, "\(String(describing: error))", sourceLocation: location)
    }

    @Test func statementsThatMakeNoSense() {
        expect(.notUsable, "syntax error") { _ = try $0.prepare("SELEC 1") }
        expect(.notUsable, "no such table: x") { _ = try $0.prepare("SELECT * FROM x") }
        expect(.notUsable, "empty statement") { _ = try $0.prepare("  -- nothing") }
        expect(.notUsable, "syntax error") { try $0.execute("SELEC 1") }
    }

    @Test func parametersThatAreNotThere() {
        let bindings: [(inout Parameters) -> Void] = [
            { $0.add(1 as Int64) }, { $0.add(UniqueID(high: 1, low: 1)) }, { $0.add("text") }, { $0.add([1, 2, 3]) },
            { $0.addNull() },
        ]
        for bind in bindings {
            expect(.notUsable, "out of range") { try $0.prepare("SELECT 1").run(bind) }
            expect(.notUsable, "out of range") {
                try $0.prepare("SELECT ?").run { parameters in
                    parameters.add(1 as Int64)
                    bind(&parameters)
                }
            }
        }
    }

    @Test func rulesThatAreBroken() throws {
        try connection.connection.execute("INSERT INTO t VALUES (1, 2)")
        expect(.constraint, "UNIQUE") { try $0.execute("INSERT INTO t VALUES (1, 2)") }
        expect(.constraint, "UNIQUE") { try $0.prepare("INSERT INTO t VALUES (?, 2)").run { $0.add(1 as Int64) } }
        // The statement is as good as before.
        let insert = try connection.connection.prepare("INSERT INTO t VALUES (?, 2)")
        #expect(throws: StoreError.self) { try insert.run { $0.add(1 as Int64) } }
        try insert.run { $0.add(2 as Int64) }
        #expect(connection.connection.changedRows == 1)
        #expect(try connection.connection.number("SELECT count(*) FROM t") == 2)
    }

    @Test func everyValueComesBack() throws {
        let query = try connection.connection.prepare("SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?")
        let id = UniqueID(high: .max, low: 1)
        let isRead = try query.first({
            $0.add(Int64.min)
            $0.add("ជ🙂\u{0}x")
            $0.add("")
            $0.add(id)
            $0.add([0, 255] as [UInt8])
            $0.add([] as [UInt8])
            $0.add(nil as Int64?)
            $0.add(nil as String?)
            $0.add(nil as PaymentID?)
            $0.add(true)
            $0.add(Currency.khr)
        }) { columns throws(StoreError) in
            #expect(columns.int64() == .min)
            #expect(try columns.text() == "ជ🙂\u{0}x")
            #expect(try columns.text() == "")
            #expect(try columns.uniqueID() == id)
            #expect(columns.bytes() == [0, 255])
            #expect(columns.bytes() == [])
            #expect(columns.optionalInt64() == nil)
            #expect(try columns.optionalText() == nil)
            let none: PaymentID? = try columns.optionalID()
            #expect(none == nil)
            #expect(columns.bool() == true)
            #expect(try columns.currency() == .khr)
            return true
        }
        #expect(isRead == true)
    }

    @Test func valuesThatMakeNoSense() {
        expect(.corrupt, "a text") { _ = try $0.text("SELECT NULL") }
        expect(.corrupt, "a text") { _ = try $0.text("SELECT CAST(x'C328' AS TEXT)") }
        expect(.corrupt, "an id") { connection in
            _ = try connection.prepare("SELECT x'0102'").first { columns throws(StoreError) in try columns.uniqueID() }
        }
        expect(.corrupt, "an id") { connection in
            _ = try connection.prepare("SELECT NULL").first { columns throws(StoreError) in try columns.uniqueID() }
        }
        expect(.corrupt, "a currency") { connection in
            _ = try connection.prepare("SELECT 1").first { columns throws(StoreError) in try columns.currency() }
        }
    }

    @Test func nothingIsNothing() throws {
        #expect(try connection.connection.number("SELECT a FROM t") == 0)
        #expect(try connection.connection.text("SELECT b FROM t") == "")
        let first = try connection.connection.prepare("SELECT a FROM t").first { columns in columns.int64() }
        #expect(first == nil)
        let all = try connection.connection.prepare("SELECT a FROM t").all { columns in columns.int64() }
        #expect(all == [])
    }

    @Test func anErrorInTheMiddleOfRowsEndsTheReading() throws {
        try connection.connection.execute("INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)")
        let query = try connection.connection.prepare("SELECT a FROM t ORDER BY a")
        var seen: [Int64] = []
        #expect(throws: StoreError.self) {
            try query.forEach { columns throws(StoreError) in
                seen.append(columns.int64())
                if seen.count == 2 { throw StoreError(.corrupt, "Enough.") }
            }
        }
        #expect(seen == [1, 2])
        let all = try query.all { columns in columns.int64() }
        #expect(all == [1, 2, 3])
    }

    @Test func codesAreSaidInSentences() {
        let meanings: [(Int32, StoreError.Code)] = [
            (5, .unavailable), (6, .unavailable), (7, .unavailable), (8, .unavailable), (10, .unavailable),
            (13, .unavailable), (14, .unavailable), (11, .corrupt), (19, .constraint), (26, .notUsable),
            (1, .notUsable),
            (21, .notUsable), (522, .unavailable), (2_067, .constraint),
        ]
        for (code, meaning) in meanings {
            let error = StoreError(sqlite: code, words: "words of the library")
            #expect(error.code == meaning, "\(code)")
            #expect(error.message.contains("words of the library"))
        }
    }

    @Test func recentRowsAreForgottenInTime() throws {
        var rows = RecentRows<Int, Int>()
        rows.remember(0, 7)
        for key in 1...4_096 { rows.remember(key, key) }
        #expect(try rows.row(0) { () throws(StoreError) in 8 } == 7)
        for key in 4_097...12_288 { rows.remember(key, key) }
        #expect(try rows.row(0) { () throws(StoreError) in 8 } == 8)
        #expect(try rows.row(0) { () throws(StoreError) in nil } == 8)
        rows.forget(0)
        #expect(try rows.row(0) { () throws(StoreError) in nil } == nil)
    }
}
