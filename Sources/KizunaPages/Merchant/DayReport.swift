import KizunaLedger
import KizunaMoney
import KizunaPayments

/// What a shop took on a day, as a table and as a file for spreadsheets.
struct DayReport {
    let shop: Shop
    /// The day, as ``MomentText/isoDate``.
    let day: String
    let sales: [Sale]

    var taken: Money { sum(sales.map(\.amount)) }
    var refunded: Money { sum(sales.map(\.refunded)) }
    var kept: Money { Money(minorUnits: taken.minorUnits - refunded.minorUnits, currency: shop.currency) }

    /// CSV (RFC 4180) in UTF-8 with the mark by which spreadsheet programs know it.
    var csv: [UInt8] {
        let head = "time,reference,payer country,amount,refunded,currency,payment,uetr"
        let lines = sales.map { sale in
            [
                MomentText(sale.at, in: shop.country).timeWithSeconds, DayReport.quoted(sale.reference ?? ""),
                sale.payerCountry.rawValue, sale.amount.majorUnits, sale.refunded.majorUnits, shop.currency.code,
                sale.id.description, sale.uetr,
            ]
            .joined(separator: ",")
        }
        return Array("\u{FEFF}\(([head] + lines).joined(separator: "\r\n"))\r\n".utf8)
    }

    /// A text that a spreadsheet program takes for a text: never for a formula, whatever it begins with.
    static func quoted(_ text: String) -> String {
        let harmless = text.first.map { "=+-@\t\r".contains($0) } == true ? "'\(text)" : text
        return "\"\(harmless.replacing("\"", with: "\"\""))\""
    }

    private func sum(_ amounts: [Money]) -> Money {
        Money(minorUnits: amounts.reduce(0) { $0 + $1.minorUnits }, currency: shop.currency)
    }
}
