import Foundation
import KizunaCrypto
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb

/// `kizuna serve` with the operators' console in a process of its own, so that its memory can be told from that of the
/// banks and of the load; and sessions for those who watch.
final class WatchedSwitch: Sendable {
    /// People with a session each: more than any operator has at work.
    private static let watchers = 200
    private static let sessionLife = Duration.seconds(3_600)

    let database: DatabaseAddress
    let banks: SimulatedBanks
    private let process: ServingProcess
    private let rates: Task<Void, Never>

    /// Starts it on a new database and, when it is ready, writes to a file where it is, as JSON: `process`, `console`, and
    /// what is in the sessions' cookies as `sessions`.
    ///
    /// - Parameter url: the database's address as the command line takes it.
    init(on database: DatabaseAddress, url: String, announcedIn file: String) async throws {
        var random = SystemRandom()
        let secret = WebhookSecret.generate(using: &random)
        let banks = try SimulatedBanks(signingSecret: secret)
        let (keys, sessions) = try await WatchedSwitch.prepare(database, for: banks)
        process = try ServingProcess(url, signingSecret: secret)
        let provider = try await banks.connect(to: process.api, keys: keys)
        rates = Task { await provider.run() }
        (self.database, self.banks) = (database, banks)
        let announcement: JSON = [
            "process": JSON(Int(process.id)), "console": .string(process.console),
            "sessions": .array(sessions.map { .string($0) }),
        ]
        try Data(announcement.encoded).write(to: URL(fileURLWithPath: file), options: .atomic)
    }

    /// Stops the switch first, so that its last words still reach the banks.
    func stop() async {
        rates.cancel()
        process.end()
        await banks.stop()
    }

    /// What an operator does before a switch begins: lets the banks join, and people in.
    private static func prepare(
        _ database: DatabaseAddress,
        for banks: SimulatedBanks
    ) async throws -> (keys: [Institution: String], sessions: [String]) {
        let operations = Operations(store: try database.open())
        let memberships = try await Memberships(of: banks) { try await operations.perform($0) }
        var sessions: [String] = []
        for number in 0..<watchers { sessions.append(try await session(ofWatcher: number, operations)) }
        await operations.end()
        return (memberships.keys, sessions)
    }

    private static func session(ofWatcher number: Int, _ operations: Operations) async throws -> String {
        var random = SystemRandom()
        guard let id = OperatorID("watcher-\(number)") else { preconditionFailure("A watcher's name is no name") }
        let person = AddPerson(
            id: id,
            name: "Watcher \(number)",
            roles: .auditor,
            // Nobody signs in with a password: no text has this hash.
            passwordHash: "none",
            authenticatorKey: random.bytes(OneTimeCode.keyBytes)
        )
        _ = try await operations.perform(.people(.add(person)))
        let key = KizunaCrypto.APIKey.generate(using: &random)
        let signIn = SignIn(
            person: id,
            passwordHash: person.passwordHash,
            step: 1,
            digest: key.sha256,
            endsAt: SystemClock().now().adding(sessionLife)
        )
        _ = try await operations.perform(.people(.signIn(signIn)))
        return key.text
    }
}

/// A copy of this program that serves.
private final class ServingProcess: Sendable {
    let api: String
    /// `HOST:PORT` of the console.
    let console: String
    private let process: Process

    struct NotReady: Error, CustomStringConvertible {
        let description: String
    }

    init(_ database: String, signingSecret: WebhookSecret) throws {
        let configuration = FileManager.default.temporaryDirectory.appending(path: "kizuna-watched-\(getpid()).json")
        let settings: JSON = [
            "signingSecret": .string(signingSecret.text), "database": .string(database), "allowHTTP": true,
            "allowAddresses": ["127.0.0.0/8"],
        ]
        try Data(settings.encoded).write(to: configuration)
        defer { try? FileManager.default.removeItem(at: configuration) }
        let log = Pipe()
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["serve", "--config", configuration.path, "--listen", "127.0.0.1:0"]
        process.arguments? += ["--console-listen", "127.0.0.1:0"]
        process.arguments? += CallLimitFlags.all.flatMap { [$0.name, "none"] }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = log
        try process.run()
        let handle = log.fileHandleForReading
        (api, console) = try ServingProcess.addresses(in: handle)
        handle.readabilityHandler = { _ = $0.availableData }
    }

    deinit { if process.isRunning { process.terminate() } }

    var id: Int32 { process.processIdentifier }

    func end() {
        process.terminate()
        process.waitUntilExit()
    }

    /// What the line of the log says that says where it listens.
    private static func addresses(in log: FileHandle) throws -> (api: String, console: String) {
        var words = ""
        var line: [UInt8] = []
        while let byte = try log.read(upToCount: 1)?.first {
            line.append(byte)
            guard byte == UInt8(ascii: "\n") else { continue }
            if let json = try? JSON.parse(line), let api = json.text(at: "api"),
                let console = json.text(at: "console")
            {
                return ("http://\(api)", String(console.dropFirst("http://".count).prefix { $0 != "/" }))
            }
            words += String(decoding: line, as: UTF8.self)
            line = []
        }
        throw NotReady(description: "the switch did not begin to serve: \(words)")
    }
}
