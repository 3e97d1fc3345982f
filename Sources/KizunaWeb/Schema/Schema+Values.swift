import KizunaLedger
import KizunaMoney
import KizunaPayments

/// How Kizuna's own values look in JSON: what `JSON+Values` writes and `JSONFields+Values` reads.
extension Schema {
    // MARK: In answers

    /// An amount that can be written: `{"value": "1980", "currency": "JPY"}`. A position may be below zero.
    static func money(_ value: String, _ currency: Currency) -> Schema {
        answer([
            "value": .text(matching: "^-?[0-9]+([.][0-9]+)?$", value).saying("In major units, as text."),
            "currency": .currency(currency),
        ])
        .named("Money", "An exact amount. Text, since a JSON number may lose digits on its way.")
    }

    static func yen(_ value: String) -> Schema { money(value, .jpy) }
    static func riel(_ value: String) -> Schema { money(value, .khr) }

    static func id(_ example: String) -> Schema {
        text(matching: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", format: "uuid", example)
    }

    static let timestamp = text(
        matching: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$",
        format: "date-time",
        "2026-11-23T10:00:00.000Z"
    ).saying("In UTC, to the millisecond.")

    static func currency(_ example: Currency) -> Schema {
        words(Currency.all.map(\.code), example.code).named("Currency", "A currency of ISO 4217.")
    }

    static func country(_ example: Country) -> Schema { words(Country.allCases, example) }

    static func participant(_ example: String) -> Schema {
        text(matching: "^[a-z][a-z0-9-]{0,18}[a-z0-9]$", example)
            .named("ParticipantId", "Names a participant: lower-case letters, digits and inner hyphens.")
    }

    /// A rate: units of the payer's currency for one of the shop's.
    static func rate(_ example: String) -> Schema { text(matching: "^[0-9]+([.][0-9]{1,10})?$", example) }

    /// A number with a sign where it is below zero, exactly.
    static func decimal(_ example: String) -> Schema { text(matching: "^-?[0-9]+([.][0-9]+)?$", example) }

    static func count(_ example: Int64) -> Schema { integer(0...Int64.max, example) }

    /// A list under `items`.
    static func items(of item: Schema) -> Schema { answer(["items": .list(of: item)]) }

    /// A page of a long list, and how to ask for the next.
    static func page(of item: Schema) -> Schema {
        answer([
            "items": .list(of: item, 0...PageQuery<Never>.most),
            "nextCursor": cursor.null.saying("What to send as cursor for the next page; null on the last."),
        ])
    }

    static let cursor = text(matching: "^[0-9a-fA-F]{32}$", "019dae2a4c8e7d10a1b2c3d4e5f60718")

    // MARK: In requests

    /// An amount that can be paid.
    static func payable(_ value: String, _ currency: Currency) -> Schema {
        request([
            "value": .text(matching: "^[0-9]+([.][0-9]+)?$", value)
                .saying("In major units, as text; more than zero, with no more decimals than the currency is paid in."),
            "currency": .currency(currency),
        ])
        .named("PayableMoney", "An exact amount that can be paid.")
    }

    /// An id as it may be sent: with hyphens or without, in small letters or capitals.
    static func anyID(_ example: String) -> Schema {
        text(
            matching: "^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32})$",
            example
        )
    }

    /// A UETR that is new: a UUID of version 4.
    static let newUETR = text(
        matching: "^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
            + "|[0-9a-fA-F]{12}4[0-9a-fA-F]{3}[89abAB][0-9a-fA-F]{15})$",
        ExampleID.uetr
    ).saying("A new UUID of version 4, of your own.")

    /// A moment as it may be sent: RFC 3339 in UTC, from 1970 on.
    static let anyTimestamp = text(
        matching: "^((19[7-9][0-9]|[2-9][0-9]{3})-"
            + "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
            // The leap days.
            + "|(19(7[26]|8[048]|9[26])|[2-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[3579][26])00)-02-29)"
            + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+]00:00)$",
        "2026-11-23T10:00:00Z"
    ).saying("RFC 3339 in UTC.")

    /// Nothing but braces.
    static let empty = request([:])
}

/// The ids of one story that all examples tell.
enum ExampleID {
    static let resolution = "019dae2a-4c8e-7d10-a1b2-c3d4e5f60718"
    static let quote = "c1d34b7e-8f90-4a1b-8c2d-3e4f5a6b7c8d"
    static let payment = "019dae2a-6f00-7b21-9c3d-4e5f60718293"
    static let uetr = "8a562c67-ca16-48ba-b074-65581be6f011"
    static let refund = "019dae2b-1a2b-7c3d-8e4f-5a6b7c8d9e0f"
    static let refundUETR = "3f1c7a52-9d84-4e6b-a7c0-12d3e4f5a6b7"
    static let recall = "019dae2b-2b3c-7d4e-9f5a-6b7c8d9e0f1a"
    static let dispute = "019dae2b-3c4d-7e5f-8a6b-7c8d9e0f1a2b"
    static let evidence = "019dae2b-4d5e-7f6a-9b7c-8d9e0f1a2b3c"
    static let merchant = "019dae29-5e6f-7a7b-8c8d-9e0f1a2b3c4d"
    static let message = "019dae2b-6f7a-7b8c-9d9e-0f1a2b3c4d5e"
    static let webhook = "019dae2c-7a8b-7c9d-8e0f-1a2b3c4d5e6f"
    static let proposal = "019dae2c-8b9c-7d0e-9f1a-2b3c4d5e6f7a"
    static let trace = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"

    /// The id that a variable part of a path has in the story.
    static func named(_ name: String) -> String {
        guard let id = byName[name] else { preconditionFailure("No example knows {\(name)}") }
        return id
    }

    private static let byName = [
        "paymentId": payment, "recallId": recall, "disputeId": dispute, "evidenceId": evidence, "merchantId": merchant,
        "messageId": message, "webhookId": webhook,
    ]
}
