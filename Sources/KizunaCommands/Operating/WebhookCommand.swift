import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// `kizuna webhook list|replay`: messages that did not reach their receivers, for the operator.
struct WebhookCommand {
    let console: Console

    private enum Flags {
        static let participant = Flag("--participant", "ID", help: "only messages to this participant")
        static let standing = Flag("--standing", "WORD", help: "only these: sending, in_inbox or given_up")
        static let since = Flag("--since", "TIME", help: "with --given-up: only those since then, 2026-01-31T09:30:00Z")
        static let givenUp = Flag("--given-up", help: "every message that was given up")
        static let json = Flag("--json", help: "answer with one JSON object a line")
    }

    private static let list = Verb(
        "webhook list",
        summary: "Lists messages that are tried again, wait in an inbox, or were given up.",
        flags: [Flags.participant, Flags.standing, DatabaseFlag.flag, Flags.json],
        examples: ["kizuna webhook list --standing given_up", "kizuna webhook list --participant mekong-bank --json"]
    )
    private static let replay = Verb(
        "webhook replay",
        summary: "Has messages sent again from the beginning; on a database that no switch is serving.",
        operands: "[MESSAGE-ID …]",
        operandCount: 0...100,
        flags: [Flags.givenUp, Flags.participant, Flags.since, DatabaseFlag.flag],
        examples: [
            "kizuna webhook replay 0199c8c0-1a2b-7abc-8def-0123456789ab",
            "kizuna webhook replay --given-up --participant mekong-bank --since 2026-01-31T09:30:00Z",
        ]
    )

    /// Messages read or sent again in one go.
    private static let page = 500

    func run(_ arguments: [String]) async -> Int32 {
        let verbs = [WebhookCommand.list, WebhookCommand.replay]
        return await console.choosing(among: verbs, of: "webhook", arguments) { verb, arguments in
            await console.reporting(verb, arguments) { arguments in
                if verb.name == WebhookCommand.list.name { try list(arguments) } else { try await replay(arguments) }
                return ExitStatus.done
            }
        }
    }

    private func list(_ arguments: Arguments) throws {
        let participant = try participant(arguments)
        let standing = try standing(arguments)
        let store = try DatabaseFlag.openForReading(arguments)
        try forEachPage(of: store, to: participant, standing, after: nil) { page in
            for message in page {
                if arguments.has(Flags.json) { console.writeLine(JSON(message)) } else { print(message) }
            }
        }
    }

    private func print(_ message: OutboxMessage) {
        let facts = [
            message.standing.name.padded(to: 9), message.destination.description.padded(to: 21),
            (message.kind.path ?? message.target?.event.name ?? "").padded(to: 20), "\(message.attempts) attempts",
            message.createdAt.rfc3339,
        ]
        console.write("\(message.id)  \(facts.joined(separator: " "))\n")
    }

    private func replay(_ arguments: Arguments) async throws {
        guard arguments.has(Flags.givenUp) != !arguments.operands.isEmpty else {
            throw arguments.error("it takes ids of messages, or --given-up")
        }
        let ids = try arguments.operands.map { text throws(UsageError) in
            guard let id = UniqueID(text) else { throw arguments.error("\(text) is no message's id") }
            return id
        }
        let (participant, since) = (try participant(arguments), try moment(arguments))
        let store = try DatabaseFlag.open(arguments)
        let operations = Operations(store: store)
        var pages = [ids]
        if arguments.has(Flags.givenUp) {
            pages = []
            try forEachPage(of: store, to: participant, .givenUp, after: since.map(UniqueID.version7(before:))) {
                pages.append($0.map(\.id))
            }
        }
        var count = 0
        for page in pages where !page.isEmpty {
            guard case .messagesReplayed(let replayed) = try await operations.perform(.replayMessages(page)) else {
                continue
            }
            count += replayed
        }
        console.complain("\(count) to be sent again")
        guard count > 0 || arguments.has(Flags.givenUp) else { throw Refusal(.notFound, "none of these waits") }
    }

    private func forEachPage(
        of store: any Store,
        to participant: ParticipantID?,
        _ standing: OutboxMessage.Standing?,
        after start: UniqueID?,
        _ body: ([OutboxMessage]) -> Void
    ) throws {
        var last = start
        while true {
            let behind = last
            let page = try store.read { reader throws(StoreError) in
                try reader.undelivered(to: participant, standing, after: behind, limit: WebhookCommand.page)
            }
            body(page)
            guard page.count == WebhookCommand.page else { return }
            last = page.last?.id
        }
    }

    private func participant(_ arguments: Arguments) throws(UsageError) -> ParticipantID? {
        guard let text = arguments[Flags.participant] else { return nil }
        guard let id = ParticipantID(text) else { throw arguments.error("--participant takes a participant's id") }
        return id
    }

    private func standing(_ arguments: Arguments) throws(UsageError) -> OutboxMessage.Standing? {
        guard let text = arguments[Flags.standing] else { return nil }
        guard let standing = OutboxMessage.Standing.allCases.first(where: { $0.name == text }) else {
            throw arguments.error("--standing takes sending, in_inbox or given_up")
        }
        return standing
    }

    private func moment(_ arguments: Arguments) throws(UsageError) -> Timestamp? {
        guard let text = arguments[Flags.since] else { return nil }
        guard arguments.has(Flags.givenUp), let moment = Timestamp(rfc3339: text) else {
            throw arguments.error("--since goes with --given-up and takes a time in UTC, such as 2026-01-31T09:30:00Z")
        }
        return moment
    }
}
