import Foundation
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaSQLite

/// Whoever has an answer finds it again after a loss of power: what the disk has at that moment is kept apart, and looked
/// into.
@Suite struct PowerLossTests {
    private static let callers = 8
    private static let submissionsEach = 5

    private let folder: TemporaryFolder
    private let platter: Platter

    init() throws {
        folder = try TemporaryFolder()
        platter = Platter(path: folder.path(of: "kizuna.db"))
    }

    /// The log as far as it has been synchronised.
    private final class Platter: Sendable {
        let path: String
        private let log = Mutex(Data())

        init(path: String) { self.path = path }

        /// Takes what the log had when it began to be synchronised: the system need not have written more.
        func synchronise(_ file: OpaquePointer) -> Int32 {
            log.withLock { log in
                let written = FileManager.default.contents(atPath: "\(path)-wal") ?? Data()
                let code = WriterSettings().synchronise(file)
                log = written
                return code
            }
        }

        /// Makes a database of the file, which no checkpoint has touched, and of what the log has kept.
        func restore(to copy: String) throws {
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            try log.withLock { $0 }.write(to: URL(fileURLWithPath: "\(copy)-wal"))
        }
    }

    private func openCommitter() throws -> GroupCommitter {
        var settings = WriterSettings.impatient
        settings.synchronise = { [platter] in platter.synchronise($0) }
        let store = try SQLiteStore(path: platter.path, digester: OpenSSLDigester(), settings: settings)
        return GroupCommitter(store: store, clock: OneMoment(), random: SystemRandom())
    }

    @Test func everyAnswerIsOnTheDisk() async throws {
        let committer = try openCommitter()
        let copies = folder.path(of: "after")
        try await withThrowingTaskGroup { group in
            for caller in 0..<Self.callers {
                group.addTask { [platter] in
                    for number in 0..<Self.submissionsEach {
                        let bank = World.participant("bank-\(caller)-\(number)")
                        let outcome = try await committer.submit(Self.join(bank))
                        guard case .success = outcome.result else { throw Refusal(.technical, "It was refused.") }
                        let copy = "\(copies)-\(bank).db"
                        try platter.restore(to: copy)
                        let store = try SQLiteStore(path: copy, digester: OpenSSLDigester())
                        let found = try store.read { reader throws(StoreError) in try reader.participant(bank) }
                        #expect(found != nil, "\(bank) is answered, and lost with the power")
                    }
                }
            }
            try await group.waitForAll()
        }
        await committer.stop()
    }

    private struct OneMoment: Clock {
        func now() -> Timestamp { World.now }
    }

    private static func join(_ bank: ParticipantID) -> Submission {
        let participant = Participant(id: bank, name: "Bank", country: .japan, roles: .issuer)
        return Submission(caller: .operations, command: .joinParticipant(participant, netDebitCaps: [:]))
    }
}
