import Foundation
import Glibc
import KizunaSwitch
import Testing

@testable import KizunaSQLite

/// The log is given to the system a piece at a time, and nobody can tell.
@Suite struct LogBufferTests {
    private static let rows = 2_000
    /// Ten pages in memory: a transaction of megabytes must write pages before its end and read them again.
    private static let smallCache = "PRAGMA cache_size = 10"
    private static let fill = """
        CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB);
        BEGIN;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))
            INSERT INTO t SELECT i, randomblob(700) FROM n;
        UPDATE t SET b = zeroblob(a) WHERE a % 3 = 0
        """
    private static let count = "SELECT count(*) FROM t WHERE length(b) = iif(a % 3 = 0, a, 700)"

    private let folder: TemporaryFolder
    private var path: String { folder.path(of: "log.db") }

    init() throws { folder = try TemporaryFolder() }

    @Test func aTransactionReadsWhatItHasWritten() throws {
        let connection = try Connection.writing(to: path, WriterSettings())
        try connection.execute(Self.smallCache)
        try connection.execute(Self.fill)
        #expect(try connection.number(Self.count) == Self.rows)
        let other = try Connection.reading(from: path)
        #expect(try other.number("SELECT count(*) FROM sqlite_schema WHERE name = 't'") == 1)
        #expect(try other.number("SELECT count(*) FROM t") == 0)
        try connection.execute("COMMIT")
        #expect(try other.number(Self.count) == Self.rows)
        #expect(try other.text("PRAGMA integrity_check") == "ok")
    }

    @Test func whatIsTakenBackLeavesNoTrace() throws {
        let connection = try Connection.writing(to: path, WriterSettings())
        try connection.execute(Self.smallCache)
        try connection.execute(Self.fill)
        try connection.execute("ROLLBACK")
        try connection.execute("INSERT INTO t VALUES (1, zeroblob(700))")
        let other = try Connection.reading(from: path)
        #expect(try other.number(Self.count) == 1)
        #expect(try other.text("PRAGMA integrity_check") == "ok")
    }

    /// A commit has left the process when it returns: the file has it, whole, while the writer lives on.
    @Test func aCommitIsInTheFile() throws {
        let connection = try Connection.writing(to: path, WriterSettings())
        try connection.execute("CREATE TABLE t (a)")
        for number in 1...50 as ClosedRange<Int64> {
            try connection.execute("INSERT INTO t VALUES (zeroblob(3000))")
            let copy = folder.path(of: "copy-\(number).db")
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            try FileManager.default.copyItem(atPath: "\(path)-wal", toPath: "\(copy)-wal")
            #expect(try Connection(path: copy, for: .writing).number("SELECT count(*) FROM t") == number)
        }
    }

    /// The log cannot grow: the commit fails, in words, and what was committed before is there.
    @Test func aLogThatCannotBeWrittenFailsTheCommit() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.path(of: "log.db")
            let connection = try Connection.writing(to: path, WriterSettings())
            try connection.execute("CREATE TABLE t (a)")
            try connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
            // The signal's own action would end the process before the write can fail.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let before = limit.rlim_cur
            limit.rlim_cur = 1_500_000
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let error = #expect(throws: StoreError.self) {
                try connection.execute("INSERT INTO t VALUES (zeroblob(3000000))")
            }
            #expect(error?.code == .unavailable)
            #expect(try connection.number("SELECT count(*) FROM t") == 1)
            limit.rlim_cur = before
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            try connection.execute("INSERT INTO t VALUES (zeroblob(3000000))")
            #expect(try Connection.reading(from: path).number("SELECT count(*) FROM t") == 2)
            #expect(try connection.text("PRAGMA integrity_check") == "ok")
        }
    }
}
