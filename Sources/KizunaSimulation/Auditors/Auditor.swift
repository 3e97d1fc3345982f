import KizunaSwitch

/// Watches a world and says when a promise is broken. Each looks only at what an event brings, so that looking after
/// every event costs little.
protocol Auditor: AnyObject {
    /// The disk has taken a commit.
    func committed(_ commit: Commit)
    /// The switch has received a call.
    func received(_ call: Call)
    /// The switch has answered a call.
    func answered(_ call: Call, _ outcome: Outcome)
    /// The switch sends a message.
    func sent(_ delivery: Delivery)
    /// An answer to a message has reached the switch.
    func heard(_ outcome: DeliveryOutcome, to delivery: Delivery)
    /// Nothing is going on any more, and nothing will.
    func settled()
}

extension Auditor {
    func committed(_ commit: Commit) {}
    func received(_ call: Call) {}
    func answered(_ call: Call, _ outcome: Outcome) {}
    func sent(_ delivery: Delivery) {}
    func heard(_ outcome: DeliveryOutcome, to delivery: Delivery) {}
    func settled() {}
}

extension World {
    static func allAuditors(of world: World) -> [any Auditor] {
        [
            BooksAuditor(world), ReferenceBooks(world), LifeAuditor(world), PriceAuditor(world), AnswerAuditor(world),
            RefusalAuditor(world), OutboxAuditor(world), UseAuditor(world), AgreementAuditor(world),
            PromptnessAuditor(world), DispatchAuditor(world), LimitAuditor(world),
        ]
    }
}
