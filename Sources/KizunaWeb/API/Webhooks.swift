import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Addresses at which a participant, or one of its shops, is told of events.
extension Desk {
    var webhookRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/webhooks",
                name: "createWebhook",
                chapter: .webhooks,
                summary: "Registers an address for events; the answer shows its secret, once.",
                body: .json(.webhookRequest),
                answers: .created(.newWebhook, "The webhook with its secret, which is shown once.").located,
                refusals: [.notFound],
                idempotency: .kept(.addWebhook),
                handler: .participant(createWebhook)
            ),
            Route(
                .get,
                "/v1/webhooks",
                name: "listWebhooks",
                chapter: .webhooks,
                summary: "Lists the caller's webhooks with what each last answered.",
                answers: .ok(.items(of: .webhook), "The webhooks."),
                handler: .participant(listWebhooks)
            ),
            Route(
                .get,
                "/v1/webhooks/{webhookId:id}",
                name: "getWebhook",
                chapter: .webhooks,
                summary: "Shows a webhook of the caller's.",
                answers: .ok(.webhook, "The webhook."),
                handler: .participant { call throws(Problem) in .json(JSON(try self.webhook(of: call))) }
            ),
            Route(
                .post,
                "/v1/webhooks/{webhookId:id}/rotate",
                name: "rotateWebhookSecret",
                chapter: .webhooks,
                summary: "Makes a new secret, shown once; the one before signs too for 24 hours.",
                body: .json(.empty),
                answers: .ok(.newWebhook, "The webhook with its new secret, which is shown once."),
                idempotency: .kept(.rotateWebhookSecret),
                handler: .participant(rotateWebhook)
            ),
            Route(
                .post,
                "/v1/webhooks/{webhookId:id}/ping",
                name: "pingWebhook",
                chapter: .webhooks,
                summary: "Sends a trial to a webhook of the caller's and tells what it answered.",
                body: .json(.empty),
                answers: .ok(.pingResult, "What it answered."),
                idempotency: .needed,
                handler: .participant(pingWebhook)
            ),
            Route(
                .post,
                "/v1/webhooks/{webhookId:id}/remove",
                name: "removeWebhook",
                chapter: .webhooks,
                summary: "Removes a webhook of the caller's; what was not delivered to it is dropped.",
                body: .json(.empty),
                answers: .ok(.answer(["removed": .boolean(true)]), "It is gone."),
                idempotency: .needed,
                handler: .participant(removeWebhook)
            ),
        ]
    }

    private func createWebhook(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let url = try fields.destination("url", within: reach)
        let events = try fields.events("events")
        let merchant: MerchantID? = try fields.optionalIdentifier("merchantId")
        try fields.finish()
        let command = AddWebhook(url: url, events: events, merchant: try merchant.map(key(of:)))
        let (reply, isReplay) = try await submit(.addWebhook(command), for: call)
        guard case .webhook(let webhook) = reply else { unexpected(reply) }
        return show(webhook, of: call.participant, status: 201, isReplay: isReplay)
    }

    /// The shop as the switch knows it; whose it is, the switch sees.
    private func key(of id: MerchantID) throws(Problem) -> MerchantKey {
        let merchant = try read { reader throws(StoreError) in try reader.merchant(id) }
        guard let merchant else { throw .notFound("No such shop of yours.") }
        return merchant.key
    }

    private func listWebhooks(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let webhooks = try read { reader throws(StoreError) in try reader.webhooks(of: call.participant) }
        return .json(["items": .array((webhooks?.all ?? []).map { JSON($0) })])
    }

    private func rotateWebhook(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        try JSONFields(call.body).finish()
        let (reply, isReplay) = try await submit(.rotateWebhookSecret(call.parameters.id("webhookId")), for: call)
        guard case .webhook(let webhook) = reply else { unexpected(reply) }
        return show(webhook, of: call.participant, status: 200, isReplay: isReplay)
    }

    private func pingWebhook(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        try JSONFields(call.body).finish()
        let webhook = try webhook(of: call)
        let status: Int?
        do throws(SubmissionError) {
            status = try await engine.trial(of: webhook, of: call.participant, id: newID())
        } catch {
            throw Problem(error)
        }
        return .json([
            "delivered": .bool(status.map { 200..<300 ~= $0 } ?? false), "status": status.map { JSON($0) } ?? .null,
        ])
    }

    private func removeWebhook(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        try JSONFields(call.body).finish()
        _ = try await submit(.removeWebhook(call.parameters.id("webhookId")), for: call)
        return .json(["removed": true])
    }

    private func webhook(of call: ParticipantCall) throws(Problem) -> Webhook {
        let id = call.parameters.id("webhookId")
        let webhooks = try read { reader throws(StoreError) in try reader.webhooks(of: call.participant) }
        guard let webhook = webhooks?[id] else { throw .notFound("No such webhook of yours.") }
        return webhook
    }

    /// A webhook with its newest secret.
    private func show(
        _ webhook: Webhook,
        of participant: ParticipantID,
        status: Int,
        isReplay: Bool
    ) -> HTTPResponse {
        let secret = SigningSecret(of: webhook, number: webhook.secretNumber, participant: participant)
        return .json(
            JSON(facts: webhook).adding([JSON.Member(name: "secret", value: .string(signer.text(of: secret)))]),
            status: status,
            location: status == 201 ? "/v1/webhooks/\(webhook.id)" : nil,
            isReplay: isReplay
        )
    }
}

extension JSONFields {
    /// An address that the switch may call.
    fileprivate mutating func destination(_ name: String, within reach: Reach) throws(Problem) -> String {
        guard let destination = try optionalDestination(name, within: reach) else { throw missing(name) }
        return destination
    }

    /// The same, which may be left out.
    mutating func optionalDestination(_ name: String, within reach: Reach) throws(Problem) -> String? {
        guard let text = try optionalString(name, maximum: DestinationURL.longest) else { return nil }
        do throws(DestinationFault) {
            return try DestinationURL(text, within: reach).description
        } catch {
            throw invalid(name, error.sentence)
        }
    }

    fileprivate mutating func events(_ name: String) throws(Problem) -> Set<Webhook.Event> {
        let texts = try optionalStrings(name, most: Webhook.Event.allCases.count)
        let events = texts.compactMap { text in Webhook.Event.allCases.first { $0.name == text } }
        guard !events.isEmpty, events.count == texts.count else {
            throw invalid(name, "must be a list of \(Webhook.Event.allCases.map(\.name).joined(separator: ", "))")
        }
        return Set(events)
    }
}

extension JSON {
    /// A webhook with what it last answered.
    fileprivate init(_ webhook: Webhook) {
        let outcome = webhook.lastOutcome.map { outcome -> JSON in
            ["at": JSON(outcome.at), "status": outcome.status.map { JSON($0) } ?? .null]
        }
        self = JSON(facts: webhook).adding([
            JSON.Member(name: "previousSecretUntil", value: webhook.previousSecretUntil.map { JSON($0) } ?? .null),
            JSON.Member(name: "lastOutcome", value: outcome ?? .null),
        ])
    }

    /// What does not change.
    fileprivate init(facts webhook: Webhook) {
        self = [
            "id": JSON(name: webhook.id),
            "url": .string(webhook.url),
            "events": .array(Webhook.Event.allCases.filter(webhook.events.contains).map { .string($0.name) }),
            "merchantId": webhook.merchant.map { JSON(name: $0) } ?? .null,
            "createdAt": JSON(webhook.createdAt),
        ]
    }
}

extension Schema {
    static let webhook = answer(webhookFacts).adding([
        "previousSecretUntil": .timestamp.null.saying("Until when the secret before signs too."),
        "lastOutcome": answer(["at": .timestamp, "status": httpStatus.nullable]).null,
    ])
    .named("Webhook", "An address for events, with what it last answered.")

    /// A webhook with its newest secret.
    static let newWebhook = answer(webhookFacts).adding([
        "secret": .text(1...200, "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    ])
    .named("NewWebhook", "An address for events, with its secret.")

    static let pingResult = answer(["delivered": .boolean(true), "status": httpStatus.showing(204).nullable])
        .named("PingResult", "What a trial came to.")

    /// What `createWebhook` reads.
    static let webhookRequest = request([
        "url": .text(1...DestinationURL.longest, "https://shop.example/kizuna")
            .saying("An https address on the open Internet."),
        "events": .list(
            of: .words(Webhook.Event.allCases.map(\.name), "merchant.paid"),
            1...Webhook.Event.allCases.count
        ),
        "merchantId": .anyID(ExampleID.merchant).omitted.saying("The shop whose events these are; all, unless said."),
    ])
    .named("WebhookRequest", "An address for events.")

    private static let webhookFacts: KeyValuePairs<String, Schema> = [
        "id": .id(ExampleID.webhook),
        "url": .text(1...DestinationURL.longest, "https://shop.example/kizuna"),
        "events": .list(of: .words(Webhook.Event.allCases.map(\.name), "merchant.paid")),
        "merchantId": .id(ExampleID.merchant).null,
        "createdAt": .timestamp,
    ]

    private static let httpStatus = integer(100...599, 204)
}
