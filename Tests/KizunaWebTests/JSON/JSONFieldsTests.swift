import KizunaMoney
import KizunaPayments
import Testing

@testable import KizunaWeb

/// What request bodies may hold, and the sentence for each thing that they may not.
@Suite struct JSONFieldsTests {
    private static let uuid = "8a562c67-ca16-48ba-b074-65581be6f011"

    @Test func readsWhatIsThere() throws {
        let body = try JSON(
            text: """
                {"name":"東京","count":3,"flag":true,"id":"\(Self.uuid)","uetr":"8A562C67CA1648BAB07465581BE6F011",
                "at":"2026-11-23T17:04:20Z","currency":"KHR","amount":{"value":"5000.00","currency":"KHR"},
                "inner":{"x":"y"},"list":[{"x":"1"},{"x":"2"}],"nothing":null}
                """
        )
        var fields = try JSONFields(body)
        #expect(try fields.string("name", maximum: 2) == "東京")
        #expect(try fields.integer("count", in: 3...3) == 3)
        #expect(try fields.boolean("flag"))
        let id: QuoteID = try fields.identifier("id")
        #expect(id.description == Self.uuid)
        #expect(try fields.uetr("uetr").description == Self.uuid)
        #expect(try fields.optionalTimestamp("at")?.milliseconds == 1_795_453_460_000)
        #expect(try fields.currency("currency") == .khr)
        #expect(try fields.money("amount") == Money(minorUnits: 5_000_00, currency: .khr))
        var inner = try fields.object("inner")
        #expect(try inner.string("x", maximum: 1) == "y")
        try inner.finish()
        let list = try fields.objects("list", count: 1...2)
        #expect(list.count == 2)
        #expect(try fields.optionalString("nothing", maximum: 1) == nil)
        #expect(try fields.optionalMoney("absent") == nil)
        try fields.finish()
    }

    @Test(arguments: [
        (#"{}"#, "missing_data", "/name", "\"name\" is missing."),
        (#"{"name":null}"#, "missing_data", "/name", "\"name\" is missing."),
        (#"{"nmae":"x"}"#, "missing_data", "/name", "\"name\" is missing; did you mean it by \"nmae\"?"),
        (#"{"name":1}"#, "field_invalid", "/name", "\"name\" must be text."),
        (#"{"name":["x"]}"#, "field_invalid", "/name", "\"name\" must be text."),
        (#"{"name":""}"#, "field_invalid", "/name", "\"name\" must not be empty."),
        (#"{"name":"12345678901"}"#, "field_invalid", "/name", "\"name\" has at most 10 characters."),
        (#"{"name":"a\u0000b"}"#, "field_invalid", "/name", "\"name\" must not hold control characters."),
        (#"{"name":"x","Name":"y"}"#, "unknown_field", "/Name", "\"Name\" is not a field here; did you mean \"name\"?"),
        (
            #"{"name":"x","memo":"y"}"#, "unknown_field", "/memo",
            "\"memo\" is not a field here; there are \"name\"."
        ),
        (#"{"name":"x","Sok Dara":"y"}"#, "unknown_field", "", "One field here is not known; there are \"name\"."),
        (#"["name"]"#, "field_invalid", "", "A JSON object belongs here."),
        (#""name""#, "field_invalid", "", "A JSON object belongs here."),
    ])
    func saysWhatIsWrongWithText(body: String, code: String, place: String, detail: String) throws {
        let json = try JSON(text: body)
        let problem = problem { () throws(Problem) in
            var fields = try JSONFields(json)
            _ = try fields.string("name", maximum: 10)
            try fields.finish()
        }
        #expect(problem?.code.name == code)
        #expect(problem?.placeText == place)
        #expect(problem?.detail == detail)
    }

    @Test func takesTenCharactersHoweverManyBytes() throws {
        var fields = try JSONFields(["name": "東京東京東京東京東京"])
        #expect(try fields.string("name", maximum: 10).utf8.count == 30)
    }

    @Test(
        arguments: [
            (#"{}"#, "missing_data", "/amount", nil),
            (#"{"amount":"1980"}"#, "field_invalid", "/amount", nil),
            (#"{"amount":1980}"#, "field_invalid", "/amount", nil),
            (#"{"amount":{"value":"1980"}}"#, "missing_data", "/amount/currency", "CH21"),
            (#"{"amount":{"currency":"JPY"}}"#, "missing_data", "/amount/value", "CH21"),
            (#"{"amount":{"value":"1","currency":"YEN"}}"#, "currency_not_supported", "/amount/currency", "AM03"),
            (#"{"amount":{"value":"1","currency":"jpy"}}"#, "currency_not_supported", "/amount/currency", "AM03"),
            (#"{"amount":{"value":1980,"currency":"JPY"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":"0","currency":"JPY"}}"#, "amount_invalid", "/amount/value", "AM01"),
            (#"{"amount":{"value":"0.00","currency":"USD"}}"#, "amount_invalid", "/amount/value", "AM01"),
            (#"{"amount":{"value":"-5","currency":"JPY"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":"1.5","currency":"JPY"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":"1.005","currency":"USD"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":"4000.50","currency":"KHR"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":"4000.505","currency":"KHR"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":"1,980","currency":"JPY"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":"1e3","currency":"JPY"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":" 1","currency":"JPY"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":"","currency":"JPY"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (#"{"amount":{"value":"٣","currency":"JPY"}}"#, "amount_invalid", "/amount/value", "AM12"),
            (
                #"{"amount":{"value":"99999999999999999999","currency":"JPY"}}"#, "amount_invalid", "/amount/value",
                "AM12"
            ),
            (#"{"amount":{"value":"1","currency":"JPY","curency":"JPY"}}"#, "unknown_field", "/amount/curency", nil),
        ] as [(String, String, String, String?)]
    )
    func saysWhatIsWrongWithAmounts(body: String, code: String, place: String, isoReason: String?) throws {
        let json = try JSON(text: body)
        let problem = problem { () throws(Problem) in
            var fields = try JSONFields(json)
            _ = try fields.money("amount")
        }
        #expect(problem?.code.name == code)
        #expect(problem?.placeText == place)
        if let isoReason { #expect(problem?.isoReason == isoReason) }
    }

    @Test(arguments: [
        ("1.5", "JPY", "JPY is paid in whole units."), ("1.005", "USD", "USD has at most 2 decimals."),
        ("4000.5", "KHR", "KHR is paid in whole units."), ("4000.505", "KHR", "KHR is paid in whole units."),
        ("-1", "JPY", "The amount must be more than zero."), ("0", "KHR", "The amount must be more than zero."),
        ("99999999999999999999", "JPY", "The amount is too large."),
        ("12x", "JPY", "An amount is digits with at most one point between them, such as 1980 or 13.32."),
    ])
    func sentencesForAmountsHelp(value: String, currency: String, detail: String) {
        let problem = problem { () throws(Problem) in
            var fields = try JSONFields(["a": ["value": .string(value), "currency": .string(currency)]])
            _ = try fields.money("a")
        }
        #expect(problem?.detail == detail)
    }

    @Test(arguments: [
        #"{"id":"x"}"#, #"{"id":"8a562c67-ca16-48ba-b074-65581be6f01"}"#, #"{"id":7}"#,
        #"{"id":"8a562c67-ca16-78ba-b074-65581be6f011"}"#, #"{"id":"8a562c67-ca16-48ba-7074-65581be6f011"}"#,
        #"{"id":"00000000-0000-0000-0000-000000000000"}"#,
    ])
    func refusesWhatIsNoUETR(body: String) throws {
        let json = try JSON(text: body)
        let problem = problem { () throws(Problem) in
            var fields = try JSONFields(json)
            _ = try fields.uetr("id")
        }
        #expect(problem?.code == .request(.fieldInvalid))
        #expect(problem?.placeText == "/id")
    }

    @Test(arguments: [#"{"n":"1"}"#, #"{"n":-1}"#, #"{"n":101}"#, #"{"n":1.5}"#, #"{"n":1e1}"#, #"{"n":true}"#])
    func refusesWhatIsNoWholeNumberInRange(body: String) throws {
        let json = try JSON(text: body)
        let problem = problem { () throws(Problem) in
            var fields = try JSONFields(json)
            _ = try fields.integer("n", in: 0...100)
        }
        #expect(problem?.detail == "\"n\" must be a whole number from 0 to 100.")
    }

    @Test func pointsIntoLists() throws {
        let json = try JSON(text: #"{"rates":[{"mid":"1"},{"mid":2}]}"#)
        let problem = problem { () throws(Problem) in
            var fields = try JSONFields(json)
            for var rate in try fields.objects("rates", count: 1...2) { _ = try rate.string("mid", maximum: 9) }
        }
        #expect(problem?.placeText == "/rates/1/mid")
    }
}
