import KizunaCrypto
import KizunaSwitch
import KizunaWeb

/// `kizuna bench qr|payments|engine`: what this machine does, with what it depends on.
struct BenchCommand {
    let console: Console

    private enum Flags {
        static let seconds = Flag("--seconds", "N", help: "how long to measure; standard 10")
        static let clients = Flag("--clients", "N", help: "payers at once; standard 64")
        static let rate = Flag("--rate", "N", help: "payments offered a second; standard: as many as go")
        static let guarded = Flag(
            "--guarded",
            "FOLDER",
            help: "mutual TLS and signed requests, with the certificates in a folder; standard plain HTTP"
        )
        static let watched = Flag(
            "--watched",
            "FILE",
            help: "the switch with its console in a process of its own; the file says where, with 200 sessions"
        )
        static let json = Flag("--json", help: "answer with one JSON object")
    }

    static let payments = Verb(
        "bench payments",
        summary: "Drives whole payments over HTTP: resolve, quote, pay, promise, commit, notice.",
        flags: [DatabaseFlag.flag, Flags.seconds, Flags.clients, Flags.rate, Flags.guarded]
            + [Flags.watched, Flags.json],
        examples: ["kizuna bench payments", "kizuna bench payments --clients 16 --rate 200 --seconds 30 --json"]
    )
    static let engine = Verb(
        "bench engine",
        summary: "Drives durable payments without HTTP, from 1, 8, 32 and 256 callers.",
        flags: [DatabaseFlag.flag, Flags.seconds, Flags.json],
        examples: ["kizuna bench engine", "kizuna bench engine --seconds 5 --json"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        let verbs = [QRBenchCommand.verb, BenchCommand.payments, BenchCommand.engine]
        return await console.choosing(among: verbs, of: "bench", arguments) { verb, arguments in
            switch verb.name {
            case QRBenchCommand.verb.name: await QRBenchCommand(console: console).run(arguments)
            case BenchCommand.payments.name: await runPayments(arguments)
            default: await runEngine(arguments)
            }
        }
    }

    private func runPayments(_ arguments: [String]) async -> Int32 {
        await console.reporting(BenchCommand.payments, arguments) { arguments in
            var benchmark = PaymentsBenchmark()
            benchmark.seconds = Int(try arguments.integer(Flags.seconds, in: 1...3_600) ?? 10)
            benchmark.clients = Int(try arguments.integer(Flags.clients, in: 1...2_000) ?? 64)
            benchmark.rate = try arguments.integer(Flags.rate, in: 1...100_000).map(Int.init)
            benchmark.door = arguments[Flags.guarded].map { GuardedDoor(folder: $0) }
            let workshop = try workshop(arguments)
            defer { workshop.remove() }
            let context = MachineContext(database: workshop.database.kind, directory: workshop.directory)
            console.complain("\(benchmark.clients) payers for \(benchmark.seconds) s on \(workshop.database) …")
            let result: PaymentsBenchmark.Result
            if let file = arguments[Flags.watched] {
                guard benchmark.door == nil else { throw arguments.error("--watched and --guarded exclude each other") }
                let url = arguments[DatabaseFlag.flag] ?? "\(workshop.database)"
                let watched = try await WatchedSwitch(on: workshop.database, url: url, announcedIn: file)
                result = try await benchmark.run(through: watched) { try workshop.bytes() }
            } else {
                result = try await benchmark.run(store: workshop.database.open()) { try workshop.bytes() }
            }
            report(result, offered: benchmark.rate, context, asJSON: arguments.has(Flags.json))
            return result.booksBalanced ? ExitStatus.done : ExitStatus.no
        }
    }

    private func runEngine(_ arguments: [String]) async -> Int32 {
        await console.reporting(BenchCommand.engine, arguments) { arguments in
            let workshop = try workshop(arguments)
            defer { workshop.remove() }
            let context = MachineContext(database: workshop.database.kind, directory: workshop.directory)
            let store = try workshop.database.open()
            var benchmark = try await EngineBenchmark(store: store)
            benchmark.secondsEach = Double(try arguments.integer(Flags.seconds, in: 1...600) ?? 3)
            var rows: [(name: String, row: EngineBenchmark.Row)] = []
            for callers in [1, 8, 32, 256] {
                console.complain("\(callers) callers …")
                rows.append(("\(callers)", try await benchmark.run(callers: callers, spread: .uniform)))
            }
            console.complain("256 callers on two accounts …")
            rows.append(("hotPair", try await benchmark.run(callers: 256, spread: .hotPair)))
            let isBalanced = try benchmark.isBalanced()
            report(rows, isBalanced: isBalanced, context, asJSON: arguments.has(Flags.json))
            return isBalanced ? ExitStatus.done : ExitStatus.no
        }
    }

    private func workshop(_ arguments: Arguments) throws -> Workshop {
        try Workshop(database: DatabaseFlag.given(arguments))
    }

    private func report(
        _ result: PaymentsBenchmark.Result,
        offered: Int?,
        _ context: MachineContext,
        asJSON: Bool
    ) {
        var members = [
            JSON.Member(name: "flowsPerSecond", value: JSON(measured: result.flowsPerSecond)),
            JSON.Member(name: "offeredPerSecond", value: offered.map { JSON($0) } ?? .null),
        ]
        let names = ["p50Ms", "p95Ms", "p99Ms", "p999Ms", "maxMs"]
        let times = result.latencies.milliseconds(atPercentiles: [50, 95, 99, 99.9, 100])
        for (name, time) in zip(names, times) {
            members.append(JSON.Member(name: name, value: JSON(measured: time, decimals: 2)))
        }
        members += [
            JSON.Member(name: "errors", value: JSON(result.errors)),
            JSON.Member(name: "payments", value: JSON(result.payments)),
            JSON.Member(name: "bytesPerPayment", value: JSON(measured: result.bytesPerPayment)),
            JSON.Member(name: "booksBalanced", value: .bool(result.booksBalanced)),
        ]
        show(.object(members + context.members), asJSON: asJSON)
    }

    private func report(
        _ rows: [(name: String, row: EngineBenchmark.Row)],
        isBalanced: Bool,
        _ context: MachineContext,
        asJSON: Bool
    ) {
        let values = rows.map { name, row -> JSON.Member in
            let times = row.latencies.milliseconds(atPercentiles: [50, 99])
            return JSON.Member(
                name: name,
                value: [
                    "paymentsPerSecond": JSON(measured: row.paymentsPerSecond),
                    "p50Ms": JSON(measured: times[0], decimals: 3), "p99Ms": JSON(measured: times[1], decimals: 3),
                ]
            )
        }
        var members = [JSON.Member(name: "callers", value: .object(values.filter { $0.name != "hotPair" }))]
        members += values.filter { $0.name == "hotPair" }
        members.append(JSON.Member(name: "booksBalanced", value: .bool(isBalanced)))
        show(.object(members + context.members), asJSON: asJSON)
    }

    private func show(_ answer: JSON, asJSON: Bool) {
        if asJSON { console.writeLine(answer) } else { console.writeTable(answer) }
    }
}

extension JSON {
    /// A measured figure, with no more digits than it deserves.
    fileprivate init(measured value: Double, decimals: Int = 1) {
        self = .number("\(rounded(value, decimals))")
    }
}

extension MachineContext {
    /// What a figure depends on besides the code.
    fileprivate var members: [JSON.Member] {
        [
            JSON.Member(name: "durable", value: true), JSON.Member(name: "database", value: .string(database)),
            JSON.Member(name: "cores", value: JSON(cores)),
            JSON.Member(name: "loadAverage", value: JSON(measured: loadAverage, decimals: 2)),
            JSON.Member(name: "syncMicros", value: JSON(measured: syncMicroseconds)),
        ]
    }
}

extension Console {
    /// An object as a table for people; objects inside it are indented.
    fileprivate func writeTable(_ json: JSON, indent: Int = 0) {
        guard case .object(let members) = json else { return }
        for member in members {
            let name = String(repeating: " ", count: indent) + member.name
            if case .object = member.value {
                write(name + "\n")
                writeTable(member.value, indent: indent + 2)
            } else {
                write(name.padded(to: 22) + String(decoding: member.value.encoded, as: UTF8.self) + "\n")
            }
        }
    }
}
