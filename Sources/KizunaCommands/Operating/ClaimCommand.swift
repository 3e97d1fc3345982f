import KizunaLedger
import KizunaPayments
import KizunaSQLite
import KizunaSwitch
import KizunaWeb

/// `kizuna claim list|show|uphold|dismiss`: what recalls and disputes wait for an operator, and the decision.
struct ClaimCommand {
    let console: Console

    private static let json = Flag("--json", help: "answer with one JSON object a line")
    private static let note = Flag("--note", "WORDS", help: "why; both banks read it")
    private static let list = Verb(
        "claim list",
        summary:
            "Lists what waits for an operator: disputes to decide, recalls without an answer, money not frozen in time.",
        flags: [DatabaseFlag.flag, json],
        examples: ["kizuna claim list", "kizuna claim list --json --database sqlite:kizuna.db"]
    )
    private static let show = Verb(
        "claim show",
        summary: "Shows a dispute with its history and its files, or a recall.",
        operands: "ID",
        operandCount: 1...1,
        flags: [DatabaseFlag.flag],
        examples: ["kizuna claim show 0199c8c0-1a2b-7abc-8def-0123456789ab"]
    )
    private static let uphold = Verb(
        "claim uphold",
        summary: "Decides an escalated dispute for the bank that opened it: the money goes back.",
        operands: "ID",
        operandCount: 1...1,
        flags: [note, DatabaseFlag.flag],
        examples: ["kizuna claim uphold 0199c8c0-1a2b-7abc-8def-0123456789ab --note \"No proof of delivery.\""]
    )
    private static let dismiss = Verb(
        "claim dismiss",
        summary: "Decides an escalated dispute against the bank that opened it: the case is closed.",
        operands: "ID",
        operandCount: 1...1,
        flags: [note, DatabaseFlag.flag],
        examples: ["kizuna claim dismiss 0199c8c0-1a2b-7abc-8def-0123456789ab"]
    )
    private static let verbs = [list, show, uphold, dismiss]

    func run(_ arguments: [String]) async -> Int32 {
        await console.choosing(among: ClaimCommand.verbs, of: "claim", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                switch verb.name {
                case ClaimCommand.list.name: try list(arguments)
                case ClaimCommand.show.name: try show(arguments)
                case ClaimCommand.uphold.name: try await decide(.upheld, arguments)
                default: try await decide(.dismissed, arguments)
                }
                return ExitStatus.done
            }
        }
    }

    // MARK: Looking

    /// The most that one look brings; whoever has more begins with the oldest.
    private static let most = 1_000

    private func list(_ arguments: Arguments) throws {
        let found = try DatabaseFlag.openForReading(arguments).read { reader throws(StoreError) in
            let most = ClaimCommand.most
            let open = [Recall.State.requested, .pending]
            var recalls = try reader.recalls(of: nil, in: .lapsed, after: nil, limit: most)
            for state in open {
                recalls += try reader.recalls(of: nil, in: state, after: nil, limit: most)
                    .filter { $0.freeze?.state == .overdue }
            }
            return (disputes: try reader.disputes(of: nil, in: .escalated, after: nil, limit: most), recalls: recalls)
        }
        if arguments.has(ClaimCommand.json) {
            for dispute in found.disputes { console.writeLine(["dispute": JSON(dispute)]) }
            for recall in found.recalls { console.writeLine(["recall": JSON(recall)]) }
            return
        }
        let page = TerminalPage(console)
        page.heading("\(found.disputes.count) disputes to decide")
        for dispute in found.disputes {
            page.fact(
                "\(dispute.id)",
                "\(grouped(dispute.amount)), \(dispute.reason.rawValue), payment \(dispute.payment)"
            )
        }
        page.heading("\(found.recalls.count) recalls without an answer, or with money not frozen in time")
        for recall in found.recalls {
            page.fact(
                "\(recall.id)",
                "\(grouped(recall.amount)), \(recall.reason.rawValue), \(recall.state.name), \(recall.acquirer)"
            )
        }
    }

    private func show(_ arguments: Arguments) throws {
        let id = try self.id(arguments)
        let found = try DatabaseFlag.openForReading(arguments).read { reader throws(StoreError) -> JSON? in
            if let recall = try reader.recall(RecallID(id)) { return JSON(recall) }
            guard let dispute = try reader.dispute(DisputeID(id)) else { return nil }
            return JSON(dispute, try reader.events(of: dispute.id), try reader.evidence(of: dispute.id))
        }
        guard let found else { throw Refusal(.notFound, "there is no recall and no dispute with this id") }
        console.writeLine(found)
    }

    // MARK: Deciding

    private func decide(_ action: DisputeMachine.Action, _ arguments: Arguments) async throws {
        let note = arguments[ClaimCommand.note]
        guard note?.count ?? 0 <= DisputeEvent.longestNote else {
            throw arguments.error("--note takes at most \(DisputeEvent.longestNote) characters")
        }
        let command = ActOnDispute(dispute: DisputeID(try id(arguments)), action: action, note: note)
        let operations = Operations(store: try DatabaseFlag.open(arguments))
        guard case .disputeEvent(let event) = try await operations.perform(.actOnDispute(command)) else { return }
        console.writeLine(JSON(event))
    }

    private func id(_ arguments: Arguments) throws -> UniqueID {
        guard let id = UniqueID(arguments.operands[0]) else {
            throw arguments.error("\(arguments.operands[0]) is no claim's id; kizuna claim list prints them")
        }
        return id
    }
}
