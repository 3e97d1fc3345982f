import KizunaMoney
import Testing

/// The payments every document, screen and test of Kizuna agrees on, to the last unit.
///
/// Market: 4,010 riel and 149.50 yen for a dollar; the provider's spread and the issuer's fee are 50 basis points each.
/// The merchant's bank keeps 160 basis points in Japan and 80 in Cambodia.
@Suite struct WorkedExampleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var name: String
        /// What the merchant asks for.
        var merchant: Money
        var mid: String
        /// The provider's all-in rate, `R`.
        var rate: String
        /// What the issuer owes the provider, `S`.
        var interbank: Money
        /// What the issuer adds, `F`.
        var fee: Money
        /// What the payer's account is debited, `D`.
        var payerDebit: Money
        var merchantDiscountBasisPoints: Int64
        /// What the merchant's bank keeps (MDR).
        var merchantDiscount: Money
        var merchantReceives: Money

        var testDescription: String { name }
    }

    static let examples: [Example] = [
        Example(
            name: "A1 riel account at a Japanese shop",
            merchant: yen(1_980),
            mid: "26.8227424749",
            rate: "26.956856188",
            interbank: riel(53_375),
            fee: riel(267),
            payerDebit: riel(53_642),
            merchantDiscountBasisPoints: 160,
            merchantDiscount: yen(32),
            merchantReceives: yen(1_948)
        ),
        Example(
            name: "A2 dollar account at a Japanese shop",
            merchant: yen(1_980),
            mid: "0.0066889632",
            rate: "0.0067224081",
            interbank: cents(1_332),
            fee: cents(7),
            payerDebit: cents(1_339),
            merchantDiscountBasisPoints: 160,
            merchantDiscount: yen(32),
            merchantReceives: yen(1_948)
        ),
        Example(
            name: "A3 one yen",
            merchant: yen(1),
            mid: "26.8227424749",
            rate: "26.956856188",
            interbank: riel(27),
            fee: riel(0),
            payerDebit: riel(27),
            merchantDiscountBasisPoints: 160,
            merchantDiscount: yen(0),
            merchantReceives: yen(1)
        ),
        Example(
            name: "B1 yen account at a riel shop",
            merchant: riel(42_000),
            mid: "0.0372817955",
            rate: "0.0374682045",
            interbank: yen(1_574),
            fee: yen(8),
            payerDebit: yen(1_582),
            merchantDiscountBasisPoints: 80,
            merchantDiscount: riel(336),
            merchantReceives: riel(41_664)
        ),
        Example(
            name: "B2 yen account at a dollar shop",
            merchant: cents(1_250),
            mid: "149.5",
            rate: "150.2475",
            interbank: yen(1_879),
            fee: yen(9),
            payerDebit: yen(1_888),
            merchantDiscountBasisPoints: 80,
            merchantDiscount: cents(10),
            merchantReceives: cents(1_240)
        ),
        Example(
            name: "B3 a hundred riel",
            merchant: riel(100),
            mid: "0.0372817955",
            rate: "0.0374682045",
            interbank: yen(4),
            fee: yen(0),
            payerDebit: yen(4),
            merchantDiscountBasisPoints: 80,
            merchantDiscount: riel(1),
            merchantReceives: riel(99)
        ),
    ]

    @Test(arguments: examples) func comesOutToTheLastUnit(example: Example) throws {
        let rate = try Rate(reference: example.mid).adding(basisPoints: 50)
        #expect(rate == (try Rate(example.rate)))

        let interbank = try rate.converting(example.merchant, to: example.interbank.currency, rounding: .up)
        #expect(interbank == example.interbank)
        #expect(interbank.isPayable)

        let fee = try interbank.share(basisPoints: 50, rounding: .halfUp)
        #expect(fee == example.fee)
        #expect(try interbank.adding(fee) == example.payerDebit)

        let discount = try example.merchant.share(
            basisPoints: example.merchantDiscountBasisPoints,
            rounding: .halfUp
        )
        #expect(discount == example.merchantDiscount)
        #expect(try example.merchant.subtracting(discount) == example.merchantReceives)
    }

    /// A1: of the 32 yen the issuer's bank gets 16, the switch 2 and the merchant's bank what is left.
    @Test func splitsTheMerchantDiscount() throws {
        let discount = try yen(1_980).share(basisPoints: 160, rounding: .halfUp)
        let interchange = try yen(1_980).share(basisPoints: 80, rounding: .halfUp)
        let switchFee = try yen(1_980).share(basisPoints: 10, rounding: .halfUp)
        #expect(interchange == yen(16))
        #expect(switchFee == yen(2))
        #expect(try discount.subtracting(interchange).subtracting(switchFee) == yen(14))
    }

    /// A1 paid back in three parts at the original rate: each to the riel, all together exactly what was paid.
    @Test func refundsAddUpToThePayment() throws {
        let (paid, asked) = (riel(53_375), Int64(1_980))
        var refundedBefore = riel(0)
        var parts: [Money] = []
        for cumulative in [Int64(500), 1_000, 1_980] {
            let refunded = try paid.proportion(cumulative, of: asked, rounding: .down)
            parts.append(try refunded.subtracting(refundedBefore))
            refundedBefore = refunded
        }
        #expect(parts == [riel(13_478), riel(13_479), riel(26_418)])
        #expect(refundedBefore == paid)
    }

    /// However a payment is cut into refunds, no riel is lost or made on the way.
    @Test(arguments: seeds) func refundsInAnyPartsAddUp(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let asked = Int64.random(in: 1...1_000_000, using: &random)
        let paid = riel(Int64.random(in: 1...100_000_000, using: &random))
        var (cumulative, refundedBefore) = (Int64(0), riel(0))
        var sum = riel(0)
        while cumulative < asked {
            cumulative += Int64.random(in: 1...(asked - cumulative), using: &random)
            let refunded = try paid.proportion(cumulative, of: asked, rounding: .down)
            let part = try refunded.subtracting(refundedBefore)
            #expect(part.minorUnits >= 0 && part.isPayable)
            sum = try sum.adding(part)
            refundedBefore = refunded
        }
        #expect(sum == paid)
    }
}

private func yen(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .jpy) }
private func riel(_ amount: Int64) -> Money { Money(minorUnits: amount * 100, currency: .khr) }
private func cents(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .usd) }
