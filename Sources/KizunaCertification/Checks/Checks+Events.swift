import KizunaMoney
import KizunaSwitch
import KizunaWeb

/// What is told by the way: events at further addresses, and messages that a participant fetches itself.
extension Check {
    static let webhooks: [Check] = [
        event("ping", "A trial is taken", why: "It is how a shop's software shows that it listens.") {
            trial throws(Finding) in
            try await trial.announce(nil).mustBeGood()
        },
        event(
            "every-event",
            "Every event that was asked for is taken",
            why: "An event that is not taken is sent for days."
        ) {
            trial throws(Finding) in
            for event in trial.target.webhook?.events.sorted(by: { $0.rawValue < $1.rawValue }) ?? [] {
                try await trial.announce(event).mustBeGood()
            }
        },
        event(
            "unknown-type",
            "An event of a type that is not known is taken",
            why: "The contract only grows: there will be more types, and who does not know one passes it over."
        ) { trial throws(Finding) in
            try await trial.send(trial.sample().changing { $0.setting("type", "merchant.greeted") }).mustBeGood()
        },
        event(
            "same-event-again",
            "The same event after another one is taken",
            why: "A repeat can be hours old, with others between the two.",
            .twice
        ) { trial throws(Finding) in
            let (first, second) = (trial.sample(), trial.sample())
            for letter in [first, second, first] { try await trial.send(letter).mustBeGood() }
        },
    ]

    static let inbox: [Check] = [
        fetched(
            "fetched",
            "No message has waited for more than five minutes",
            why: "A credit request is decided after 20 seconds: who asks seldom refuses every payment."
        ) { trial throws(Finding) in
            let oldest = trial.target.waiting.filter { $0.standing == .inInbox }.map(\.createdAt).min()
            guard let oldest, trial.now.since(oldest) > .seconds(300) else { return }
            throw .failed("The oldest message has waited since \(oldest.rfc3339).")
        },
        fetched(
            "acknowledged",
            "No message has been fetched more than three times",
            why: "What is not acknowledged within 30 seconds comes again, and is given up after 20 times."
        ) { trial throws(Finding) in
            let most = trial.target.waiting.filter { $0.standing == .inInbox }.map(\.attempts).max() ?? 0
            guard most <= 3 else { throw .failed("A message has been fetched \(most) times and not acknowledged.") }
        },
        fetched(
            "none-given-up",
            "No message has been given up",
            why: "It stays unread until somebody asks for it with POST /v1/messages/replay."
        ) { trial throws(Finding) in
            let count = trial.target.waiting.count { $0.standing == .givenUp }
            guard count == 0 else { throw .failed("\(count) messages have been given up.") }
        },
    ]

    private static func event(
        _ name: String,
        _ title: String,
        why: String,
        _ section: Section = .webhooks,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(.webhook, name, title, why: why, section, for: [.webhook], body: body)
    }

    private static func fetched(
        _ name: String,
        _ title: String,
        why: String,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(.inbox, name, title, why: why, .inbox, for: [.inbox], body: body)
    }
}

extension Trial {
    fileprivate func announce(_ event: Webhook.Event?) async -> Answer {
        guard let webhook = target.webhook else { preconditionFailure("A webhook's target has one") }
        return await send(purchase().announcement(event, to: webhook))
    }
}
