import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// The inbox of a participant that cannot be called: it asks for its messages, and says which it has dealt with.
extension Desk {
    /// How long a wait goes on before it is looked whether a message has come back that somebody had fetched.
    private static let longestLook = Duration.seconds(5)
    private static let usualAtOnce = 20

    var inboxRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/inbox",
                name: "fetchInbox",
                chapter: .messages,
                summary: "Gives the caller its next messages, which nobody else gets for 30 seconds; can wait for one.",
                query: [
                    QueryParameter(
                        name: "limit",
                        summary: "How many: 1 to 100, usually 20.",
                        schema: .integer(1...Int64(Inbox.mostAtOnce), 20)
                    ),
                    .wait("Seconds, at most 25, to hold the answer until there is one."),
                ],
                answers: .ok(.items(of: .inboxItem), "The messages."),
                handler: .participant(fetchInbox)
            ),
            Route(
                .post,
                "/v1/inbox/acknowledgements",
                name: "acknowledgeMessages",
                chapter: .messages,
                summary: "Takes messages out of the caller's inbox.",
                body: .json(.acknowledgement),
                answers: .ok(.answer(["acknowledged": .count(1)]), "How many were taken out."),
                idempotency: .needed,
                handler: .participant(acknowledgeMessages)
            ),
        ]
    }

    private func fetchInbox(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let limit = try call.query.integer("limit", in: 1...Inbox.mostAtOnce) ?? Desk.usualAtOnce
        let wait = try call.wait()
        let end = ContinuousClock.now + .seconds(wait?.seconds ?? 0)
        // Who asks for the head alone would lose what it was given.
        var messages = call.request.method == "GET" ? try await fetchNext(limit, for: call) : []
        while messages.isEmpty, ContinuousClock.now < end, call.request.method == "GET" {
            await engine.waitForInbox(of: call.participant, atMost: min(end - .now, Desk.longestLook))
            messages = try await fetchNext(limit, for: call)
        }
        let items = try read { reader throws(StoreError) in
            var items: [JSON] = []
            for message in messages {
                if let delivery = try Delivery(of: message, from: reader), let item = JSON(inboxItem: delivery) {
                    items.append(item)
                }
            }
            return items
        }
        var response = HTTPResponse.json(["items": .array(items)])
        if let wait, wait.isPreference { response.headers.add("Preference-Applied", "wait=\(wait.seconds)") }
        return response
    }

    private func fetchNext(_ limit: Int, for call: ParticipantCall) async throws(Problem) -> [OutboxMessage] {
        let now = now
        let ids = try read { reader throws(StoreError) in
            try reader.inbox(of: call.participant, at: now, limit: limit).map(\.id)
        }
        guard !ids.isEmpty else { return [] }
        let (reply, _) = try await submit(.fetchInbox(ids), for: call)
        guard case .inbox(let messages) = reply else { unexpected(reply) }
        return messages
    }

    private func acknowledgeMessages(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let ids = try fields.messageIDs("ids")
        try fields.finish()
        let (reply, _) = try await submit(.acknowledge(ids), for: call)
        guard case .acknowledged(let count) = reply else { unexpected(reply) }
        return .json(["acknowledged": JSON(count)])
    }
}

extension JSONFields {
    fileprivate mutating func messageIDs(_ name: String) throws(Problem) -> [UniqueID] {
        let texts = try optionalStrings(name, most: Inbox.mostAtOnce)
        let ids = texts.compactMap { UniqueID($0) }
        guard !ids.isEmpty, ids.count == texts.count else {
            throw invalid(name, "must be a list of 1 to \(Inbox.mostAtOnce) ids of messages")
        }
        return ids
    }
}

extension JSON {
    /// A message as it is found in an inbox; `nil` for one that has nothing to say, which is a defect.
    fileprivate init?(inboxItem delivery: Delivery) {
        guard let body = delivery.body else { return nil }
        let message = delivery.message
        self = [
            "id": JSON(name: message.id),
            "path": JSON(message.kind.path),
            "createdAt": JSON(message.createdAt),
            "fetches": JSON(message.attempts),
            "leasedUntil": message.dueAt.map { JSON($0) } ?? .null,
            "body": body,
        ]
    }
}

extension Schema {
    static let inboxItem = answer([
        "id": .id(ExampleID.message),
        "path": .words(OutboxMessage.Kind.allCases.compactMap(\.path), "/credit-decisions"),
        "createdAt": .timestamp,
        "fetches": .count(1),
        "leasedUntil": .timestamp.nullable.saying("Until when nobody else gets it."),
        "body": .anything([
            "paymentId": .string(ExampleID.payment), "uetr": .string(ExampleID.uetr), "decision": "COMMITTED",
            "merchantAmount": ["value": "1980", "currency": "JPY"], "reason": nil,
        ])
        .saying("What would be sent to that path of a participant that can be called."),
    ])
    .named("InboxItem", "A message as it is found in an inbox.")

    /// What ``JSONFields/messageIDs(_:)`` reads.
    static let acknowledgement = request(["ids": .list(of: .anyID(ExampleID.message), 1...Inbox.mostAtOnce)])
        .named("Acknowledgement", "Which messages the caller has dealt with.")
}
