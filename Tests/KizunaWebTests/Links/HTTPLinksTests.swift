import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaWeb

/// What is sent to participants, and what their answers are taken for.
@Suite struct HTTPLinksTests {
    @Test(
        arguments: [
            (.creditRequest, "/credit-requests"), (.creditDecision, "/credit-decisions"),
            (.paymentUpdate, "/payment-updates"), (.refundNotice, "/refund-notices"), (.statusQuery, "/status-queries"),
            (.reversalRequest, "/reversal-requests"), (.recallRequest, "/recall-requests"),
            (.recallUpdate, "/recall-updates"),
        ] as [(OutboxMessage.Kind, String)]
    )
    func everyMessageGoesToItsPlaceSigned(kind: OutboxMessage.Kind, path: String) async throws {
        let client = FakeClient(.success(HTTPResponse(status: 204)))
        let delivery = Sample.delivery(kind)
        _ = await Sample.links(client).deliver(delivery, timeout: .seconds(7))
        let sent = try #require(client.sent)
        #expect(sent.method == "POST")
        #expect(sent.url == "https://bank.example/kizuna\(path)")
        #expect(sent.timeout == .seconds(7))
        #expect(sent.headers["Content-Type"] == "application/json")
        #expect(sent.headers["webhook-id"] == "01990000-0000-7000-8000-0000000000aa")
        #expect(sent.headers["webhook-timestamp"] == "1760000000")
        #expect(
            sent.headers["webhook-signature"]
                == "signed 01990000-0000-7000-8000-0000000000aa.1760000000.\(sent.body.count) for naniwa-acquiring"
        )
        #expect(
            sent.headers["traceparent"] == "00-01990000000070008000000000000001-80000000000000aa-01"
        )
        #expect(TraceID(traceparent: sent.headers["traceparent"] ?? "") != nil)
        #expect(delivery.body?.encoded == sent.body)
    }

    @Test func withoutAnAddressNothingIsSent() async {
        let client = FakeClient(.success(HTTPResponse(status: 200, body: Array(#"{"status":"ACCEPTED"}"#.utf8))))
        let delivery = Sample.delivery(.creditRequest, endpoint: nil)
        #expect(await Sample.links(client).deliver(delivery, timeout: .seconds(1)) == .noAnswer)
        #expect(client.sent == nil)
    }

    // MARK: What is written

    @Test func aCreditRequestSaysWhomToCreditAndWhoPays() throws {
        let expected = """
            {"paymentId":"01990000-0000-7000-8000-000000000001","uetr":"8a562c67-ca16-48ba-b074-65581be6f011",\
            "merchant":{"id":"01990000-0000-7000-8000-000000000002",\
            "code":"jpqr:0000000000001.0001.000001.000001","name":"KIZUNA SHOTEN","city":"Tokyo"},\
            "merchantAmount":{"value":"1980","currency":"JPY"},\
            "payer":{"name":"Chan Sokha","country":"KH","issuer":"mekong-bank"},"reference":"INV-1",\
            "decisionDeadline":"2025-10-09T08:53:40.000Z"}
            """
        let body = try #require(Sample.delivery(.creditRequest).body)
        #expect(String(decoding: body.encoded, as: UTF8.self) == expected)
        #expect(!expected.contains("001-234-567"))
    }

    @Test(
        arguments: [
            (.completed, "COMMITTED", nil), (.rejected, "ABORTED", "timeout_destination"),
            (.reversed, "ABORTED", "timeout_destination"),
        ] as [(PaymentState, String, String?)]
    )
    func aDecisionIsTheOneThatTheMessageWasWrittenFor(state: PaymentState, word: String, reason: String?) throws {
        let body = try #require(Sample.delivery(.creditDecision, state: state, reason: .timeoutDestination).body)
        #expect(body.text(at: "decision") == word)
        #expect(body.text(at: "reason") == reason)
        #expect(body.money("merchantAmount") == "1980 JPY")
        #expect(body.text(at: "paymentId") == "01990000-0000-7000-8000-000000000001")
    }

    @Test func anUpdateIsThePaymentAsTheAPIShowsIt() throws {
        let delivery = Sample.delivery(.paymentUpdate, state: .completed)
        #expect(delivery.body == JSON(delivery.payment))
        #expect(delivery.body?.text(at: "outcome") == "success")
    }

    @Test func aRefundNoticeSaysWhatToCreditThePayer() throws {
        let body = try #require(Sample.delivery(.refundNotice, state: .partiallyRefunded).body)
        #expect(body.money("payerAmount") == "13478 KHR")
        #expect(body.text(at: "reason") == "MD06")
        #expect(body.text(at: "paymentState") == "PARTIALLY_REFUNDED")
    }

    @Test func aRefundNoticeWithoutItsRefundIsNotSent() async {
        let client = FakeClient(.success(HTTPResponse(status: 204)))
        let delivery = Sample.delivery(.refundNotice, hasRefund: false)
        #expect(await Sample.links(client).deliver(delivery, timeout: .seconds(1)) == .noAnswer)
        #expect(client.sent == nil)
    }

    @Test func aStatusQueryNamesThePaymentOnly() {
        #expect(
            Sample.delivery(.statusQuery).body == [
                "paymentId": "01990000-0000-7000-8000-000000000001", "uetr": "8a562c67-ca16-48ba-b074-65581be6f011",
            ]
        )
    }

    @Test(arguments: [(RefusalCode?.none, "DS24"), (.merchantClosed, "TECH")])
    func aReversalRequestSaysWhy(reason: RefusalCode?, code: String) {
        #expect(
            Sample.delivery(.reversalRequest, state: .reversing, reason: reason).body == [
                "paymentId": "01990000-0000-7000-8000-000000000001", "uetr": "8a562c67-ca16-48ba-b074-65581be6f011",
                "merchantAmount": ["value": "1980", "currency": "JPY"], "reason": .string(code),
            ]
        )
    }

    @Test(arguments: [OutboxMessage.Kind.recallRequest, .recallUpdate])
    func aRecallIsToldAsTheAPIShowsIt(kind: OutboxMessage.Kind) throws {
        let body = try #require(Sample.delivery(kind).body)
        #expect(body == JSON(Sample.recall))
        #expect(body.text(at: "reason") == "FRAD")
        #expect(body.text(at: "state") == "REQUESTED")
        #expect(body.text(at: "freeze", "dueAt") == "2025-10-10T08:53:20.000Z")
    }

    // MARK: Events

    @Test func anEventGoesToTheWebhooksOwnAddressWithASignatureForEachSecret() async throws {
        let client = FakeClient(.success(HTTPResponse(status: 202)))
        let moment = ManualClock().now()
        for (until, count) in [(nil, 1), (moment.adding(.milliseconds(1)), 2), (moment, 1)] as [(Timestamp?, Int)] {
            let webhook = Sample.webhook(secretNumber: 3, previousSecretUntil: until)
            let announcement = Announcement(.paymentUpdated, to: webhook, Sample.delivery(.event, state: .completed))
            #expect(await Sample.links(client).announce(announcement, timeout: .seconds(3)) == 202)
            let sent = try #require(client.sent)
            #expect(sent.url == "https://events.example/k")
            #expect(sent.headers["webhook-id"] == "01990000-0000-7000-8000-0000000000aa")
            let names = [3, 2].prefix(count).map { "naniwa-acquiring/\(webhook.id)/\($0)" }
            let signatures = names.map {
                "signed 01990000-0000-7000-8000-0000000000aa.1760000000.\(sent.body.count) for \($0)"
            }
            #expect(sent.headers["webhook-signature"] == signatures.joined(separator: " "))
        }
    }

    @Test func anEventSaysWhatAndWhenAndAboutWhat() async throws {
        let events: [(Webhook.Event, String, [String])] = [
            (.paymentUpdated, "payment.updated", ["id", "state", "outcome"]),
            (.paymentDecided, "payment.decided", ["paymentId", "decision"]),
            (.refundCreated, "refund.created", ["paymentId", "payerAmount", "paymentState"]),
            (.merchantPaid, "merchant.paid", ["paymentId", "merchantId", "reference", "amount", "receives", "paidAt"]),
            (.merchantRefunded, "merchant.refunded", ["paymentId", "merchantId", "refundId", "amount", "refundedAt"]),
        ]
        for (event, name, members) in events {
            let client = FakeClient(.success(HTTPResponse(status: 200)))
            let delivery = Sample.delivery(.event, state: .completed)
            let announcement = Announcement(event, to: Sample.webhook(), delivery)
            #expect(await Sample.links(client).announce(announcement, timeout: .seconds(3)) == 200)
            let body = try JSON.parse(try #require(client.sent).body)
            #expect(body.text(at: "type") == name)
            #expect(body.text(at: "timestamp") == "2025-10-09T08:53:20.000Z")
            for member in members { #expect(body["data"]?[member] != nil, "\(name) \(member)") }
            let text = String(decoding: body.encoded, as: UTF8.self)
            #expect(!text.contains("Sokha") && !text.contains("001-234-567"))
        }
    }

    @Test func aTrialSaysThatItIsOne() async throws {
        let client = FakeClient(.success(HTTPResponse(status: 500)))
        let trial = Announcement(
            trialOf: Sample.webhook(),
            of: Bank.naniwa.id,
            id: UniqueID(high: 1, low: 2),
            at: ManualClock().now()
        )
        #expect(await Sample.links(client).announce(trial, timeout: .seconds(3)) == 500)
        let sent = try #require(client.sent)
        #expect(
            try JSON.parse(sent.body) == ["type": "ping", "timestamp": "2025-10-09T08:53:20.000Z", "data": .object([])]
        )
        #expect(sent.headers["webhook-id"] == UniqueID(high: 1, low: 2).description)
    }

    @Test func anEventThatCannotBeSentOrAnsweredHasNoStatus() async {
        let client = FakeClient(.failure(HTTPClientError(code: .notReachable, message: "x")))
        let announcement = Announcement(.paymentUpdated, to: Sample.webhook(), Sample.delivery(.event))
        #expect(await Sample.links(client).announce(announcement, timeout: .seconds(1)) == nil)
        let unknown = Announcement(.refundCreated, to: Sample.webhook(), Sample.delivery(.event, hasRefund: false))
        let willing = FakeClient(.success(HTTPResponse(status: 200)))
        #expect(await Sample.links(willing).announce(unknown, timeout: .seconds(1)) == nil)
        #expect(willing.sent == nil)
    }

    // MARK: What is understood

    private static let answers: [(status: Int, body: String, outcome: DeliveryOutcome)] = [
        (200, #"{"status":"ACCEPTED"}"#, .accepted), (201, #"{"status":"ACCEPTED","more":{"x":1}}"#, .accepted),
        (200, #"{"status":"REJECTED","reason":"merchant_closed"}"#, .refused(.merchantClosed)),
        (200, #"{"status":"REJECTED","reason":"AC06"}"#, .refused(.merchantBlocked)),
        (200, #"{"status":"REJECTED","reason":"moon phase"}"#, .refused(.technical)),
        (200, #"{"status":"REJECTED","reason":"quote_expired"}"#, .refused(.technical)),
        (200, #"{"status":"REJECTED"}"#, .refused(.technical)),
        (200, #"{"status":"REJECTED","reason":7}"#, .refused(.technical)),
        (422, #"{"status":"REJECTED","reason":"limit_exceeded"}"#, .refused(.limitExceeded)),
        (202, "", .pending), (202, #"{"status":"ACCEPTED"}"#, .pending), (200, #"{"status":"PENDING"}"#, .pending),
        // Nothing of this says what will become of the credit.
        (200, "", .noAnswer), (200, "OK", .noAnswer), (200, #""ACCEPTED""#, .noAnswer), (200, "[]", .noAnswer),
        (200, #"{"status":"accepted"}"#, .noAnswer), (200, #"{"status":true}"#, .noAnswer),
        (200, #"{"status":"ACCEPTED","status":"REJECTED"}"#, .noAnswer), (200, #"{"status":"ACCEPTED"}}"#, .noAnswer),
        (200, #"{"status":"ACCEPTED","x":""# + String(repeating: "x", count: 20_000) + "\"}", .noAnswer),
        (204, "", .noAnswer), (301, #"{"status":"ACCEPTED"}"#, .noAnswer), (400, "", .noAnswer),
        (404, "not found", .noAnswer), (409, #"{"status":"ACCEPTED"}"#, .noAnswer),
        (409, #"{"status":"PENDING"}"#, .noAnswer), (500, #"{"status":"REJECTED"}"#, .noAnswer),
        (503, #"{"status":"ACCEPTED"}"#, .noAnswer), (100, #"{"status":"ACCEPTED"}"#, .noAnswer),
    ]

    @Test(arguments: answers.indices, [OutboxMessage.Kind.creditRequest, .statusQuery])
    func questionsAreAnsweredClearlyOrNotAtAll(index: Int, kind: OutboxMessage.Kind) async {
        let (status, body, outcome) = Self.answers[index]
        let client = FakeClient(.success(HTTPResponse(status: status, body: Array(body.utf8))))
        #expect(await Sample.links(client).deliver(Sample.delivery(kind), timeout: .seconds(1)) == outcome)
    }

    @Test(
        arguments: [
            (.statusQuery, 200, .refused(.technical)), (.statusQuery, 404, .refused(.technical)),
            (.statusQuery, 500, .noAnswer), (.creditRequest, 200, .noAnswer), (.creditRequest, 404, .noAnswer),
        ] as [(OutboxMessage.Kind, Int, DeliveryOutcome)]
    )
    func notFoundIsAWordAboutThePastOnly(kind: OutboxMessage.Kind, status: Int, outcome: DeliveryOutcome) async {
        let client = FakeClient(.success(HTTPResponse(status: status, body: Array(#"{"status":"NOT_FOUND"}"#.utf8))))
        #expect(await Sample.links(client).deliver(Sample.delivery(kind), timeout: .seconds(1)) == outcome)
    }

    @Test(
        arguments: [
            (200, #"{"status":"CANCELLED"}"#, .cancelled), (200, #"{"status":"NOT_FOUND"}"#, .cancelled),
            (404, #"{"status":"NOT_FOUND"}"#, .cancelled),
            (200, #"{"status":"REFUSED","reason":"CUST"}"#, .cancellationRefused(.customerDecision)),
            (409, #"{"status":"REFUSED","reason":"ARDT"}"#, .cancellationRefused(.alreadyReturned)),
            (200, #"{"status":"REFUSED","reason":"XXXX"}"#, .cancellationRefused(.narrative)),
            (200, #"{"status":"REFUSED"}"#, .cancellationRefused(.narrative)),
            (200, #"{"status":"PENDING"}"#, .pending), (202, "", .pending),
            // Words that answer another question, and silence.
            (200, #"{"status":"ACCEPTED"}"#, .noAnswer), (200, #"{"status":"REJECTED"}"#, .noAnswer),
            (409, #"{"status":"CANCELLED"}"#, .noAnswer), (404, "not found", .noAnswer), (204, "", .noAnswer),
            (500, #"{"status":"CANCELLED"}"#, .noAnswer),
        ] as [(Int, String, DeliveryOutcome)]
    )
    func reversalsAreConfirmedClearlyOrNotAtAll(status: Int, body: String, outcome: DeliveryOutcome) async {
        let client = FakeClient(.success(HTTPResponse(status: status, body: Array(body.utf8))))
        #expect(await Sample.links(client).deliver(Sample.delivery(.reversalRequest), timeout: .seconds(1)) == outcome)
    }

    @Test(
        arguments: [
            (200, #"{"status":"ACCEPTED"}"#, .granted(nil)),
            (200, #"{"status":"ACCEPTED","amount":null}"#, .granted(nil)),
            (
                200, #"{"status":"ACCEPTED","amount":{"value":"500","currency":"JPY"}}"#,
                .granted(Money(minorUnits: 500, currency: .jpy))
            ),
            (200, #"{"status":"REFUSED","reason":"LEGL"}"#, .cancellationRefused(.legalDecision)),
            (422, #"{"status":"REFUSED"}"#, .cancellationRefused(.narrative)),
            (200, #"{"status":"PENDING"}"#, .pending), (202, "{}", .pending),
            // Taken, and answered later by a call.
            (200, "", .acknowledged), (202, "", .acknowledged), (204, "", .acknowledged),
            // An amount that makes no sense is not taken for all of it.
            (200, #"{"status":"ACCEPTED","amount":500}"#, .noAnswer),
            (200, #"{"status":"ACCEPTED","amount":{"value":"0","currency":"JPY"}}"#, .noAnswer),
            (409, #"{"status":"ACCEPTED"}"#, .noAnswer), (200, #"{"status":"CANCELLED"}"#, .noAnswer),
            (200, "OK", .noAnswer), (404, "", .noAnswer), (500, "", .noAnswer),
        ] as [(Int, String, DeliveryOutcome)]
    )
    func recallsAreAnsweredClearlyOrNotAtAll(status: Int, body: String, outcome: DeliveryOutcome) async {
        let client = FakeClient(.success(HTTPResponse(status: status, body: Array(body.utf8))))
        #expect(await Sample.links(client).deliver(Sample.delivery(.recallRequest), timeout: .seconds(1)) == outcome)
    }

    @Test(arguments: [OutboxMessage.Kind.creditRequest, .statusQuery])
    func wordsOfReversalsAnswerNothingElse(kind: OutboxMessage.Kind) async {
        for word in ["CANCELLED", "REFUSED"] {
            let client = FakeClient(.success(HTTPResponse(status: 200, body: Array(#"{"status":"\#(word)"}"#.utf8))))
            #expect(await Sample.links(client).deliver(Sample.delivery(kind), timeout: .seconds(1)) == .noAnswer)
        }
    }

    @Test(arguments: [OutboxMessage.Kind.creditDecision, .paymentUpdate, .refundNotice, .recallUpdate])
    func noticesAreTakenByAnyGoodStatus(kind: OutboxMessage.Kind) async {
        for (status, outcome) in [
            (200, .acknowledged), (202, .acknowledged), (204, .acknowledged), (299, .acknowledged), (301, .noAnswer),
            (400, .noAnswer), (404, .noAnswer), (410, .noAnswer), (500, .noAnswer),
        ] as [(Int, DeliveryOutcome)] {
            let client = FakeClient(.success(HTTPResponse(status: status, body: Array("whatever".utf8))))
            #expect(await Sample.links(client).deliver(Sample.delivery(kind), timeout: .seconds(1)) == outcome)
        }
    }

    @Test(arguments: [
        HTTPClientError.Code.neverSent, .timedOut, .connectionLost, .answerTooLarge, .badURL, .notReachable,
    ])
    func aBrokenExchangeIsSilence(code: HTTPClientError.Code) async {
        for kind in OutboxMessage.Kind.allCases {
            let client = FakeClient(.failure(HTTPClientError(code: code, message: "x")))
            #expect(await Sample.links(client).deliver(Sample.delivery(kind), timeout: .seconds(1)) == .noAnswer)
        }
    }
}

/// One payment of 1,980 yen from a riel account, and messages about it.
private enum Sample {
    static func links(_ client: FakeClient) -> HTTPLinks {
        HTTPLinks(client: client, signer: WritingSigner(), clock: ManualClock())
    }

    static func delivery(
        _ kind: OutboxMessage.Kind,
        state: PaymentState = .sent,
        reason: RefusalCode? = nil,
        endpoint: String? = "https://bank.example/kizuna/",
        hasRefund: Bool = true
    ) -> Delivery {
        var destination = Bank.naniwa.participant
        destination.endpoint = endpoint
        let payment = payment(in: state, reason: reason)
        let message = OutboxMessage(
            id: id(0xAA),
            kind: kind,
            destination: destination.id,
            payment: payment.id,
            refund: nil,
            state: state,
            createdAt: moment,
            dueAt: moment
        )
        return Delivery(
            message: message,
            destination: destination,
            payment: payment,
            parties: parties,
            refund: hasRefund ? refund : nil,
            recall: recall
        )
    }

    static let recall = Recall(
        id: RecallID(id(4)),
        payment: PaymentID(id(1)),
        issuer: Bank.mekong.id,
        acquirer: Bank.naniwa.id,
        reason: .fraud,
        amount: Money(minorUnits: 500, currency: .jpy),
        requestedAt: moment,
        answerDueAt: moment.adding(.seconds(1)),
        freeze: Recall.Freeze(dueAt: moment.adding(Recall.freezeTime))
    )

    static func webhook(secretNumber: Int = 1, previousSecretUntil: Timestamp? = nil) -> Webhook {
        Webhook(
            id: id(0xBB),
            url: "https://events.example/k",
            events: [.paymentUpdated],
            merchant: nil,
            createdAt: moment,
            secretNumber: secretNumber,
            previousSecretUntil: previousSecretUntil
        )
    }

    private static let moment = Timestamp(milliseconds: 1_760_000_000_000)

    private static func id(_ number: UInt64) -> UniqueID {
        UniqueID(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_0000 | number)
    }

    private static var uetr: UETR {
        guard let uetr = UETR("8a562c67-ca16-48ba-b074-65581be6f011") else { preconditionFailure("No UETR") }
        return uetr
    }

    private static func payment(in state: PaymentState, reason: RefusalCode?) -> Payment {
        Payment(
            id: PaymentID(id(1)),
            uetr: uetr,
            quote: QuoteID(id(3)),
            issuer: Bank.mekong.id,
            acquirer: Bank.naniwa.id,
            provider: Bank.tonle.id,
            merchant: MerchantID(id(2)),
            price: price,
            link: .twoPhase,
            code: CodeDigest(id(4)),
            isSingleUse: false,
            submittedAt: moment,
            payer: PayerKey(UniqueID(high: 6, low: 6)),
            state: state,
            reason: reason
        )
    }

    private static var price: Price {
        guard let rate = try? Rate("26.956856188"), let mid = try? Rate(reference: "26.8227424749") else {
            preconditionFailure("No rates")
        }
        let yen = { (units: Int64) in Money(minorUnits: units, currency: .jpy) }
        return Price(
            merchantAmount: yen(1_980),
            interbankAmount: Money(minorUnits: 53_375_00, currency: .khr),
            issuerFee: Money(minorUnits: 267_00, currency: .khr),
            rate: rate,
            midRate: mid,
            merchantDiscount: yen(32),
            interchange: yen(16),
            switchFee: yen(2)
        )
    }

    private static let parties = PaymentParties(
        payerName: "Chan Sokha",
        payerAccount: "001-234-567",
        merchantName: "KIZUNA SHOTEN",
        merchantLocalName: "きずな商店",
        merchantCity: "Tokyo",
        merchantKey: .jpqr(levels: ["0000000000001", "0001", "000001", "000001"]),
        reference: "INV-1"
    )

    private static var refund: Refund {
        Refund(
            id: RefundID(id(5)),
            payment: PaymentID(id(1)),
            uetr: uetr,
            acquirer: Bank.naniwa.id,
            issuer: Bank.mekong.id,
            part: 1,
            merchantAmount: Money(minorUnits: 500, currency: .jpy),
            payerAmount: Money(minorUnits: 13_478_00, currency: .khr),
            issuerFeeReturned: .zero(.khr),
            reason: .customerRequest,
            createdAt: moment
        )
    }
}

/// A client that keeps what it was given and answers what it was told to.
private final class FakeClient: HTTPClient {
    struct Sent {
        let method: String
        let url: String
        let headers: HTTPHeaders
        let body: [UInt8]
        let timeout: Duration
    }

    private let answer: Result<HTTPResponse, HTTPClientError>
    private let last = Mutex<Sent?>(nil)

    init(_ answer: Result<HTTPResponse, HTTPClientError>) { self.answer = answer }

    var sent: Sent? { last.withLock { $0 } }

    func send(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration
    ) async throws(HTTPClientError) -> HTTPResponse {
        last.withLock { $0 = Sent(method: method, url: url, headers: headers, body: body, timeout: timeout) }
        return try answer.get()
    }
}
