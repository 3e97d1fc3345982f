import KizunaMoney
import Testing

@testable import KizunaWeb

/// The worked examples of `flows.md` 6.3 and 6.4, out of the API to the last unit.
@Suite struct WorkedExampleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let code: String
        let amount: (minorUnits: Int64, currency: Currency)
        let payer: (currency: Currency, bank: Bank)
        let rate: String
        let interbank: String
        let fee: String
        let debit: String
        let effective: String
        let markup: String
        let discount: String
        let receives: String

        var testDescription: String { name }
    }

    static let examples: [Example] = [
        Example(
            name: "A1",
            code: Code.jpqr,
            amount: (1_980, .jpy),
            payer: (.khr, .mekong),
            rate: "26.956856188",
            interbank: "53375 KHR",
            fee: "267 KHR",
            debit: "53642 KHR",
            effective: "27.09191919",
            markup: "+1.004",
            discount: "32 JPY",
            receives: "1948 JPY"
        ),
        Example(
            name: "A2",
            code: Code.jpqr,
            amount: (1_980, .jpy),
            payer: (.usd, .mekong),
            rate: "0.0067224081",
            interbank: "13.32 USD",
            fee: "0.07 USD",
            debit: "13.39 USD",
            effective: "0.00676263",
            markup: "+1.101",
            discount: "32 JPY",
            receives: "1948 JPY"
        ),
        Example(
            name: "A3",
            code: Code.jpqr,
            amount: (1, .jpy),
            payer: (.khr, .mekong),
            rate: "26.956856188",
            interbank: "27 KHR",
            fee: "0 KHR",
            debit: "27 KHR",
            effective: "27",
            markup: "+0.661",
            discount: "0 JPY",
            receives: "1 JPY"
        ),
        Example(
            name: "B1",
            code: Code.khqr,
            amount: (42_000_00, .khr),
            payer: (.jpy, .sakura),
            rate: "0.0374682045",
            interbank: "1574 JPY",
            fee: "8 JPY",
            debit: "1582 JPY",
            effective: "0.03766667",
            markup: "+1.032",
            discount: "336 KHR",
            receives: "41664 KHR"
        ),
        Example(
            name: "B2",
            code: Code.dollarKHQR,
            amount: (12_50, .usd),
            payer: (.jpy, .sakura),
            rate: "150.2475",
            interbank: "1879 JPY",
            fee: "9 JPY",
            debit: "1888 JPY",
            effective: "151.04",
            markup: "+1.030",
            discount: "0.10 USD",
            receives: "12.40 USD"
        ),
        Example(
            name: "B3",
            code: Code.khqr,
            amount: (100_00, .khr),
            payer: (.jpy, .sakura),
            rate: "0.0374682045",
            interbank: "4 JPY",
            fee: "0 JPY",
            debit: "4 JPY",
            effective: "0.04",
            markup: "+7.291",
            discount: "1 KHR",
            receives: "99 KHR"
        ),
    ]

    @Test(arguments: examples)
    func quotesToTheLastUnit(example: Example) async throws {
        let world = try await APIWorld()
        let amount = Money(minorUnits: example.amount.minorUnits, currency: example.amount.currency)
        let (_, quote) = try await world.quote(example.code, amount, in: example.payer.currency, as: example.payer.bank)
        #expect(quote.money("merchantAmount") == amount.description)
        #expect(quote.text(at: "rate") == example.rate)
        #expect(quote.money("interbankAmount") == example.interbank)
        #expect(quote.money("issuerFee") == example.fee)
        #expect(quote.money("payerDebit") == example.debit)
        #expect(quote.text(at: "effectiveRate") == example.effective)
        #expect(quote.text(at: "markupPercent") == example.markup)
        #expect(quote.money("merchantDiscount") == example.discount)
        #expect(quote.money("merchantReceives") == example.receives)
        #expect(quote.text(at: "provider") == "tonle-fx")
        #expect(quote.text(at: "createdAt") == "2025-10-09T08:53:20.000Z")
        #expect(quote.text(at: "expiresAt") == "2025-10-09T08:56:20.000Z")
    }

    @Test func aPaymentWritesTheEntriesOfA1() async throws {
        let world = try await APIWorld()
        let payment = try await world.paid()
        #expect(payment.text(at: "outcome") == "success")
        #expect(payment.money("interchange") == "16 JPY")
        #expect(payment.money("switchFee") == "2 JPY")
        let entries = await world.get(world.path(payment, "/entries"), as: .mekong).json.items
        let lines = entries.map { entry in
            [entry.text(at: "kind"), entry.text(at: "debit"), entry.text(at: "credit"), entry.money("amount")]
                .map { $0 ?? "" }.joined(separator: " ")
        }
        #expect(
            lines == [
                "hold mekong-bank/settlement/KHR tonle-fx/settlement/KHR 53375 KHR",
                "hold tonle-fx/settlement/JPY naniwa-acquiring/settlement/JPY 1980 JPY",
                "post mekong-bank/settlement/KHR tonle-fx/settlement/KHR 53375 KHR",
                "post tonle-fx/settlement/JPY naniwa-acquiring/settlement/JPY 1980 JPY",
                "direct naniwa-acquiring/feesPayable/JPY kizuna/feeIncome/JPY 2 JPY",
                "direct naniwa-acquiring/feesPayable/JPY mekong-bank/interchangeReceivable/JPY 16 JPY",
            ]
        )
        #expect(entries.allSatisfy { $0.text(at: "transaction") == payment.text(at: "id") })
    }

    @Test func refundsInThreePartsAddUpToTheWhole() async throws {
        let world = try await APIWorld()
        let payment = try await world.paid()
        let parts = [("500", "13478 KHR", "0 KHR"), ("500", "13479 KHR", "0 KHR"), ("980", "26418 KHR", "267 KHR")]
        for (index, (yen, toPayer, fee)) in parts.enumerated() {
            let response = await world.post(
                world.path(payment, "/refunds"),
                ["uetr": .string(newUETR()), "amount": ["value": .string(yen), "currency": "JPY"], "reason": "MD06"],
                as: .naniwa
            )
            #expect(response.status == 201)
            #expect(response.json.money("payerAmount") == toPayer)
            #expect(response.json.money("issuerFeeReturned") == fee)
            #expect(response.json["part"] == JSON(index + 1))
        }
        let after = await world.get(world.path(payment), as: .sakura)
        #expect(after.status == 404)
        let shown = await world.get(world.path(payment), as: .mekong).json
        #expect(shown.text(at: "state") == "REFUNDED")
        #expect(shown["refunded"]?.money("merchantAmount") == "1980 JPY")
        #expect(shown["refunded"]?.money("payerAmount") == "53375 KHR")
        let listed = await world.get(world.path(payment, "/refunds"), as: .tonle).json.items
        #expect(listed.map { $0["part"] } == [1, 2, 3])
        let entries = await world.get(world.path(payment, "/entries"), as: .naniwa).json.items
        #expect(entries.count == 6 + 3 * 2)
    }
}
