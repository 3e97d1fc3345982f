import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// `kizuna replay`: runs a payment of a database once more, step by step, and compares.
struct ReplayCommand {
    let console: Console

    private static let json = Flag("--json", help: "answer with one JSON object")
    private static let replay = Verb(
        "replay",
        summary:
            "Runs a payment once more through the machine and the posting rules, and compares it with the database.",
        operands: "ID",
        operandCount: 1...1,
        flags: [DatabaseFlag.flag, json],
        examples: ["kizuna replay 0199c8c0-1a2b-7abc-8def-0123456789ab"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(ReplayCommand.replay, arguments) { arguments in
            guard let id = UniqueID(arguments.operands[0]) else {
                throw arguments.error("\(arguments.operands[0]) is no payment's id")
            }
            guard let file = try PaymentFile(id, in: DatabaseFlag.openForReading(arguments)) else {
                throw Refusal(.notFound, "there is no payment with this id or UETR")
            }
            let replay = PaymentReplay(of: file.payment, refunds: file.refunds, lines: file.lines)
            if arguments.has(ReplayCommand.json) {
                console.writeLine(ReplayCommand.json(replay, of: file.payment))
            } else {
                print(replay, of: file.payment)
            }
            return replay.difference == nil ? ExitStatus.done : ExitStatus.no
        }
    }

    private func print(_ replay: PaymentReplay, of payment: Payment) {
        let page = TerminalPage(console)
        page.heading("Payment \(payment.id)")
        for step in replay.steps {
            page.fact(
                step.event.state.name,
                "\(step.event.at.rfc3339)  \(step.event.trigger), by \(step.event.actor.name)"
            )
            for line in step.lines {
                page.entry(
                    kind: "\(line.kind)",
                    debit: "\(line.debit.owner) \(line.debit.role)",
                    credit: "\(line.credit.owner) \(line.credit.role)",
                    amount: grouped(line.amount)
                )
            }
        }
        page.section("What it has moved", "")
        for (account, minorUnits) in replay.positions {
            let moved = Money(minorUnits: minorUnits, currency: account.currency)
            page.fact("\(account.owner) \(account.role)", grouped(moved))
        }
        if let difference = replay.difference {
            console.write("✘ \(difference.sentence)\n")
        } else {
            console.write("✔ states, lines and amounts are those of the database\n")
        }
    }

    private static func json(_ replay: PaymentReplay, of payment: Payment) -> JSON {
        [
            "ok": .bool(replay.difference == nil),
            "payment": .string(payment.id.description),
            "state": .string(payment.state.name),
            "steps": .array(
                replay.steps.map {
                    [
                        "trigger": .string("\($0.event.trigger)"), "state": .string($0.event.state.name),
                        "at": .string($0.event.at.rfc3339), "by": .string($0.event.actor.name),
                        "lines": JSON($0.lines.count),
                    ]
                }
            ),
            "balances": .array(
                replay.positions.map { account, minorUnits in
                    [
                        "account": .string(account.description),
                        "moved": JSON(Money(minorUnits: minorUnits, currency: account.currency)),
                    ]
                }
            ),
            "difference": JSON(replay.difference?.sentence),
        ]
    }
}

extension PaymentReplay.Difference {
    /// What is not as it is stored, in words.
    var sentence: String {
        switch self {
        case .unreadableHistory: "the payment's history cannot be read"
        case .outOfOrder(let event, let from): "event \(event + 1) is not possible from \(from.name)"
        case .state(let event, let replayed):
            "event \(event + 1) leads to \(replayed.name), which is not what is stored"
        case .books(let event, let error): "the books refuse event \(event + 1): \(error)"
        case .refund(let part): "refund \(part) is missing, is one too many or comes out differently"
        case .line(let number, let stored, let replayed):
            "line \(number + 1) is \(stored.map(text) ?? "missing") in the database and "
                + "\(replayed.map(text) ?? "not written") in the replay"
        case .payment(let field): "the payment differs in the end: \(field)"
        }
    }

    private func text(_ line: Transfer) -> String {
        "\(line.kind) \(line.leg) from \(line.debit) to \(line.credit) of \(line.minorUnits)"
    }
}

extension PaymentHistory.Actor {
    /// Who it was, in words.
    var name: String {
        switch self {
        case .issuer: "issuer"
        case .destination: "destination"
        case .clock: "clock"
        case .acquirer: "acquirer"
        case .operators(let proposer, let approver): "\(proposer) and \(approver)"
        }
    }
}
