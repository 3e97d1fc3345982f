import KizunaCommands
import KizunaMoney
import KizunaSimulation
import KizunaWeb
import Testing

/// The examples of `flows.md` 6.3, 6.4 and 8.2, out of the HTTP API to the last unit.
@Suite struct WorkedExampleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let payer: DemoPayer
        let merchant: Currency
        let amount: String
        let interbank: String
        let fee: String
        let debit: String
        let rate: String
        let markup: String
        let discount: String
        let receives: String

        var testDescription: String { name }
    }

    static let examples = [
        Example(
            name: "A1",
            payer: .sokhaRiel,
            merchant: .jpy,
            amount: "1980",
            interbank: "53375 KHR",
            fee: "267 KHR",
            debit: "53642 KHR",
            rate: "26.956856188",
            markup: "+1.004",
            discount: "32 JPY",
            receives: "1948 JPY"
        ),
        Example(
            name: "A2",
            payer: .sokhaDollars,
            merchant: .jpy,
            amount: "1980",
            interbank: "13.32 USD",
            fee: "0.07 USD",
            debit: "13.39 USD",
            rate: "0.0067224081",
            markup: "+1.101",
            discount: "32 JPY",
            receives: "1948 JPY"
        ),
        Example(
            name: "A3",
            payer: .sokhaRiel,
            merchant: .jpy,
            amount: "1",
            interbank: "27 KHR",
            fee: "0 KHR",
            debit: "27 KHR",
            rate: "26.956856188",
            markup: "+0.661",
            discount: "0 JPY",
            receives: "1 JPY"
        ),
        Example(
            name: "B1",
            payer: .yuki,
            merchant: .khr,
            amount: "42000",
            interbank: "1574 JPY",
            fee: "8 JPY",
            debit: "1582 JPY",
            rate: "0.0374682045",
            markup: "+1.032",
            discount: "336 KHR",
            receives: "41664 KHR"
        ),
        Example(
            name: "B2",
            payer: .yuki,
            merchant: .usd,
            amount: "12.50",
            interbank: "1879 JPY",
            fee: "9 JPY",
            debit: "1888 JPY",
            rate: "150.2475",
            markup: "+1.030",
            discount: "0.10 USD",
            receives: "12.40 USD"
        ),
        Example(
            name: "B3",
            payer: .yuki,
            merchant: .khr,
            amount: "100",
            interbank: "4 JPY",
            fee: "0 JPY",
            debit: "4 JPY",
            rate: "0.0374682045",
            markup: "+7.291",
            discount: "1 KHR",
            receives: "99 KHR"
        ),
    ]

    @Test(arguments: examples) func comesOutToTheLastUnit(example: Example) async throws {
        let story = try await withLink { try await $0.pay(example.amount, example.merchant, from: example.payer) }
        for json in [story.quote, story.final] {
            #expect(amount(json, "merchantAmount") == "\(example.amount) \(example.merchant)")
            #expect(amount(json, "interbankAmount") == example.interbank)
            #expect(amount(json, "issuerFee") == example.fee)
            #expect(amount(json, "payerDebit") == example.debit)
            #expect(json.text(at: "rate") == example.rate)
            #expect(amount(json, "merchantDiscount") == example.discount)
            #expect(amount(json, "merchantReceives") == example.receives)
        }
        #expect(story.quote.text(at: "markupPercent") == example.markup)
        #expect(story.state == "COMPLETED")
    }

    /// Three refunds of A1 add up to the whole; the last brings the issuer's fee back.
    @Test func refundsAddUp() async throws {
        try await withLink { link in
            let before = link.banks.rielBank.balance(of: DemoPayer.sokhaRiel.account)?.balance
            let story = try await link.pay("1980", .jpy, from: .sokhaRiel)
            var toPayer: [String] = []
            for yen in ["500", "500", "980"] {
                let refund = try await link.refund(story.paymentID, yen)
                toPayer.append(amount(refund, "payerAmount") ?? "")
            }
            #expect(toPayer == ["13478 KHR", "13479 KHR", "26418 KHR"])
            try await eventually { link.banks.rielBank.balance(of: DemoPayer.sokhaRiel.account)?.balance == before }
            let payment = try await link.banks.rielBank.look("/v1/payments/\(story.paymentID)")
            #expect(payment.text(at: "state") == "REFUNDED")
            await #expect(throws: SwitchProblem.self) { try await link.refund(story.paymentID, "1") }
        }
    }

    /// The positions of `flows.md` 8.2 after A1, A2, B1, B2 and the first refund.
    @Test func netsAsInTheTable() async throws {
        try await withLink { link in
            let first = try await link.pay("1980", .jpy, from: .sokhaRiel)
            _ = try await link.pay("1980", .jpy, from: .sokhaDollars)
            _ = try await link.pay("42000", .khr, from: .yuki)
            _ = try await link.pay("12.50", .usd, from: .yuki)
            _ = try await link.refund(first.paymentID, "500")
            let table: [(owner: String, currency: Currency, position: String)] = [
                ("mekong-bank", .khr, "-39897"), ("mekong-bank", .usd, "-13.32"), ("angkor-acquiring", .khr, "42000"),
                ("angkor-acquiring", .usd, "12.50"), ("naniwa-acquiring", .jpy, "3460"), ("sakura-pay", .jpy, "-3453"),
                ("tonle-fx", .khr, "-2103"), ("tonle-fx", .usd, "0.82"), ("tonle-fx", .jpy, "-7"),
            ]
            for row in table { #expect(try link.store.position(row.owner, row.currency) == row.position) }
        }
    }
}
