package import KizunaPayments

/// Why a shop's bank may reject a payment, by our codes and by those of ISO 20022.
package enum DestinationReason {
    private static let codes: [RefusalCode] = [
        .merchantNotFound, .merchantClosed, .merchantBlocked, .merchantNotEnabled, .currencyNotSupported,
        .amountInvalid, .limitExceeded, .duplicate, .agentMismatch, .participantOffline, .compliance, .missingData,
        .fraudSuspected, .technical,
    ]

    /// ISO 20022 reasons that mean one of our codes besides the code's own (`flows.md` 10).
    private static let otherReasons: [String: RefusalCode] = [
        "AC01": .merchantNotFound, "AC07": .merchantClosed, "AM01": .amountInvalid, "AM14": .limitExceeded,
        "AM21": .limitExceeded, "AGNT": .agentMismatch, "AB07": .participantOffline, "RR02": .missingData,
        "RR03": .missingData, "AB10": .technical, "FF10": .technical,
    ]

    private static let codeByReason: [String: RefusalCode] = {
        var table = otherReasons
        for code in codes {
            table[code.rawValue] = code
            if let reason = code.isoReason { table[reason] = code }
        }
        return table
    }()

    /// The code that a text stands for; `nil` for one that no destination uses.
    package static func code(for text: String) -> RefusalCode? { codeByReason[text] }

    /// Every text that stands for a code, our own first.
    static let texts = codes.map(\.rawValue) + codeByReason.keys.filter { RefusalCode(rawValue: $0) == nil }.sorted()

    /// Our own codes in a row, for an error.
    static let names = codes.map(\.rawValue).joined(separator: ", ")
}
