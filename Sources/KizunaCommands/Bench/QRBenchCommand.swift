import Glibc
import KizunaQR
import KizunaWeb

/// `kizuna bench qr`: nanoseconds and allocations of reading and writing a code.
struct QRBenchCommand {
    let console: Console

    private static let json = Flag("--json", help: "answer with one JSON object")
    private static let count = Flag(
        "--count",
        help: "print nothing; how the command runs itself under an allocation tracer"
    )

    static let verb = Verb(
        "bench qr",
        summary: "Times the reading and writing of one code, on one thread, without input or output.",
        flags: [json, count],
        examples: ["kizuna bench qr", "kizuna bench qr --json"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(Self.verb, arguments) { arguments in
            let benchmark = try QRBenchmark()
            guard !arguments.has(Self.count) else {
                benchmark.traceAllocations()
                return ExitStatus.done
            }
            let (load, cores) = (Self.loadAverage, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
            if load > Double(cores) {
                console.complain(
                    "kizuna bench qr: the load average is \(rounded(load)) on \(cores) cores; figures will be too high"
                )
            }
            let allocations = benchmark.allocations(running: ["bench", "qr", Self.count.name])
            let rows = benchmark.operations.map(benchmark.measure)
            let answer = json(rows, allocations, benchmark, load, cores)
            if arguments.has(Self.json) { console.writeLine(answer) } else { console.write(table(answer)) }
            return ExitStatus.done
        }
    }

    private func json(
        _ rows: [QRBenchmark.Row],
        _ allocations: [String: Double]?,
        _ benchmark: QRBenchmark,
        _ load: Double,
        _ cores: Int
    ) -> JSON {
        let operations = rows.map { row -> JSON in
            [
                "name": .string(row.name), "payloadCharacters": JSON(row.payloadCharacters),
                "nanoseconds": .number("\(rounded(row.nanoseconds))"),
                "allocations": allocations?[row.name].map { .number(Self.text($0)) } ?? .null,
            ]
        }
        return [
            "operations": .array(operations), "loadAverage": .number("\(rounded(load, 2))"), "cores": JSON(cores),
            "payload": .string(benchmark.payload.text),
        ]
    }

    /// The same for people.
    private func table(_ answer: JSON) -> String {
        func text(_ value: JSON?) -> String { value.map { String(decoding: $0.encoded, as: UTF8.self) } ?? "" }
        guard case .array(let operations) = answer["operations"] else { return "" }
        var lines = [answer["payload"]?.text ?? "", ""]
        lines.append("operation".padded(to: 16) + "nanoseconds".padded(to: 14) + "allocations")
        for operation in operations {
            let name = operation["name"]?.text ?? ""
            let nanoseconds = text(operation["nanoseconds"])
            lines.append(name.padded(to: 16) + nanoseconds.padded(to: 14) + text(operation["allocations"]))
        }
        let characters = text(operations.first?["payloadCharacters"])
        lines += [
            "", "One dynamic KHQR of \(characters) characters; the median of 51 batches on one thread.",
            "Load average \(text(answer["loadAverage"])) on \(text(answer["cores"])) cores.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// A mean of counts: whole when every run takes the same.
    private static func text(_ mean: Double) -> String {
        mean == mean.rounded() ? "\(Int(mean))" : "\(rounded(mean, 2))"
    }

    private static var loadAverage: Double {
        var loads = [0.0]
        return getloadavg(&loads, 1) == 1 ? loads[0] : 0
    }
}
