import KizunaLedger
import KizunaPayments
import KizunaSQLite
import KizunaSwitch
import KizunaWeb

/// `kizuna claim list|show|propose|withdraw|approve`: what recalls and disputes wait for operators, and what two of them
/// decide about disputes.
struct ClaimCommand {
    let console: Console

    private static let json = Flag("--json", help: "answer with one JSON object a line")
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
    private static let decide = TwoPersonVerbs(
        command: "claim",
        operand: "DISPUTE-ID",
        root: "/v1/operations/disputes",
        choice: "how an escalated dispute ends",
        decision: Flag("--decision", "D", help: "uphold (the money goes back) or dismiss (nothing goes back)"),
        example: ("uphold", "No proof of delivery.")
    )
    private static let verbs = [list, show] + decide.all

    func run(_ arguments: [String]) async -> Int32 {
        await console.choosing(among: ClaimCommand.verbs, of: "claim", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                switch verb.name {
                case ClaimCommand.list.name: try list(arguments)
                case ClaimCommand.show.name: try show(arguments)
                default: showDecision(try await ClaimCommand.decide.run(verb, arguments), arguments)
                }
                return ExitStatus.done
            }
        }
    }

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
            for dispute in found.disputes { console.writeLine(["dispute": JSON(deciding: dispute)]) }
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
            if let proposal = dispute.proposal {
                page.fact("  proposed", "\(proposal.decision.name) by \(proposal.proposer), proposal \(proposal.id)")
            }
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

    private func showDecision(_ item: JSON, _ arguments: Arguments) {
        TwoPersonVerbs.show(
            item,
            about: "\(item.words("id"))  \(item.words("state"))  \(item.words("reason"))",
            [
                "\(item.words("amount", "value")) \(item.words("amount", "currency")), "
                    + "payment \(item.words("paymentId"))"
            ],
            arguments,
            on: console
        )
    }

    private func id(_ arguments: Arguments) throws -> UniqueID {
        guard let id = UniqueID(arguments.operands[0]) else {
            throw arguments.error("\(arguments.operands[0]) is no claim's id; kizuna claim list prints them")
        }
        return id
    }
}
