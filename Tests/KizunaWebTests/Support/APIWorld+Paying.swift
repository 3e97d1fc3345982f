import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Codes of the vector files, and the shops that they name.
enum Code {
    /// A printed JPQR (`v-jm-007`).
    static let jpqr =
        "00020101021126680019jp.or.paymentsjapan0113000000000000102040001030600000104060000015204549953033925802JP"
        + "5913KIZUNA SHOTEN6010CHIYODA-KU6107100000164200002JA0110きずな商店ー東京駅前63041349"
    /// A printed KHQR of a shop, in riel (`v-km-013`).
    static let khqr =
        "00020101021130520016kizuna_cafe@aclb0109KZN0001230215ACLEDA Bank Plc5204581453031165802KH5911Kizuna Cafe"
        + "6010Phnom Penh63048376"
    /// A KHQR that fixes 50,000 riel and may be paid once, until 2030 (`v-km-019`).
    static let dynamicKHQR =
        "00020101021230400014jonhsmith@devb01061234560208Dev Bank5204599953031165405500005802KH5910Jonh Smith6009"
        + "Siam Reap62550117INV-2021-07-658220211855123456780305BKK-107060123459934001317600000000000113189345600000"
        + "063046B06"

    /// A printed KHQR in dollars (`v-ki-003`).
    static let dollarKHQR = "00020101021129130009dara@wing5204599953038405802KH5909Dara Shop6010Battambang6304E7A6"

    static let dollarShop: JSON = [
        "code": ["scheme": "khqr", "account": "dara@wing"], "name": "Dara Shop", "city": "Battambang",
        "categoryCode": "5999", "acceptsForeignPayers": true,
    ]
    static let jpqrShop: JSON = [
        "code": [
            "scheme": "jpqr", "storeId": "0000000000001", "level2": "0001", "level3": "000001", "level4": "000001",
        ],
        "name": "KIZUNA SHOTEN", "localName": "きずな商店", "city": "Tokyo", "categoryCode": "5812",
        "acceptsForeignPayers": true,
    ]
    static let khqrShop: JSON = [
        "code": ["scheme": "khqr", "account": "kizuna_cafe@aclb", "merchantId": "KZN000123"], "name": "Kizuna Cafe",
        "city": "Phnom Penh", "categoryCode": "5814", "acceptsForeignPayers": true,
    ]
    static let dynamicShop: JSON = [
        "code": ["scheme": "khqr", "account": "jonhsmith@devb", "merchantId": "123456"], "name": "Jonh Smith",
        "city": "Siem Reap", "categoryCode": "5999", "acceptsForeignPayers": true,
    ]
}

extension APIWorld {
    func publishRates() async throws {
        let rates = [
            ("KHR", "JPY", "26.8227424749"), ("USD", "JPY", "0.0066889632"), ("JPY", "KHR", "0.0372817955"),
            ("JPY", "USD", "149.5"),
        ].map { payer, merchant, mid -> JSON in
            [
                "payerCurrency": .string(payer), "merchantCurrency": .string(merchant), "mid": .string(mid),
                "spreadBasisPoints": 50,
            ]
        }
        let response = await post("/v1/rates", ["rates": .array(rates)], as: .tonle)
        try #require(response.status == 201, "\(response.text)")
    }

    func registerShops() async throws {
        for (shop, bank) in [
            (Code.jpqrShop, Bank.naniwa), (Code.khqrShop, .angkor), (Code.dynamicShop, .angkor),
            (Code.dollarShop, .angkor),
        ] {
            let response = await post("/v1/merchants", shop, as: bank)
            try #require(response.status == 201, "\(response.text)")
        }
    }

    /// Resolves a code and quotes on it; both must succeed.
    func quote(
        _ code: String,
        _ amount: Money?,
        in currency: Currency,
        as bank: Bank
    ) async throws -> (resolution: JSON, quote: JSON) {
        let resolution = await post("/v1/resolutions", ["payload": .string(code)], as: bank)
        try #require(resolution.status == 201, "\(resolution.text)")
        let quote = await post(
            "/v1/quotes",
            [
                "resolutionId": resolution.json["id"] ?? nil, "payerCurrency": .string(currency.code),
                "amount": JSON(amount),
            ],
            as: bank
        )
        try #require(quote.status == 201, "\(quote.text)")
        return (resolution.json, quote.json)
    }

    /// What a bank sends to pay on a quote.
    func submission(_ quote: JSON, uetr: String = newUETR()) -> JSON {
        [
            "quoteId": quote["id"] ?? nil, "uetr": .string(uetr), "merchantAmount": quote["merchantAmount"] ?? nil,
            "payerDebit": quote["payerDebit"] ?? nil,
            "payer": ["name": "Chan Sokha", "account": "001-234-567"],
        ]
    }

    /// Pays 1,980 yen from a riel account, and leaves the payment with the shop's bank.
    func pay(
        _ code: String = Code.jpqr,
        _ amount: Money? = Money(minorUnits: 1_980, currency: .jpy),
        in currency: Currency = .khr,
        as bank: Bank = .mekong
    ) async throws -> JSON {
        let (_, quote) = try await quote(code, amount, in: currency, as: bank)
        let response = await post("/v1/payments", submission(quote), as: bank)
        try #require(response.status == 201, "\(response.text)")
        return response.json
    }

    /// The path of a payment.
    func path(_ payment: JSON, _ rest: String = "") -> String { "/v1/payments/\(payment.text(at: "id") ?? "")\(rest)" }

    /// Pays, and has the shop's bank accept.
    func paid(
        _ code: String = Code.jpqr,
        _ amount: Money? = Money(minorUnits: 1_980, currency: .jpy),
        in currency: Currency = .khr,
        as bank: Bank = .mekong
    ) async throws -> JSON {
        let payment = try await pay(code, amount, in: currency, as: bank)
        let acquirer: Bank = payment.text(at: "acquirer") == Bank.naniwa.rawValue ? .naniwa : .angkor
        let answer = await post(path(payment, "/answer"), ["status": "ACCEPTED"], as: acquirer)
        try #require(answer.json.text(at: "state") == "COMPLETED", "\(answer.text)")
        return answer.json
    }
}

extension APIWorld {
    /// A payment whose notice to its issuer, who is away, has failed so often.
    func failedNotice(times: Int) async throws -> OutboxMessage {
        links.sendAway([Bank.mekong.id])
        let payment = try #require(PaymentID(try await paid().text(at: "id") ?? ""))
        // The courier takes new messages in hand by itself; that is the first failure, and shall not come after others.
        var notice: OutboxMessage?
        while notice == nil {
            try await Task.sleep(for: .milliseconds(5))
            notice = try store.read { reader throws(StoreError) in
                try reader.undelivered(to: Bank.mekong.id, .sending, after: nil, limit: 100)
            }.first { $0.payment == payment && $0.attempts == 1 }
        }
        let message = try #require(notice)
        for _ in 1..<times { try await operate(.delivered(message: message.id, about: payment, .noAnswer)) }
        return message
    }
}

func newUETR() -> String {
    var random = SystemRandomNumberGenerator()
    return UniqueID.version4(using: &random).description
}

extension JSON {
    /// A money member as `1980 JPY`.
    func money(_ name: String) -> String? {
        guard let value = text(at: name, "value"), let currency = text(at: name, "currency") else { return nil }
        return "\(value) \(currency)"
    }
}
