import KizunaLedger

extension JSON {
    /// A line of the journal.
    init(_ line: Transfer) {
        self = [
            "transaction": JSON(name: line.transaction),
            "leg": JSON(line.leg),
            "kind": .string(line.kind.name),
            "debit": JSON(name: line.debit),
            "credit": JSON(name: line.credit),
            "amount": JSON(line.amount),
            "at": JSON(line.at),
        ]
    }
}

extension Transfer.Kind {
    fileprivate var name: String {
        switch self {
        case .direct: "direct"
        case .hold: "hold"
        case .post: "post"
        case .void: "void"
        }
    }
}

extension Schema {
    static let entry = answer([
        "transaction": .id(ExampleID.payment).saying("The payment or the refund."),
        "leg": .count(1),
        "kind": .words(["hold", "post", "void", "direct"]),
        "debit": .text(1...60, "mekong-bank/settlement/KHR").saying("Owner, role and currency of an account."),
        "credit": .text(1...60, "tonle-fx/settlement/KHR"),
        "amount": .riel("53375"),
        "at": .timestamp,
    ])
    .named("Entry", "A line of the journal.")
}
