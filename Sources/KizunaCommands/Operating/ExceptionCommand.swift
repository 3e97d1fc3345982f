import Foundation
import KizunaCurl
import KizunaLedger
import KizunaPayments
import KizunaSimulation
import KizunaWeb

/// `kizuna exception list|propose|withdraw|approve`: what people decide about payments, each with a key of his or her
/// own.
///
/// It asks the running switch and does not open the database: only a key says who somebody is, and two names typed on
/// one machine would not be two persons.
struct ExceptionCommand {
    let console: Console

    private enum Flags {
        static let server = Flag("--server", "URL", help: "the switch; standard http://127.0.0.1:8080")
        static let keyFile = Flag("--key-file", "F", help: "a file with your key; standard: the variable KIZUNA_KEY")
        static let decision = Flag("--decision", "D", help: "honour (the shop was paid) or reverse (it was not)")
        static let note = Flag("--note", "TEXT", help: "what makes you sure")
        static let proposal = Flag("--proposal", "ID", help: "the proposal as kizuna exception list shows it")
        static let json = Flag("--json", help: "answer in JSON, one object a line")
        static let common = [server, keyFile, json]
    }

    private static let list = Verb(
        "exception list",
        summary: "Lists the payments that people were called to, and what is proposed.",
        flags: Flags.common,
        examples: ["KIZUNA_KEY=kz_… kizuna exception list"]
    )
    private static let propose = Verb(
        "exception propose",
        summary: "Proposes to honour or to reverse a payment; another person approves it.",
        operands: "PAYMENT-ID",
        operandCount: 1...1,
        flags: [Flags.decision, Flags.note] + Flags.common,
        examples: [
            "kizuna exception propose 0199c8c0-1a2b-7abc-8def-0123456789ab --decision reverse "
                + "--note \"Their ledger has no such credit\" --key-file sokha.key"
        ]
    )
    private static let withdraw = Verb(
        "exception withdraw",
        summary: "Takes your proposal back.",
        operands: "PAYMENT-ID",
        operandCount: 1...1,
        flags: Flags.common,
        examples: ["kizuna exception withdraw 0199c8c0-1a2b-7abc-8def-0123456789ab --key-file sokha.key"]
    )
    private static let approve = Verb(
        "exception approve",
        summary: "Approves another person's proposal, and does what it says.",
        operands: "PAYMENT-ID",
        operandCount: 1...1,
        flags: [Flags.proposal] + Flags.common,
        examples: [
            "kizuna exception approve 0199c8c0-1a2b-7abc-8def-0123456789ab "
                + "--proposal 0199c8c1-5b5b-7abc-8def-0123456789ab --key-file yuki.key"
        ]
    )

    func run(_ arguments: [String]) async -> Int32 {
        let verbs = [
            ExceptionCommand.list, ExceptionCommand.propose, ExceptionCommand.withdraw, ExceptionCommand.approve,
        ]
        return await console.choosing(among: verbs, of: "exception", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                let client = CurlClient(reach: .wherever)
                defer { client.shutdown() }
                do {
                    try await run(verb, arguments, try way(arguments, client))
                } catch let problem as SwitchProblem where problem.status > 0 {
                    // The switch's no. Where nobody answered, it is the environment's fault.
                    throw Refusal(RefusalCode(rawValue: problem.code) ?? .technical, problem.detail)
                }
                return ExitStatus.done
            }
        }
    }

    // MARK: Doing it

    private func run(_ verb: Verb, _ arguments: Arguments, _ client: SwitchClient) async throws {
        let root = "/v1/operations/exceptions"
        guard verb.name != ExceptionCommand.list.name else { return try await list(root, arguments, client) }
        guard let payment = PaymentID(arguments.operands[0]) else {
            throw arguments.error("\(arguments.operands[0]) is no payment's id")
        }
        let (path, body): (String, JSON)
        switch verb.name {
        case ExceptionCommand.propose.name:
            let decision = try arguments.required(Flags.decision)
            let note = try arguments.required(Flags.note)
            (path, body) = ("proposals", ["decision": .string(decision.uppercased()), "note": .string(note)])
        case ExceptionCommand.withdraw.name:
            (path, body) = ("withdrawals", [:])
        default:
            (path, body) = ("approvals", ["proposalId": .string(try arguments.required(Flags.proposal))])
        }
        show(
            try await client.post("\(root)/\(payment)/\(path)", body, idempotencyKey: Identities.next()),
            arguments
        )
    }

    private func list(_ root: String, _ arguments: Arguments, _ client: SwitchClient) async throws {
        var cursor: String?
        repeat {
            let page = try await client.get(cursor.map { "\(root)?cursor=\($0)" } ?? root)
            guard case .array(let items)? = page["items"] else { return }
            for item in items { show(item, arguments) }
            cursor = page.text(at: "nextCursor")
        } while cursor != nil
    }

    private func show(_ item: JSON, _ arguments: Arguments) {
        guard !arguments.has(Flags.json) else { return console.writeLine(item) }
        let text = { (names: String...) in names.reduce(item as JSON?) { $0?[$1] }?.text ?? "–" }
        console.write("\(text("paymentId"))  \(text("state"))  \(text("cause"))\n")
        console.write(
            "    \(text("merchantAmount", "value")) \(text("merchantAmount", "currency")) at \(text("acquirer")), "
                + "since \(text("openedAt"))\n"
        )
        if case .object? = item["proposal"] {
            console.write(
                "    \(text("proposal", "decision")) proposed by \(text("proposal", "proposer")): "
                    + "\(text("proposal", "note"))\n    proposal \(text("proposal", "id"))\n"
            )
        }
        if item.text(at: "approver") != nil { console.write("    approved by \(text("approver"))\n") }
    }

    /// Longer files are no keys.
    private static let mostKeyBytes = 256

    private func way(_ arguments: Arguments, _ client: CurlClient) throws -> SwitchClient {
        let key: String
        if let path = arguments[Flags.keyFile] {
            key = String(decoding: try FileBytes.read(path, limit: ExceptionCommand.mostKeyBytes), as: UTF8.self)
        } else if let variable = ProcessInfo.processInfo.environment["KIZUNA_KEY"] {
            key = variable
        } else {
            throw arguments.error("say who you are: --key-file F, or your key in the variable KIZUNA_KEY")
        }
        let server = arguments[Flags.server] ?? "http://\(ListenAddress.standard)"
        return SwitchClient(baseURL: server, key: key.filter { !$0.isWhitespace }, http: client)
    }
}
