import KizunaCrypto
import KizunaMoney

/// The command `kizuna`: the one place that knows every part.
package enum Kizuna {
    /// Runs a command line, without the program's name, and returns the exit status.
    package static func run(_ arguments: [String]) async -> Int32 {
        let console = Console.standard
        guard let name = arguments.first else {
            console.complain(overview)
            return ExitStatus.usage
        }
        if name == "--help" || name == "-h" || name == "help" {
            console.write(overview)
            return ExitStatus.done
        }
        if name == DemoSwitch.verb { return await DemoSwitch.run(console) }
        guard let verb = verbs.first(where: { $0.name == name }) else {
            let nearest = NearestName.of(name, in: verbs.map(\.name)).map { "; did you mean \($0)?" } ?? ""
            console.complain("kizuna: there is no command \(name)\(nearest.isEmpty ? "; see kizuna --help" : nearest)")
            return ExitStatus.usage
        }
        return await verb.run(Array(arguments.dropFirst()), console)
    }

    private struct Command: Sendable {
        let name: String
        let summary: String
        let run: @Sendable ([String], Console) async -> Int32
    }

    private static let verbs = [
        Command(name: "qr", summary: "read, check, explain and write payment codes") { arguments, console in
            QRCommand(console: console, clock: { .now }, md5: { Hex.encode(Digest.md5($0)) }).run(arguments)
        },
        Command(name: "demo", summary: "pay once in each direction, show it, then serve") { arguments, console in
            await DemoCommand(console: console).run(arguments)
        },
        Command(name: "serve", summary: "run the switch") { arguments, console in
            await ServeCommand(console: console).run(arguments)
        },
        Command(name: "participant", summary: "add, list, show, suspend and resume participants") {
            arguments,
            console in
            await ParticipantCommand(console: console).run(arguments)
        },
        Command(name: "key", summary: "create and revoke the keys of participants and operators") {
            arguments,
            console in
            await KeyCommand(console: console).run(arguments)
        },
        Command(name: "person", summary: "add, list, suspend and equip who signs in to the console") {
            arguments,
            console in
            await PeopleCommand(console: console).run(arguments)
        },
        Command(name: "bakong", summary: "register, list and shut out who may ask the Bakong facade") {
            arguments,
            console in
            await BakongCommandLine(console: console).run(arguments)
        },
        Command(name: "certify", summary: "try a participant's own server, as the switch would call it") {
            arguments,
            console in
            await CertifyCommand(console: console).run(arguments)
        },
        Command(name: "fees", summary: "list, set, import and export the tariffs") { arguments, console in
            await FeesCommand(console: console).run(arguments)
        },
        Command(name: "webhook", summary: "list messages that did not arrive, and send them again") {
            arguments,
            console in
            await WebhookCommand(console: console).run(arguments)
        },
        Command(name: "payment", summary: "show a payment with its lines in the journal") { arguments, console in
            await PaymentCommand(console: console).run(arguments)
        },
        Command(name: "claim", summary: "list what is claimed back, and decide disputes") { arguments, console in
            await ClaimCommand(console: console).run(arguments)
        },
        Command(name: "alert", summary: "list what an operator should look at") { arguments, console in
            await AlertCommand(console: console).run(arguments)
        },
        Command(name: "replay", summary: "run a payment once more and compare it with the database") {
            arguments,
            console in
            await ReplayCommand(console: console).run(arguments)
        },
        Command(name: "exception", summary: "decide, two persons each time, about payments that nobody else can") {
            arguments,
            console in
            await ExceptionCommand(console: console).run(arguments)
        },
        Command(name: "books", summary: "verify the books") { arguments, console in
            await BooksCommand(console: console).run(arguments)
        },
        Command(name: "migrate", summary: "create or upgrade a database") { arguments, console in
            await MigrateCommand(console: console).run(arguments)
        },
        Command(name: "copy", summary: "copy everything from one database to another") { arguments, console in
            await CopyCommand(console: console).run(arguments)
        },
        Command(name: "bench", summary: "measure codes, payments and the engine on this machine") {
            arguments,
            console in
            await BenchCommand(console: console).run(arguments)
        },
        Command(name: "simulate", summary: "run the switch in worlds full of trouble, from seeds") {
            arguments,
            console in
            await SimulateCommand(console: console).run(arguments)
        },
    ]

    private static var overview: String {
        let width = (verbs.map(\.name.count).max() ?? 0) + 2
        let lines = ["A payment switch between Cambodia's KHQR and Japan's JPQR.", "", "Commands:"]
        return
            (lines + verbs.map { "  " + $0.name.padded(to: width) + $0.summary } + [
                "", "kizuna COMMAND --help says more.",
            ])
            .joined(separator: "\n") + "\n"
    }
}
