package import KizunaPayments

extension Refusal {
    /// The code as stores keep it, with the more precise reason where there is one: `limit_exceeded/AM14`.
    package var storedCode: String { preciseISOReason.map { "\(code.rawValue)/\($0)" } ?? code.rawValue }

    /// Reads what ``storedCode`` wrote.
    package init?(storedCode: String, detail: String) {
        let parts = storedCode.split(separator: "/", maxSplits: 1)
        guard let code = parts.first.flatMap({ RefusalCode(rawValue: String($0)) }) else { return nil }
        self.init(code, detail, isoReason: parts.count > 1 ? String(parts[1]) : nil)
    }
}
