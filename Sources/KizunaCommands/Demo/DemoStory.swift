import KizunaMoney
import KizunaSimulation
import KizunaWeb

/// One payment of the demo, told in the terminal: the code, the shop, the quote, the ledger, the receipt.
struct DemoStory {
    let title: String
    let payer: DemoPayer
    let payerBank: Institution
    let shopBank: Institution
    let payload: String
    let story: SimulatedIssuer.Story
    /// The journal's lines, as the API gives them.
    let entries: JSON
    let milliseconds: Int64
    func print(to page: TerminalPage) {
        page.heading(title)
        code(page)
        shop(page)
        quote(page)
        ledger(page)
        receipt(page)
    }

    private func code(_ page: TerminalPage) {
        page.section("The code", "as it is printed on the counter")
        page.line("")
        page.explanation(of: payload)
    }

    private func shop(_ page: TerminalPage) {
        let merchant = story.resolution["merchant"]
        let names = [merchant?.text(at: "name"), merchant?.text(at: "localName")].compactMap(\.self)
        page.section("The shop", "according to its own bank, \(shopBank.title)")
        page.fact("Name", names.joined(separator: " · "))
        page.fact("City", merchant?.text(at: "city") ?? "")
    }

    private func quote(_ page: TerminalPage) {
        let quote = story.quote
        page.section("The quote", "from \(quote.text(at: "provider") ?? ""), honoured for 180 seconds, used once")
        page.amount("The shop is paid", amount(quote, "merchantAmount"))
        page.fact("Mid rate", "\(quote.text(at: "midRate") ?? "") \(perUnit)")
        page.fact("Rate", "\(quote.text(at: "rate") ?? "") \(perUnit)")
        page.amount("For the provider", amount(quote, "interbankAmount"))
        page.amount("\(payerBank.title)'s fee", amount(quote, "issuerFee"))
        page.amount("\(payer.name) pays", amount(quote, "payerDebit"), isTotal: true)
        page.fact(
            "All in",
            "\(quote.text(at: "effectiveRate") ?? "") \(perUnit) (\(quote.text(at: "markupPercent") ?? "") %)"
        )
    }

    private func ledger(_ page: TerminalPage) {
        page.section("The ledger", "each line a debit and a credit of one currency")
        guard case .array(let lines)? = entries["items"] else { return }
        for line in lines {
            page.entry(
                kind: line.text(at: "kind") ?? "",
                debit: line.text(at: "debit") ?? "",
                credit: line.text(at: "credit") ?? "",
                amount: amount(line, "amount")
            )
        }
        let state = story.final.text(at: "state") ?? ""
        page.state(state, detail: "\(milliseconds) ms after the wallet sent the scan", isGood: state == "COMPLETED")
    }

    private func receipt(_ page: TerminalPage) {
        let final = story.final
        page.receipt([
            ("KIZUNA 絆", "receipt · បង្កាន់ដៃ · 領収書"),
            (story.resolution.text(at: "merchant", "name") ?? "", story.resolution.text(at: "merchant", "city") ?? ""),
            ("Shop is paid", amount(final, "merchantAmount")),
            ("You paid", amount(final, "payerDebit")),
            ("Rate", final.text(at: "rate") ?? ""),
            ("Fee", amount(final, "issuerFee")),
            ("Time (UTC)", final.text(at: "changedAt") ?? ""),
            ("UETR", final.text(at: "uetr") ?? ""),
        ])
    }

    private var perUnit: String {
        let payer = story.quote.text(at: "payerDebit", "currency") ?? ""
        let merchant = story.quote.text(at: "merchantAmount", "currency") ?? ""
        return "\(payer) for 1 \(merchant)"
    }

    private func amount(_ json: JSON, _ name: String) -> String {
        guard let money = Money(json: json[name]) else { return "" }
        return grouped(money)
    }
}

/// An amount for people: `53,642 KHR`, `-13.39 USD`.
func grouped(_ money: Money) -> String {
    let text = money.majorUnits
    let sign = text.prefix { $0 == "-" }
    let whole = text.dropFirst(sign.count).prefix { $0 != "." }
    var groups = ""
    for (index, digit) in whole.enumerated() {
        if index > 0, (whole.count - index) % 3 == 0 { groups.append(",") }
        groups.append(digit)
    }
    return sign + groups + text.dropFirst(sign.count + whole.count) + " " + money.currency.code
}
