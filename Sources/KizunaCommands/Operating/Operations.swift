import KizunaCrypto
import KizunaSwitch
import KizunaWeb

/// Runs an operator's command on a database that no switch is serving.
struct Operations {
    private let committer: GroupCommitter

    init(store: any Store) {
        committer = GroupCommitter(store: store, clock: SystemClock(), random: SystemRandom())
    }

    func perform(_ command: Command) async throws -> Reply {
        try await committer.submit(Submission(caller: .operations, command: command)).result.get()
    }

    /// Lets go of the database.
    func end() async { await committer.stop() }
}

extension Console {
    /// Says what becomes of a change of access that two people would have to agree upon in the operators' console.
    func noteAccessChange() { complain("logged as done on the command line, without a second person") }

    /// One JSON value on a line of its own.
    func writeLine(_ json: JSON) { write(json.encoded + [UInt8(ascii: "\n")]) }
}
