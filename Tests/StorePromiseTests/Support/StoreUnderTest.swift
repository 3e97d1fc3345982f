import Foundation
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaSQLite
@testable import KizunaSimulation

/// Each kind of store that must keep the promises.
enum StoreUnderTest: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, sqlite, postgres

    var testDescription: String { rawValue }

    /// A new, empty store.
    func make() throws -> any StoreFixture {
        switch self {
        case .memory: MemoryFixture()
        case .sqlite: try SQLiteFixture()
        case .postgres: try PostgresFixture()
        }
    }

    /// A new store in which ``World/foundation`` has been committed.
    func makeWorld() throws -> any StoreFixture {
        let fixture = try make()
        try fixture.commit(World.foundation)
        return fixture
    }
}

/// A way to forge what a store keeps, behind its back.
enum Forgery: CaseIterable, Sendable {
    /// A line of the journal says another amount.
    case changedLine
    /// A group of the journal is gone.
    case deletedGroup
    /// An account claims another balance.
    case changedBalance
    /// The end of a hold is gone.
    case reopenedHold
}

/// One store under test.
protocol StoreFixture: AnyObject {
    var store: any Store { get }
    /// Starts over on the same records, as after the process has ended.
    func reopen() throws
    func forge(_ forgery: Forgery) throws
}

extension StoreFixture {
    /// Commits what a body changes, after nothing was fetched.
    func commit(at now: Timestamp = World.now, _ body: (inout Transaction) throws -> Void) throws {
        var transaction = Transaction()
        try body(&transaction)
        try store.commit(transaction, at: now)
    }

    /// Fetches records, lets a body change them, and commits.
    func change(_ keys: RecordKey..., body: (inout Transaction) throws -> Void) throws {
        var transaction = try fetch(keys)
        try body(&transaction)
        try store.commit(transaction, at: World.now)
    }

    /// A transaction that holds these records; the group is left open.
    func fetch(_ keys: [RecordKey]) throws -> Transaction {
        var transaction = Transaction()
        try store.fetch(keys, into: &transaction)
        return transaction
    }

    /// Looks at records and ends the group.
    func look(at keys: RecordKey...) throws -> Transaction {
        defer { store.abandon() }
        return try fetch(keys)
    }

    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws -> Answer {
        try store.read(body)
    }

    func audit() throws -> Audit {
        var audit = Audit()
        try store.read { reader throws(StoreError) in try reader.audit(&audit) }
        return audit
    }
}

final class MemoryFixture: StoreFixture {
    private let memory = MemoryStore(digester: OpenSSLDigester())
    var store: any Store { memory }

    func reopen() {}

    func forge(_ forgery: Forgery) throws {
        memory.tamper { records in
            switch forgery {
            case .changedLine:
                records.journal[2] = records.journal[2].map(\.withAnotherAmount)
            case .deletedGroup:
                records.groups.remove(at: 0)
            case .changedBalance:
                guard let account = records.accounts[World.issuerAccount] else { return }
                records.accounts[account.id] = Account(
                    id: account.id,
                    netDebitCapMinorUnits: account.netDebitCapMinorUnits,
                    debitsPosted: account.debitsPosted + 1,
                    creditsPosted: account.creditsPosted,
                    debitsHeld: account.debitsHeld,
                    creditsHeld: account.creditsHeld
                )
            case .reopenedHold:
                let end = records.journal.filter { $0.value.kind == .post }.keys.min()
                if let end { records.journal[end] = nil }
            }
        }
    }
}

extension Transfer {
    fileprivate var withAnotherAmount: Transfer {
        Transfer(
            transaction: transaction,
            leg: leg,
            kind: kind,
            debit: debit,
            credit: credit,
            minorUnits: minorUnits + 1,
            at: at
        )
    }
}

final class SQLiteFixture: StoreFixture {
    let folder: TemporaryFolder
    private(set) var store: any Store

    var path: String { folder.path(of: "kizuna.db") }

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore(path: folder.path(of: "kizuna.db"), digester: OpenSSLDigester())
    }

    func reopen() throws {
        close()
        store = try SQLiteStore(path: path, digester: OpenSSLDigester())
    }

    /// Gives the file free; the fixture answers from an empty memory until it is reopened.
    func close() { store = MemoryStore(digester: OpenSSLDigester()) }

    func forge(_ forgery: Forgery) throws {
        let connection = try Connection(path: path, for: .writing)
        try connection.execute(
            """
            DROP TRIGGER journal_is_not_changed;
            DROP TRIGGER journal_ends_are_not_removed;
            DROP TRIGGER journal_groups_are_not_removed;
            """
        )
        switch forgery {
        case .changedLine:
            try connection.execute("UPDATE journal SET minor_units = minor_units + 1 WHERE position = 2")
        case .deletedGroup:
            try connection.execute("DELETE FROM journal_groups WHERE number = 1")
        case .changedBalance:
            try connection.execute(
                """
                UPDATE accounts SET debits_posted = debits_posted + 1 WHERE role = 1 AND currency = 116
                    AND owner = (SELECT number FROM institutions WHERE id = '\(World.issuer)')
                """
            )
        case .reopenedHold:
            try connection.execute(
                "DELETE FROM journal_ends WHERE position = (SELECT min(position) FROM journal_ends WHERE kind = 3)"
            )
        }
    }
}

/// A folder that is gone with its owner.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "kizuna-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(of name: String) -> String { url.appending(path: name).path }
}
