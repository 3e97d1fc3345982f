import Foundation
import KizunaCrypto
import KizunaPages
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// The demo's switch, in a process of its own so that it can be killed: the same as `kizuna serve` but for its clock,
/// which can be put forward and back, and the panel that asks for trouble.
///
/// It is started by ``DemoLink``, told what it is by one line of JSON, and ends with the process that started it.
enum DemoSwitch {
    /// How the command is called; it stands in no help.
    static let verb = "demo-switch"

    static func run(_ console: Console) async -> Int32 {
        do {
            guard let line = readLine(), let json = try? JSON.parse(Array(line.utf8)), let setting = DemoSetting(json),
                let database = DatabaseAddress(setting.database)
            else { throw InputError(description: "kizuna demo starts this; by itself it is of no use") }
            let stop = StopSignal()
            endWithParent()
            let server = try await start(setting, on: try database.open())
            console.write("listening on http://\(server.address)\n")
            await stop.wait()
            await server.drain()
            return ExitStatus.done
        } catch {
            console.complain("kizuna: \(error)")
            return ExitStatus.environment
        }
    }

    private static func start(_ setting: DemoSetting, on store: any Store) async throws -> SwitchServer {
        let clock = DemoClock(ahead: setting.clockAhead)
        let desk = ChaosCaller(setting.desk, clock: clock)
        var options = SwitchOptions(listen: setting.listen, reach: .loopback)
        options.signer = SwitchSigner(master: setting.master)
        options.calls = .none
        options.clock = clock
        options.pages = { engine in
            let door = ConsoleDoor.real(engine, in: .live, isSecure: false) {
                setting.people.hints(at: clock.now())
            }
            return DemoPages.ofSwitch(engine, ConsolePages(engine, door: door, chaos: desk))
        }
        let server = try SwitchServer(store: store, options)
        guard let banks = setting.joining else { return server }
        for bank in banks {
            try await server.engine.joinForDemo(bank.institution.participant(endpoint: bank.endpoint), bank.keyDigest)
        }
        try await setting.people.join(server.engine)
        return server
    }

    /// The other end of standard input closes when the demo ends, however it ends.
    private static func endWithParent() {
        Thread.detachNewThread {
            while readLine() != nil {}
            kill(getpid(), SIGTERM)
        }
    }
}

extension Switch {
    /// Lets an institution join and have its key, as an operator would.
    func joinForDemo(_ participant: Participant, _ keyDigest: [UInt8]) async throws {
        for command in [
            Command.joinParticipant(participant, netDebitCaps: Institution.netDebitCaps),
            .addAPIKey(AddAPIKey(participant: participant.id, digest: keyDigest)),
        ] {
            _ = try await submit(Submission(caller: .operations, command: command)).result.get()
        }
    }
}
