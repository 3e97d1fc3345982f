import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR
import KizunaWeb

/// Whom a code pays, according to the shop's own bank, beside what the code itself says.
struct ScannedShop: Sendable {
    let resolution: UniqueID
    let scheme: String
    let name: String
    let localName: String?
    let city: String
    let country: Country
    /// What its bank is called.
    let bankName: String
    let currency: Currency
    /// What the code asks for; `nil` where the payer types it.
    let amount: Money?
    let reference: String?
    /// The names that the code bears.
    let printedNames: [String]

    /// - Parameters:
    ///   - resolution: as the API gives it.
    ///   - payload: the code's text.
    ///   - bankName: what a bank is called, by its id.
    init(_ resolution: JSON, payload: String, bankName: (String) -> String) throws(BankRefusal) {
        guard let merchant = resolution["merchant"], let name = merchant.text(at: "name") else { throw .noSense }
        self.name = name
        self.resolution = try resolution.id("id")
        scheme = resolution.text(at: "scheme") ?? ""
        localName = merchant.text(at: "localName")
        city = merchant.text(at: "city") ?? ""
        country = try merchant.country("country")
        self.bankName = bankName(merchant.text(at: "acquirer") ?? "")
        currency = try resolution.currency("currency")
        amount = try resolution["amount"] == .null ? nil : resolution.money("amount")
        reference = resolution.text(at: "reference")
        printedNames = ScannedShop.names(in: payload)
    }

    /// Whether the code bears a name that has nothing of the bank's: somebody may have put another sticker over it.
    var bearsOtherName: Bool {
        let known = [name, localName].compactMap { $0 }.map(ScannedShop.folded)
        let printed = printedNames.map(ScannedShop.folded)
        guard !printed.isEmpty else { return false }
        return !printed.contains { text in known.contains { $0.contains(text) || text.contains($0) } }
    }

    /// The name as people there write it, or else in Latin letters.
    var title: String { localName ?? name }

    private static func folded(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private static func names(in payload: String) -> [String] {
        let code: MerchantPayload
        switch try? QRCode.read(payload, at: nil) {
        case .khqr(let khqr): code = khqr.payload
        case .jpqr(let jpqr): code = jpqr.payload
        case .other(let other): code = other
        case .consumer, nil: return []
        }
        return [code.localName, code.name].compactMap { $0 }
    }
}
