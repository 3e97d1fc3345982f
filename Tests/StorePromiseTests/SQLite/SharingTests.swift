import Foundation
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaSQLite

/// One process writes; others read beside it, and what holds the file up is said and waited out.
@Suite struct SharingTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path(of: "kizuna.db") }

    init() throws { folder = try TemporaryFolder() }

    private func open() throws -> SQLiteStore {
        try SQLiteStore(path: path, digester: OpenSSLDigester(), settings: .impatient)
    }

    private func expectUnavailable(
        _ words: String,
        _ location: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: StoreError.self, sourceLocation: location) { try body() }
        #expect(error?.code == .unavailable, sourceLocation: location)
        #expect(error?.message.contains(words) == true, "\(String(describing: error))", sourceLocation: location)
    }

    private static func commit(_ number: UInt64, to store: SQLiteStore) throws {
        var transaction = Transaction()
        if number == 1 { World.foundation(&transaction) }
        World.pay(World.payment(number), in: &transaction)
        transaction.append(World.line(.direct, transaction: number))
        try store.commit(transaction, at: World.now)
    }

    private func payments(in store: SQLiteStore) throws -> Int {
        try store.read { reader throws(StoreError) in try reader.paymentCounts() }[.sent] ?? 0
    }

    @Test func aSecondWriterIsTurnedAway() throws {
        do {
            let first = try open()
            expectUnavailable("A switch or a command (process \(getpid())) writes to this SQLite database") {
                _ = try open()
            }
            try Self.commit(1, to: first)
        }
        let second = try open()
        #expect(try payments(in: second) == 1)
        try Self.commit(2, to: second)
    }

    /// A process that is being started shares its parent's open files until it runs its own program.
    @Test func aLockIsLetGoWhoeverStillSharesTheFile() throws {
        let shared = try withExtendedLifetime(try open()) { try Self.duplicate(ofFileNamed: "\(path).lock") }
        defer { close(shared) }
        _ = try open()
    }

    private static func duplicate(ofFileNamed path: String) throws -> CInt {
        let files = FileManager.default
        let open = try files.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(CInt.init)
        let descriptor = open.first { (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path }
        return dup(try #require(descriptor))
    }

    @Test func readersReadBesideAWriter() throws {
        let writer = try open()
        try Self.commit(1, to: writer)
        let reader = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
        #expect(try payments(in: reader) == 1)
        try Self.commit(2, to: writer)
        #expect(try payments(in: reader) == 2)
        var audit = Audit()
        try reader.read { reader throws(StoreError) in try reader.audit(&audit) }
        #expect(audit.transfers == 2)
        #expect(audit.violations.allSatisfy { if case .chainBroken = $0 { false } else { true } })
    }

    @Test func aReaderDoesNotWrite() throws {
        _ = try open()
        let reader = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
        expectUnavailable("reading only") { try Self.commit(1, to: reader) }
        expectUnavailable("reading only") {
            var transaction = Transaction()
            try reader.fetch([.merchant(World.merchantKey)], into: &transaction)
        }
        reader.abandon()
        let error = #expect(throws: StoreError.self) {
            try Connection.reading(from: path).execute("DELETE FROM institutions")
        }
        #expect(error?.code == .unavailable)
    }

    @Test func aLockOfAnotherProgramPasses() throws {
        let store = try open()
        try Self.commit(1, to: store)
        let other = try Connection(path: path, for: .writing)
        try other.execute("BEGIN IMMEDIATE")
        expectUnavailable("locked by another process") { try Self.commit(2, to: store) }
        store.abandon()
        #expect(try payments(in: store) == 1, "Readers are not held up")
        try other.execute("ROLLBACK")
        try Self.commit(2, to: store)
        #expect(try payments(in: store) == 2)
    }

    @Test func aLockAtOpeningIsSaid() throws {
        let other = try Connection(path: path, for: .writing)
        try other.execute("BEGIN EXCLUSIVE")
        expectUnavailable("locked by another process") { _ = try open() }
        try other.execute("ROLLBACK")
        _ = try open()
    }

    @Test func whatAnotherProgramWritesIsNotOverlooked() throws {
        let store = try open()
        try Self.commit(1, to: store)
        var transaction = Transaction()
        try store.fetch([.merchant(World.merchantKey)], into: &transaction)
        store.abandon()
        #expect(transaction.merchants[World.merchantKey]?.name == "KIZUNA")
        try Connection(path: path, for: .writing).execute("UPDATE merchants SET name = 'Renamed'")
        expectUnavailable("Another program has written") { try Self.commit(2, to: store) }
        transaction = Transaction()
        try store.fetch([.merchant(World.merchantKey)], into: &transaction)
        store.abandon()
        #expect(transaction.merchants[World.merchantKey]?.name == "Renamed")
        try Self.commit(2, to: store)
    }

    @Test func manyReadersReadAtOnce() async throws {
        let store = try open()
        try Self.commit(1, to: store)
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<50 {
                        let (lines, count) = try store.read { reader throws(StoreError) in
                            (
                                try reader.journal(of: World.id(.payment, 1)).count,
                                try reader.paymentCounts()[.sent] ?? 0
                            )
                        }
                        #expect(lines == 1)
                        #expect(1...41 ~= count)
                    }
                }
            }
            group.addTask { for number: UInt64 in 2...41 { try Self.commit(number, to: store) } }
            try await group.waitForAll()
        }
        #expect(try payments(in: store) == 41)
    }
}
