import KizunaQR
import KizunaMoney

/// A code in a few lines: what it is, whom it names, what it asks for.
struct CodeSummary {
    let lines: [(name: String, value: String)]

    init(payload: String) {
        guard let code = try? QRCode.read(payload, at: nil), let payload = code.merchantPayload else {
            lines = []
            return
        }
        var lines: [(String, String)] = [
            (
                "Scheme",
                "\(code.scheme.rawValue), \(payload.isDynamic ? "dynamic" : "static"), "
                    + "\(payload.text.unicodeScalars.count) characters, CRC right"
            )
        ]
        switch code {
        case .khqr(let khqr):
            lines.append(("Account (30)", khqr.account.description))
            if let id = khqr.merchantID { lines.append(("Merchant id (30.01)", id)) }
            if let bank = khqr.acquiringBank { lines.append(("Bank (30.02)", bank)) }
        case .jpqr(let jpqr):
            let store = jpqr.store
            lines.append(
                ("Store (26)", "\(store.level1) · \(store.level2) · \(store.level3) · \(store.level4)")
            )
        case .consumer, .other:
            break
        }
        lines.append(("Name (59)", payload.name ?? ""))
        if let local = payload.localName { lines.append(("Name (64.01)", local)) }
        let currency = payload.currency.map { "\($0.code) (\($0.numeric))" } ?? "none"
        lines.append(("Currency (53)", currency))
        lines.append(("Amount (54)", payload.amountText ?? "none: the payer types it"))
        self.lines = lines.map { (name: $0.0, value: $0.1) }
    }
}
