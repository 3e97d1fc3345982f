import Foundation
import KizunaCertification
import KizunaCrypto
import KizunaCurl
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// `kizuna certify`: plays the switch to a participant's own server and judges its answers.
struct CertifyCommand {
    let console: Console

    private enum Flags {
        static let participant = Flag("--participant", "ID", help: "who is tried")
        static let endpoint = Flag("--endpoint", "URL", help: "where; standard what the participant has registered")
        static let webhook = Flag(
            "--webhook",
            "ID",
            help: "try this webhook of the participant's in place of its endpoint"
        )
        static let checks = Flag(
            "--checks",
            "LIST",
            help: "only these checks or groups: reach,signature.old; standard all"
        )
        static let config = Flag(
            "--config",
            "F",
            help: "the configuration that kizuna serve runs with: its signingSecret"
        )
        static let report = Flag("--report", "FILE", help: "write a page of HTML with every message")
        static let json = Flag("--json", help: "answer with one JSON object")
    }

    private static let verb = Verb(
        "certify",
        summary: "Plays the switch to a participant's own server, with invented payments, and judges its answers.",
        flags: [
            Flags.participant, Flags.endpoint, Flags.webhook, Flags.checks, Flags.config, Flags.report, Flags.json,
            DatabaseFlag.flag, ReachFlags.addresses, ReachFlags.plainHTTP,
        ],
        examples: [
            "kizuna certify --participant mekong-bank --config kizuna.json --report report.html",
            "kizuna certify --participant mekong-bank --config kizuna.json --endpoint https://test.bank.example/kizuna "
                + "--checks signature,refund.repeated",
        ]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(CertifyCommand.verb, arguments) { arguments in
            let configuration = try Configuration(file: arguments.required(Flags.config))
            guard let master = configuration.signingSecret else {
                throw arguments.error("--config has no signingSecret, with which the switch signs")
            }
            let reach = try ReachFlags.reach(arguments, configuration.reach)
            let checks = try checks(arguments)
            let client = CurlClient(reach: reach)
            defer { client.shutdown() }
            let certification = Certification(
                of: try targets(arguments, reach),
                checks: checks,
                terms: Terms(allowsPlainHTTP: reach.allowsPlainHTTP),
                client: client,
                signer: SwitchSigner(master: master),
                clock: SystemClock()
            )
            let count = certification.count
            let report = await certification.run { ProgressLine.show($0, of: count, "checks") }
            if let path = arguments[Flags.report] { try write(report, to: path) }
            if arguments.has(Flags.json) { console.writeLine(report.json) } else { print(report) }
            return report.isCertified ? ExitStatus.done : ExitStatus.no
        }
    }

    // MARK: What is asked for

    private func checks(_ arguments: Arguments) throws(UsageError) -> [Check] {
        guard let text = arguments[Flags.checks] else { return Check.all }
        let names = text.split(separator: ",").map(String.init)
        let known = Check.all.map(\.id) + Check.Group.allCases.map(\.rawValue)
        for name in names where !known.contains(name) {
            let nearest = NearestName.of(name, in: known).map { "; did you mean \($0)?" } ?? ""
            throw arguments.error("there is no check or group \(name)\(nearest)")
        }
        guard !names.isEmpty else { throw arguments.error("--checks takes checks or groups: reach,signature.old") }
        return Check.all.filter { names.contains($0.id) || names.contains($0.group.rawValue) }
    }

    private func targets(_ arguments: Arguments, _ reach: Reach) throws -> [Target] {
        guard let id = ParticipantID(try arguments.required(Flags.participant)) else {
            throw arguments.error("--participant takes a participant's id")
        }
        let endpoint = try arguments[Flags.endpoint].map { text throws(UsageError) in
            do throws(DestinationFault) { return try DestinationURL(text, within: reach).description } catch {
                throw arguments.error("--endpoint \(error.sentence)")
            }
        }
        let store = try DatabaseFlag.openForReading(arguments)
        guard let participant = try store.read({ reader throws(StoreError) in try reader.participant(id) }) else {
            throw Refusal(.notFound, "there is no participant \(id)")
        }
        let subject = CertifiedParticipant(participant, store)
        if let text = arguments[Flags.webhook] {
            guard let webhook = UniqueID(text) else { throw arguments.error("--webhook takes a webhook's id") }
            return [try subject.target(webhook: webhook, at: SystemClock().now())]
        }
        return try subject.targets(at: endpoint)
    }

    // MARK: What is answered

    private func write(_ report: Report, to path: String) throws {
        let page = ReportPage(report, digester: OpenSSLDigester()).html
        try Data(page.utf8).write(to: URL(fileURLWithPath: path))
        console.complain("the report is in \(path)")
    }

    private func print(_ report: Report) {
        for group in Check.Group.allCases {
            let results = report.results.filter { $0.check.group == group }
            if !results.isEmpty { console.write("\(group.title)\n") }
            for result in results { print(result) }
        }
        let counts = Report.Outcome.allCases.filter { report.count($0) > 0 }.map { "\(report.count($0)) \($0.words)" }
        console.write("\n\(report.name): \(counts.joined(separator: ", "))\n")
        console.write(report.isCertified ? "✔ certified\n" : "✘ not certified yet\n")
    }

    private func print(_ result: Report.Result) {
        console.write("  \(result.outcome.mark) \(result.check.id.padded(to: 30))\(result.check.title)\n")
        if let found = result.found, result.outcome != .notTried {
            console.write("    \(found.replacing("\n", with: " "))\n")
        }
    }
}
