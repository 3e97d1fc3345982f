import KizunaSimulation
import KizunaWeb

/// `kizuna exception list|propose|withdraw|approve`: what people decide about payments.
struct ExceptionCommand {
    let console: Console

    private static let root = "/v1/operations/exceptions"
    private static let list = Verb(
        "exception list",
        summary: "Lists the payments that people were called to, and what is proposed.",
        flags: TwoPersonVerbs.asking,
        examples: ["KIZUNA_KEY=kz_… kizuna exception list"]
    )
    private static let decide = TwoPersonVerbs(
        command: "exception",
        operand: "PAYMENT-ID",
        root: root,
        choice: "to honour or to reverse a payment",
        decision: Flag("--decision", "D", help: "honour (the shop was paid) or reverse (it was not)"),
        example: ("reverse", "Their ledger has no such credit")
    )

    func run(_ arguments: [String]) async -> Int32 {
        let verbs = [ExceptionCommand.list] + ExceptionCommand.decide.all
        return await console.choosing(among: verbs, of: "exception", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                if verb.name == ExceptionCommand.list.name {
                    try await list(arguments)
                } else {
                    show(try await ExceptionCommand.decide.run(verb, arguments), arguments)
                }
                return ExitStatus.done
            }
        }
    }

    private func list(_ arguments: Arguments) async throws {
        try await TwoPersonVerbs.ask(arguments) { client in
            var cursor: String?
            repeat {
                let page = try await client.get(
                    cursor.map { "\(ExceptionCommand.root)?cursor=\($0)" } ?? ExceptionCommand.root
                )
                guard case .array(let items)? = page["items"] else { return }
                for item in items { show(item, arguments) }
                cursor = page.text(at: "nextCursor")
            } while cursor != nil
        }
    }

    private func show(_ item: JSON, _ arguments: Arguments) {
        TwoPersonVerbs.show(
            item,
            about: "\(item.words("paymentId"))  \(item.words("state"))  \(item.words("cause"))",
            [
                "\(item.words("merchantAmount", "value")) \(item.words("merchantAmount", "currency")) at "
                    + "\(item.words("acquirer")), since \(item.words("openedAt"))"
            ],
            arguments,
            on: console
        )
    }
}
