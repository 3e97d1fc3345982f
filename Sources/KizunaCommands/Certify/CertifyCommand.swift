import KizunaCertification
import KizunaCrypto
import KizunaCurl
import KizunaLedger
import KizunaMicrohttpd
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// `kizuna certify`: plays the switch to a participant's own server and judges its answers.
struct CertifyCommand {
    let console: Console

    private static let verb = Verb(
        "certify",
        summary: "Plays the switch to a participant's own server, with invented payments, and judges its answers.",
        flags: CertifyFlags.all,
        examples: [
            "kizuna certify --participant mekong-bank --config kizuna.json --report report.html",
            "kizuna certify --participant mekong-bank --config kizuna.json --endpoint https://test.bank.example/kizuna "
                + "--checks signature,refund.repeated",
            "kizuna certify --participant mekong-bank --secret-file secret --endpoint https://test.bank.example/kizuna "
                + "--roles issuer --country KH",
        ]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(CertifyCommand.verb, arguments) { arguments in
            let configuration = try arguments[CertifyFlags.config].map(Configuration.init(file:)) ?? Configuration()
            let reach = try ReachFlags.reach(arguments, configuration.reach)
            let checks = try CertifyFlags.checks(arguments)
            let (targets, signer) = try subject(arguments, configuration, reach)
            let client = CurlClient(reach: reach, tls: try LinkTLSFlags.tls(arguments))
            defer { client.shutdown() }
            var terms = Terms(allowsPlainHTTP: reach.allowsPlainHTTP)
            let desk = try arguments.address(CertifyFlags.answers).map { place in
                let desk = AnswerDesk()
                terms.answers = desk
                return try MicrohttpdServer(at: place, tls: nil, desk)
            }
            let certification = Certification(
                of: targets,
                checks: checks,
                terms: terms,
                client: client,
                signer: signer,
                clock: SystemClock()
            ) { PEM.certificate($0).map { Timestamp(milliseconds: $0.notAfterSeconds * 1_000) } }
            let count = certification.count
            let report = await certification.run { ProgressLine.show($0, of: count, "checks") }
            await desk?.stop()
            if let path = arguments[CertifyFlags.report] { try write(report, to: path) }
            if arguments.has(CertifyFlags.json) { console.writeLine(report.json) } else { print(report) }
            return report.isCertified ? ExitStatus.done : ExitStatus.no
        }
    }

    // MARK: What is asked for

    private func subject(
        _ arguments: Arguments,
        _ configuration: Configuration,
        _ reach: Reach
    ) throws -> (targets: [Target], signer: any MessageSigner) {
        guard let id = ParticipantID(try arguments.required(CertifyFlags.participant)) else {
            throw arguments.error("--participant takes a participant's id")
        }
        let endpoint = try CertifyFlags.endpoint(arguments, within: reach)
        if let file = arguments[CertifyFlags.secret] {
            let own = try OwnServer(arguments, secretFile: file, endpoint: endpoint, id: id)
            return (own.targets, own.signer)
        }
        let targets = try targets(arguments, of: id, at: endpoint)
        if let master = configuration.signingSecret { return (targets, SwitchSigner(master: master)) }
        guard targets.allSatisfy(\.url.isEmpty) else {
            throw arguments.error(
                "--config must name a configuration with the signingSecret, or --secret-file your own"
            )
        }
        return (targets, SwitchSigner())
    }

    private func targets(_ arguments: Arguments, of id: ParticipantID, at endpoint: String?) throws -> [Target] {
        let store = try DatabaseFlag.openForReading(arguments)
        guard let participant = try store.read({ reader throws(StoreError) in try reader.participant(id) }) else {
            throw Refusal(.notFound, "there is no participant \(id)")
        }
        let subject = CertifiedParticipant(participant, store)
        guard let text = arguments[CertifyFlags.webhook] else { return try subject.targets(at: endpoint) }
        guard let webhook = UniqueID(text) else { throw arguments.error("--webhook takes a webhook's id") }
        return [try subject.target(webhook: webhook, at: SystemClock().now())]
    }

    // MARK: What is answered

    private func write(_ report: Report, to path: String) throws {
        let page = ReportPage(report, digester: OpenSSLDigester()).html
        try FileBytes.write(Array(page.utf8), to: path)
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
