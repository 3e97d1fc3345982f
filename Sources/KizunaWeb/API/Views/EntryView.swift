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
