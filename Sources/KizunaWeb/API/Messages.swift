import KizunaLedger
import KizunaMoney
import KizunaPayments
package import KizunaSwitch

/// What the switch has to tell the caller and has not been able to, and how to ask for it again.
extension Desk {
    private static let mostOnAPage = 200
    private static let usualOnAPage = 50
    /// The most that one call sends again; the caller asks once more for the rest.
    private static let mostReplayed = 500

    var messageRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/messages",
                name: "listMessages",
                chapter: .messages,
                summary:
                    "Lists messages to the caller that have not arrived: being tried again, in the inbox, given up.",
                query: [
                    QueryParameter(
                        name: "standing",
                        summary: "Only these: sending, in_inbox or given_up.",
                        schema: .words(OutboxMessage.Standing.allCases.map(\.name), "given_up")
                    )
                ] + PageQuery<OutboxMessage>.parameters,
                answers: .ok(.page(of: .message), "A page of messages."),
                handler: .participant(listMessages)
            ),
            Route(
                .post,
                "/v1/messages/{messageId:id}/replay",
                name: "replayMessage",
                chapter: .messages,
                summary: "Sends a message to the caller again, now.",
                body: .json(.empty),
                answers: .ok(.answer(["replayed": .count(1)]), "It is sent again."),
                idempotency: .needed,
                handler: .participant(replayMessage)
            ),
            Route(
                .post,
                "/v1/messages/replay",
                name: "replayMessages",
                chapter: .messages,
                summary: "Sends again every message to the caller that was given up since a moment.",
                body: .json(.replayRequest),
                answers: .ok(
                    .answer(["replayed": .count(1), "isMore": .boolean(false)]),
                    "They are sent again; whether there are more."
                ),
                idempotency: .needed,
                handler: .participant(replayMessages)
            ),
        ]
    }

    private func listMessages(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let limit = try call.query.integer("limit", in: 1...Desk.mostOnAPage) ?? Desk.usualOnAPage
        let last = try call.query["cursor"].map { text throws(Problem) in try cursor(text) }
        let standing = try call.query["standing"].map { text throws(Problem) in try self.standing(text) }
        let found = try read { reader throws(StoreError) in
            try reader.undelivered(to: call.participant, standing, after: last, limit: limit + 1)
        }
        let page = found.prefix(limit)
        return .json([
            "items": .array(page.map { JSON($0) }),
            "nextCursor": found.count > limit ? JSON(page.last?.id.compact) : .null,
        ])
    }

    private func cursor(_ text: String) throws(Problem) -> UniqueID {
        guard text.utf8.count == 32, let id = UniqueID(text) else {
            throw Problem(
                .fieldInvalid,
                "\"cursor\" must be the nextCursor of the page before.",
                at: .parameter("cursor")
            )
        }
        return id
    }

    private func standing(_ text: String) throws(Problem) -> OutboxMessage.Standing {
        guard let standing = OutboxMessage.Standing.allCases.first(where: { $0.name == text }) else {
            let names = OutboxMessage.Standing.allCases.map(\.name).joined(separator: ", ")
            throw Problem(.fieldInvalid, "\"standing\" must be one of \(names).", at: .parameter("standing"))
        }
        return standing
    }

    private func replayMessage(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        try JSONFields(call.body).finish()
        guard try await replay([call.parameters.id("messageId")], for: call) == 1 else {
            throw .notFound("No such message to you waits; it may have arrived.")
        }
        return .json(["replayed": 1])
    }

    private func replayMessages(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        guard let since = try fields.optionalTimestamp("since") else { throw fields.missing("since") }
        try fields.finish()
        // Ids of messages are in the order of their time: those since a moment lie behind its first id.
        let found = try read { reader throws(StoreError) in
            try reader.undelivered(
                to: call.participant,
                .givenUp,
                after: .version7(before: since),
                limit: Desk.mostReplayed + 1
            )
        }
        let count = try await replay(found.prefix(Desk.mostReplayed).map(\.id), for: call)
        return .json(["replayed": JSON(count), "isMore": .bool(found.count > Desk.mostReplayed)])
    }

    private func replay(_ ids: [UniqueID], for call: ParticipantCall) async throws(Problem) -> Int {
        let (reply, _) = try await submit(.replayMessages(ids), for: call)
        guard case .messagesReplayed(let count) = reply else { unexpected(reply) }
        return count
    }
}

extension JSON {
    /// A message that has not arrived, without what it says.
    package init(_ message: OutboxMessage) {
        self = [
            "id": JSON(name: message.id),
            "path": JSON(message.kind.path),
            "webhookId": message.target.map { JSON(name: $0.webhook) } ?? .null,
            "event": JSON(message.target?.event.name),
            "standing": .string(message.standing.name),
            "paymentId": JSON(name: message.payment),
            "refundId": message.refund.map { JSON(name: $0) } ?? .null,
            "attempts": JSON(message.attempts),
            "createdAt": JSON(message.createdAt),
            "dueAt": message.dueAt.map { JSON($0) } ?? .null,
        ]
    }
}

extension OutboxMessage.Standing {
    package var name: String {
        switch self {
        case .sending: "sending"
        case .inInbox: "in_inbox"
        case .givenUp: "given_up"
        }
    }
}

extension Schema {
    static let message = answer([
        "id": .id(ExampleID.message),
        "path": .words(OutboxMessage.Kind.allCases.compactMap(\.path), "/payment-updates").nullable
            .saying("null for an event."),
        "webhookId": .id(ExampleID.webhook).null,
        "event": .words(Webhook.Event.allCases.map(\.name)).null,
        "standing": .words(OutboxMessage.Standing.allCases.map(\.name), "given_up"),
        "paymentId": .id(ExampleID.payment),
        "refundId": .id(ExampleID.refund).null,
        "attempts": .count(12),
        "createdAt": .timestamp,
        "dueAt": .timestamp.null.saying("When it is tried again."),
    ])
    .named("Message", "A message that has not arrived, without what it says.")

    /// What `replayMessages` reads.
    static let replayRequest = request(["since": .anyTimestamp])
        .named("ReplayRequest", "From which moment on messages are to be sent again.")
}
