import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

/// A world small enough to read at a glance: the examples of `flows.md` 6.3.
enum World {
    static let now = Timestamp(milliseconds: 1_760_000_000_000)
    static let provider = participant("fx-one")
    static let secondProvider = participant("fx-two")
    static let issuer = participant("riel-bank")
    static let acquirer = participant("yen-acquirer")

    static func participant(_ text: String) -> ParticipantID {
        guard let id = ParticipantID(text) else { preconditionFailure("A test names a participant badly") }
        return id
    }

    static func money(_ text: String, _ currency: Currency) throws -> Money {
        try Money(majorUnits: text, currency: currency)
    }

    static func board(
        _ payer: Currency,
        _ merchant: Currency,
        mid: String,
        spread: Int64 = 50,
        by provider: ParticipantID = provider
    ) throws -> RateBoard {
        RateBoard(
            pair: CurrencyPair(payer: payer, merchant: merchant),
            rates: [
                ProviderRate(
                    provider: provider,
                    mid: try Rate(reference: mid),
                    spreadBasisPoints: spread,
                    publishedAt: now
                )
            ]
        )
    }

    /// The market of the first board's pair.
    static func market(_ boards: RateBoard...) -> Market {
        Market(for: boards[0].pair) { pair in boards.first { $0.pair == pair } }
    }

    /// The market of A1 in which two providers together are cheaper than the one alone.
    static func bridgedMarket() throws -> Market {
        market(
            try board(.khr, .jpy, mid: "26.8227424749"),
            try board(.khr, .usd, mid: "4010", spread: 10),
            try board(.usd, .jpy, mid: "0.0066889632", spread: 20, by: secondProvider)
        )
    }

    static func price(_ example: Example) throws -> Price {
        let amount = try money(example.merchantAmount, example.merchant)
        let market =
            example.isBridged
            ? try bridgedMarket()
            : market(
                try board(example.payer, example.merchant, mid: example.mid)
            )
        let offer = try market.bestOffer(for: amount, to: issuer, at: now) { Account(id: $0) }
        let corridor: Corridor = example.merchant == .jpy ? .cambodiaToJapan : .japanToCambodia
        return try Price(of: amount, at: offer, fees: corridor.standardFees(issuerFeeBasisPoints: 50))
    }

    static func payment(
        _ example: Example = .a1,
        link: Participant.LinkKind = .twoPhase,
        state: PaymentState = .submitted
    ) throws -> Payment {
        try payment(price(example), link: link, state: state)
    }

    static func payment(
        _ price: Price,
        by provider: ParticipantID = provider,
        link: Participant.LinkKind = .twoPhase,
        state: PaymentState
    ) throws -> Payment {
        Payment(
            id: PaymentID(UniqueID(high: 1, low: 1)),
            uetr: UETR(UniqueID(high: 2, low: 2)),
            quote: QuoteID(UniqueID(high: 3, low: 3)),
            issuer: issuer,
            acquirer: acquirer,
            provider: provider,
            merchant: MerchantID(UniqueID(high: 4, low: 4)),
            price: price,
            link: link,
            code: CodeDigest(UniqueID(high: 5, low: 5)),
            isSingleUse: false,
            submittedAt: now,
            payer: PayerKey(UniqueID(high: 6, low: 6)),
            state: state
        )
    }
}

/// One row of the table of `flows.md` 6.3, as text.
struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let payer: Currency
    let merchant: Currency
    let merchantAmount: String
    let mid: String
    let rate: String
    let interbank: String
    let fee: String
    let debit: String
    let effective: String
    let discount: String
    let merchantGets: String
    var isBridged = false

    var testDescription: String { name }

    static let a1 = Example(
        name: "A1",
        payer: .khr,
        merchant: .jpy,
        merchantAmount: "1980",
        mid: "26.8227424749",
        rate: "26.956856188",
        interbank: "53375",
        fee: "267",
        debit: "53642",
        effective: "27.09191919",
        discount: "32",
        merchantGets: "1948"
    )

    /// A1 over two providers and the dollar.
    static let bridged = Example(
        name: "A1 over the dollar",
        payer: .khr,
        merchant: .jpy,
        merchantAmount: "1980",
        mid: "26.822742432",
        rate: "26.922727272",
        interbank: "53307",
        fee: "267",
        debit: "53574",
        effective: "27.05757576",
        discount: "32",
        merchantGets: "1948",
        isBridged: true
    )

    static let all: [Example] = [
        a1,
        Example(
            name: "A2",
            payer: .usd,
            merchant: .jpy,
            merchantAmount: "1980",
            mid: "0.0066889632",
            rate: "0.0067224081",
            interbank: "13.32",
            fee: "0.07",
            debit: "13.39",
            effective: "0.00676263",
            discount: "32",
            merchantGets: "1948"
        ),
        Example(
            name: "A3",
            payer: .khr,
            merchant: .jpy,
            merchantAmount: "1",
            mid: "26.8227424749",
            rate: "26.956856188",
            interbank: "27",
            fee: "0",
            debit: "27",
            effective: "27",
            discount: "0",
            merchantGets: "1"
        ),
        Example(
            name: "B1",
            payer: .jpy,
            merchant: .khr,
            merchantAmount: "42000",
            mid: "0.0372817955",
            rate: "0.0374682045",
            interbank: "1574",
            fee: "8",
            debit: "1582",
            effective: "0.03766667",
            discount: "336",
            merchantGets: "41664"
        ),
        Example(
            name: "B2",
            payer: .jpy,
            merchant: .usd,
            merchantAmount: "12.50",
            mid: "149.5",
            rate: "150.2475",
            interbank: "1879",
            fee: "9",
            debit: "1888",
            effective: "151.04",
            discount: "0.10",
            merchantGets: "12.40"
        ),
        Example(
            name: "B3",
            payer: .jpy,
            merchant: .khr,
            merchantAmount: "100",
            mid: "0.0372817955",
            rate: "0.0374682045",
            interbank: "4",
            fee: "0",
            debit: "4",
            effective: "0.04",
            discount: "1",
            merchantGets: "99"
        ),
    ]
}
