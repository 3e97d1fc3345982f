/// Where documents list an operation.
package enum Chapter: String, Sendable, CaseIterable {
    case paying = "Paying"
    case answering = "Answering"
    case refunds = "Refunds"
    case recalls = "Recalls"
    case disputes = "Disputes"
    case shops = "Shops"
    case prices = "Prices"
    case participants = "Participants"
    case messages = "Messages"
    case webhooks = "Webhooks"
    case operations = "Operations"
    case status = "Status"
    /// Where the switch is a sandbox.
    case sandbox = "Sandbox"

    package var summary: String {
        switch self {
        case .paying: "For issuers: what a code is, what paying it costs, paying, and what became of it."
        case .answering: "For acquirers that answer by calls of their own."
        case .refunds: "Money back from a shop, at the original rate."
        case .recalls: "The payer's bank asks the shop's to give money back."
        case .disputes: "Cases on which the two banks do not agree."
        case .shops: "An acquirer's shops."
        case .prices: "Rates of the providers, and the tariffs."
        case .participants: "Who the caller is, and how far it may go."
        case .messages: "What the switch has to tell a participant, and the inbox of one that cannot be called."
        case .webhooks: "Further addresses for events."
        case .operations: "For people who work for the switch, with keys of their own."
        case .status: "How the switch is doing, and this document."
        case .sandbox: "What a sandbox has besides: newcomers, simulated wallets, and magic amounts and shops."
        }
    }
}
