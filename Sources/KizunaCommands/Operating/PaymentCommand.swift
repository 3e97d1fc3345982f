import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// `kizuna payment show`: one payment with its refunds and every line of the journal.
struct PaymentCommand {
    let console: Console

    private static let json = Flag("--json", help: "answer with one JSON object")
    private static let show = Verb(
        "payment show",
        summary: "Shows a payment, its refunds and its lines in the journal; by its id or its UETR.",
        operands: "ID",
        operandCount: 1...1,
        flags: [DatabaseFlag.flag, json],
        examples: ["kizuna payment show 0199c8c0-1a2b-7abc-8def-0123456789ab"]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.choosing(among: [PaymentCommand.show], of: "payment", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                guard let id = UniqueID(arguments.operands[0]) else {
                    throw arguments.error("\(arguments.operands[0]) is no payment's id")
                }
                guard let file = try PaymentFile(id, in: DatabaseFlag.openForReading(arguments)) else {
                    throw Refusal(.notFound, "there is no payment with this id or UETR")
                }
                if arguments.has(PaymentCommand.json) { console.writeLine(file.json) } else { print(file) }
                return ExitStatus.done
            }
        }
    }

    private func print(_ file: PaymentFile) {
        let page = TerminalPage(console)
        let price = file.payment.price
        page.heading("Payment \(file.payment.id)")
        page.fact("State", file.payment.state.name + (file.payment.reason.map { " (\($0.rawValue))" } ?? ""))
        page.fact("UETR", file.payment.uetr.description)
        let providers = price.exchanges(by: file.payment.provider).map(\.provider.description)
        let way = [file.payment.issuer.description] + providers + [file.payment.acquirer.description]
        page.fact("Banks", way.joined(separator: " → "))
        page.amount("Shop is paid", grouped(price.merchantAmount))
        page.amount("Payer pays", grouped(price.payerDebit))
        page.fact("Rate", price.rate.description)
        for refund in file.refunds {
            page.fact("Refund \(refund.part)", "\(grouped(refund.merchantAmount)) → \(grouped(refund.payerAmount))")
        }
        page.section("The ledger", "")
        for line in file.lines {
            page.entry(
                kind: "\(line.kind)",
                debit: "\(line.debit.owner) \(line.debit.role)",
                credit: "\(line.credit.owner) \(line.credit.role)",
                amount: grouped(line.amount)
            )
        }
    }
}

/// Everything that the store knows of one payment.
struct PaymentFile {
    let payment: Payment
    let refunds: [Refund]
    let lines: [Transfer]

    init?(_ id: UniqueID, in store: any Store) throws {
        let found = try store.read { reader throws(StoreError) -> (Payment, [Refund], [Transfer])? in
            var payment = try reader.payment(PaymentID(id))
            if payment == nil { payment = try reader.payment(uetr: UETR(id)) }
            guard let payment else { return nil }
            let refunds = try reader.refunds(of: payment.id)
            var lines = try reader.journal(of: payment.id.value)
            for refund in refunds { lines += try reader.journal(of: refund.id.value) }
            return (payment, refunds, lines)
        }
        guard let found else { return nil }
        (payment, refunds, lines) = found
    }

    var json: JSON {
        [
            "id": .string(payment.id.description),
            "uetr": .string(payment.uetr.description),
            "state": .string(payment.state.name),
            "reason": JSON(payment.reason?.rawValue),
            "merchantAmount": JSON(payment.price.merchantAmount),
            "payerDebit": JSON(payment.price.payerDebit),
            "refunds": .array(
                refunds.map {
                    [
                        "id": .string($0.id.description), "merchantAmount": JSON($0.merchantAmount),
                        "payerAmount": JSON($0.payerAmount),
                    ]
                }
            ),
            "entries": .array(
                lines.map {
                    [
                        "kind": .string("\($0.kind)"), "debit": .string($0.debit.description),
                        "credit": .string($0.credit.description), "amount": JSON($0.amount),
                    ]
                }
            ),
        ]
    }
}
