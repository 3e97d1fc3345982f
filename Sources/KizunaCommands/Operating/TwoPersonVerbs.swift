import Foundation
import KizunaCurl
import KizunaLedger
import KizunaPayments
import KizunaSimulation
import KizunaWeb

/// `propose`, `withdraw` and `approve` of what two people decide, each with a key of his or her own.
///
/// They ask the running switch and do not open the database: only a key says who somebody is, and two names typed on one
/// machine would not be two persons.
struct TwoPersonVerbs {
    /// The command that has these verbs.
    let command: String
    /// The id that they take: `PAYMENT-ID`.
    let operand: String
    /// Where the switch has the cases.
    let root: String
    /// What can be proposed about what, in the words of a summary.
    let choice: String
    let decision: Flag
    /// A decision and a reason, as an example has them.
    let example: (decision: String, note: String)

    private static let server = Flag("--server", "URL", help: "the switch; standard http://127.0.0.1:8080")
    private static let keyFile = Flag(
        "--key-file",
        "F",
        help: "a file with your key; standard: the variable KIZUNA_KEY"
    )
    private static let note = Flag("--note", "TEXT", help: "what makes you sure")
    private static let json = Flag("--json", help: "answer in JSON, one object a line")
    /// The flags of what asks the switch as a person.
    static let asking = [server, keyFile, json]

    private var proposal: Flag { Flag("--proposal", "ID", help: "the proposal as kizuna \(command) list shows it") }
    private static let aCase = "0199c8c0-1a2b-7abc-8def-0123456789ab"

    private var propose: Verb {
        Verb(
            "\(command) propose",
            summary: "Proposes \(choice); another person approves it.",
            operands: operand,
            operandCount: 1...1,
            flags: [decision, Self.note] + Self.asking,
            examples: [
                "kizuna \(command) propose \(Self.aCase) --decision \(example.decision) "
                    + "--note \"\(example.note)\" --key-file sokha.key"
            ]
        )
    }

    private var withdraw: Verb {
        Verb(
            "\(command) withdraw",
            summary: "Takes your proposal back.",
            operands: operand,
            operandCount: 1...1,
            flags: Self.asking,
            examples: ["kizuna \(command) withdraw \(Self.aCase) --key-file sokha.key"]
        )
    }

    private var approve: Verb {
        Verb(
            "\(command) approve",
            summary: "Approves another person's proposal, and does what it says.",
            operands: operand,
            operandCount: 1...1,
            flags: [proposal] + Self.asking,
            examples: [
                "kizuna \(command) approve \(Self.aCase) --proposal 0199c8c1-5b5b-7abc-8def-0123456789ab "
                    + "--key-file yuki.key"
            ]
        )
    }

    var all: [Verb] { [propose, withdraw, approve] }

    /// Does one of ``all``, and tells the case as it is then.
    func run(_ verb: Verb, _ arguments: Arguments) async throws -> JSON {
        guard let id = UniqueID(arguments.operands[0]) else {
            throw arguments.error("\(arguments.operands[0]) is no id; kizuna \(command) list prints them")
        }
        let (path, body): (String, JSON)
        switch verb.name {
        case propose.name:
            let decision = try arguments.required(decision)
            let note = try arguments.required(Self.note)
            (path, body) = ("proposals", ["decision": .string(decision.uppercased()), "note": .string(note)])
        case withdraw.name:
            (path, body) = ("withdrawals", [:])
        default:
            (path, body) = ("approvals", ["proposalId": .string(try arguments.required(proposal))])
        }
        return try await Self.ask(arguments) { client in
            try await client.post("\(root)/\(id)/\(path)", body, idempotencyKey: Identities.next())
        }
    }

    /// Asks the switch as the person whose key it is.
    static func ask<Answer>(
        _ arguments: Arguments,
        _ question: (SwitchClient) async throws -> Answer
    ) async throws -> Answer {
        let client = CurlClient(reach: .wherever)
        defer { client.shutdown() }
        do {
            return try await question(try way(arguments, client))
        } catch let problem as SwitchProblem where problem.status > 0 {
            // The switch's no. Where nobody answered, it is the environment's fault.
            throw Refusal(RefusalCode(rawValue: problem.code) ?? .technical, problem.detail)
        }
    }

    /// Shows what is proposed about a case, and who has approved it.
    static func show(_ item: JSON, about: String, _ facts: [String], _ arguments: Arguments, on console: Console) {
        guard !arguments.has(json) else { return console.writeLine(item) }
        console.write("\(about)\n")
        for fact in facts { console.write("    \(fact)\n") }
        if case .object? = item["proposal"] {
            console.write(
                "    \(item.words("proposal", "decision")) proposed by \(item.words("proposal", "proposer")): "
                    + "\(item.words("proposal", "note"))\n    proposal \(item.words("proposal", "id"))\n"
            )
        }
        if item.text(at: "approver") != nil { console.write("    approved by \(item.words("approver"))\n") }
    }

    /// Longer files are no keys.
    private static let mostKeyBytes = 256

    private static func way(_ arguments: Arguments, _ client: CurlClient) throws -> SwitchClient {
        let key: String
        if let path = arguments[keyFile] {
            key = String(decoding: try FileBytes.read(path, limit: mostKeyBytes), as: UTF8.self)
        } else if let variable = ProcessInfo.processInfo.environment["KIZUNA_KEY"] {
            key = variable
        } else {
            throw arguments.error("say who you are: --key-file F, or your key in the variable KIZUNA_KEY")
        }
        let address = arguments[server] ?? "http://\(ListenAddress.standard)"
        return SwitchClient(baseURL: address, key: key.filter { !$0.isWhitespace }, http: client)
    }
}

extension JSON {
    /// The text at a place, for people.
    func words(_ names: String...) -> String { names.reduce(self as JSON?) { $0?[$1] }?.text ?? "–" }
}
