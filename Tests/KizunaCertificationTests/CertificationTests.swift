import KizunaCertification
import KizunaCurl
import KizunaLedger
import KizunaMicrohttpd
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb
import TestAuthority
import Testing

@testable import KizunaCommands

/// Every check, on banks that keep to the contract and on banks that do not.
@Suite struct CertificationTests {
    /// All kinds of participants that there are.
    static let kinds: [(Target.Side, Country, Participant.LinkKind)] = [
        (.issuer, .cambodia, .twoPhase), (.issuer, .japan, .twoPhase), (.acquirer, .japan, .twoPhase),
        (.acquirer, .japan, .singlePhase), (.acquirer, .cambodia, .twoPhase), (.acquirer, .cambodia, .singlePhase),
        (.webhook, .japan, .twoPhase), (.webhook, .cambodia, .twoPhase),
    ]

    /// What newcomers copy passes everything, advice among it.
    @Test(arguments: kinds) func theSimulatedBanksPass(
        side: Target.Side,
        country: Country,
        link: Participant.LinkKind
    ) async throws {
        // However slow the machine is: whether a bank is prompt is not what is tested here.
        var terms = Terms(allowsPlainHTTP: true)
        (terms.answer, terms.promptAnswer) = (.seconds(60), .seconds(60))
        terms.slowBodySeconds = 1
        let report = try await certify(side, in: country, link: link, terms: terms)
        let open = report.results.filter { ![.passed, .notApplicable].contains($0.outcome) }
        #expect(open.isEmpty, "\(open.map { "\($0.check.id): \($0.found ?? "")" })")
        #expect(report.isCertified && report.results.count == report.count(.passed) + report.count(.notApplicable))
        let inapplicable = report.results.filter { $0.outcome == .notApplicable }.map(\.check.id)
        let expected =
            ["reach.https", "reach.certificate", "reach.certificate-days"]
            + (side == .acquirer && country == .japan ? ["credit.cents"] : [])
        #expect(Set(inapplicable) == Set(expected))
    }

    static let defects =
        Defect.reach + Defect.http + Defect.signatures + Defect.credit + Defect.names + Defect.decisions
        + Defect.questions + Defect.reversals + Defect.claims + Defect.payments + Defect.refunds + Defect.webhooks

    @Test(arguments: defects) func aBankWithADefectFailsItsCheck(defect: Defect) async throws {
        let report = try await certify(
            defect.side,
            in: defect.country,
            link: defect.link,
            limits: defect.limits,
            terms: defect.terms,
            checks: Check.all.filter { $0.id == defect.check },
            manners: defect.manners()
        )
        let result = try #require(report.results.first)
        #expect(report.results.count == 1)
        #expect(result.outcome == (result.check.weight == .mandatory ? .failed : .advised))
        #expect(result.found?.isEmpty == false)
        #expect(!report.isCertified)
    }

    /// No check is one that cannot fail.
    @Test func thereIsADefectForEveryCheck() {
        let elsewhere =
            ["reach.certificate", "reach.certificate-days"]
            + Check.all.filter { [.inbox, .rate].contains($0.group) }.map(\.id)
        #expect(Set(CertificationTests.defects.map(\.check)).union(elsewhere) == Set(Check.all.map(\.id)))
        #expect(Set(Check.all.map(\.id)).count == Check.all.count)
    }

    @Test func aCertificateThatNobodyTrustsIsFound() async throws {
        let authority = try TestAuthority()
        let identity = try authority.selfSigned("bank")
        let report = try await certify(
            .issuer,
            tls: ServerTLS(certificates: identity.certificate, privateKey: identity.key),
            checks: Check.all.filter { $0.id == "reach.certificate" }
        )
        #expect(report.results.map(\.outcome) == [.failed])
    }

    @Test(arguments: [(2, Report.Outcome.advised), (40, .passed)])
    func aCertificateThatEndsSoonIsAdvisedAgainst(days: Int, outcome: Report.Outcome) async throws {
        let authority = try TestAuthority()
        let identity = try authority.issue("bank", days: days)
        let report = try await certify(
            .issuer,
            tls: ServerTLS(certificates: identity.certificate, privateKey: identity.key),
            trusting: authority.root.certificateFile,
            checks: Check.all.filter { $0.id == "reach.certificate-days" }
        )
        #expect(report.results.map(\.outcome) == [outcome])
        #expect(outcome == .passed || report.results.first?.found?.hasSuffix("in 1 days.") == true)
    }

    /// A bank that thinks first, and calls when it knows.
    @Test func aBankThatSaysPendingIsJudgedByItsCalls() async throws {
        let desk = AnswerDesk()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: desk)
        let client = CurlClient(reach: .loopback)
        var terms = Terms(allowsPlainHTTP: true)
        (terms.answer, terms.promptAnswer, terms.answers) = (.seconds(60), .seconds(60), desk)
        terms.slowBodySeconds = 1
        let port = server.port
        let report = try await certify(.acquirer, terms: terms) { request, bank in
            let (message, answer) = (Message(request), await bank.signed.respond(to: request))
            guard message.isCreditRequest, answer.status == 200 else { return answer }
            Task {
                try await client.send(
                    "POST",
                    "http://127.0.0.1:\(port)/v1/payments/\(message.subject)/answer",
                    headers: ["Authorization": "Bearer key", "Idempotency-Key": message.subject],
                    body: answer.body,
                    timeout: .seconds(60)
                )
            }
            return .saying("PENDING", status: 202)
        }
        client.shutdown()
        await server.stop()
        let open = report.results.filter { ![.passed, .notApplicable].contains($0.outcome) }
        #expect(open.isEmpty, "\(open.map { "\($0.check.id): \($0.found ?? "")" })")
        #expect(report.results.contains { $0.exchanges.contains { $0.line.hasPrefix("(called) POST") } })
    }

    /// What the switch would not take from a bank is not taken here.
    @Test(arguments: [
        ("GET", "/v1/payments/1/answer", true, true, #"{"status": "ACCEPTED"}"#, 405),
        ("POST", "/v1/payments/1", true, true, #"{"status": "ACCEPTED"}"#, 404),
        ("POST", "/v1/payments/1/answer", false, true, #"{"status": "ACCEPTED"}"#, 401),
        ("POST", "/v1/payments/1/answer", true, false, #"{"status": "ACCEPTED"}"#, 400),
        ("POST", "/v1/payments/1/answer", true, true, "{", 400),
        ("POST", "/v1/payments/1/answer", true, true, #"{"status": "PENDING"}"#, 422),
        ("POST", "/v1/payments/1/answer", true, true, #"{"status": "REJECTED", "reason": "because"}"#, 422),
        ("POST", "/v1/payments/1/answer", true, true, #"{"status": "REJECTED", "reason": "merchant_closed"}"#, 200),
    ])
    func theDeskTakesWhatTheSwitchWouldTake(
        method: String,
        path: String,
        hasKey: Bool,
        isOnce: Bool,
        body: String,
        status: Int
    ) async {
        var headers: HTTPHeaders = [:]
        if hasKey { headers.add("Authorization", "Bearer key") }
        if isOnce { headers.add("Idempotency-Key", "one") }
        let request = HTTPRequest(method: method, path: path, headers: headers, body: Array(body.utf8))
        #expect(await AnswerDesk().respond(to: request).status == status)
    }

    /// When an address takes nothing, a hundred more failures would say nothing.
    @Test func anAddressThatTakesNothingEndsTheTrial() async throws {
        let report = try await certify(.issuer) { _, _ in .status(500) }
        #expect(report.results.first?.outcome == .failed)
        #expect(report.results.dropFirst().allSatisfy { $0.outcome == .notTried && $0.exchanges.isEmpty })
        #expect(!report.isCertified)
    }

    /// What was promised to a certification does not stay promised.
    @Test func promisesAreLetGoAfterwards() async throws {
        let memory = Memory()
        _ = try await certify(.acquirer, checks: Check.all.filter { $0.group == .credit }) { request, bank in
            let message = Message(request)
            if message.isCreditRequest || message.decision != nil {
                _ = memory.count("\(message.decision ?? "asked") \(message.subject)")
            }
            return await bank.signed.respond(to: request)
        }
        #expect(memory.things(beginning: "asked ").count > 40)
        #expect(memory.things(beginning: "asked ").isSubset(of: memory.things(beginning: "ABORTED ")))
        #expect(memory.things(beginning: "COMMITTED ").isEmpty)
    }
}

/// Participants that fetch their messages themselves.
@Suite struct InboxCertificationTests {
    private static let now = SystemClock().now()

    private static func message(
        _ standing: OutboxMessage.Standing,
        secondsAgo: Int64 = 1,
        fetches: Int = 0
    ) -> OutboxMessage {
        OutboxMessage(
            id: UniqueID(high: 9, low: 9),
            kind: .paymentUpdate,
            destination: .certification,
            payment: PaymentID(UniqueID(high: 9, low: 8)),
            refund: nil,
            state: .completed,
            createdAt: now.adding(.seconds(-secondsAgo)),
            standing: standing,
            attempts: fetches,
            dueAt: nil
        )
    }

    @Test(
        arguments: [
            ([], nil), ([message(.inInbox, fetches: 3)], nil),
            ([message(.inInbox), message(.inInbox, secondsAgo: 400)], "inbox.fetched"),
            ([message(.inInbox, fetches: 4)], "inbox.acknowledged"), ([message(.givenUp)], "inbox.none-given-up"),
        ] as [([OutboxMessage], String?)]
    )
    func whatWaitsTooLongIsFound(messages: [OutboxMessage], failed: String?) async {
        let participant = Target.trying(.issuer, at: "").participant
        let certification = Certification(
            of: [Target(inboxOf: participant, waiting: messages)],
            terms: Terms(allowsPlainHTTP: true),
            client: Nobody(),
            signer: Bank.signer,
            clock: SystemClock(),
            certificateEnd: certificateEnd
        )
        let report = await certification.run()
        #expect(report.results.count == 3)
        #expect(report.results.filter { $0.outcome == .failed }.map(\.check.id) == [failed].compactMap { $0 })
    }
}

/// Providers of exchange, who are sent nothing.
@Suite struct RateCertificationTests {
    private static let now = SystemClock().now()

    /// A rate of a pair, in the payer's currency for one of the shop's.
    private static func board(
        _ payer: Currency,
        _ merchant: Currency,
        _ mid: String,
        spread: Int64 = 50,
        secondsAgo: Int64 = 1,
        other: String? = nil
    ) throws -> RateBoard {
        let rate = { (provider: ParticipantID, mid: String) in
            ProviderRate(
                provider: provider,
                mid: try Rate(reference: mid),
                spreadBasisPoints: spread,
                publishedAt: now.adding(.seconds(-secondsAgo))
            )
        }
        return RateBoard(
            pair: CurrencyPair(payer: payer, merchant: merchant),
            rates: try [rate(Target.trying(.rates, at: "").participant.id, mid)]
                + (other.map { [try rate(.certification, $0)] } ?? [])
        )
    }

    static let cases: [(boards: @Sendable () throws -> [RateBoard], missed: [String])] = [
        ({ [] }, ["rate.published"]),
        ({ [try board(.khr, .jpy, "26.8"), try board(.jpy, .khr, "0.0373135")] }, []),
        ({ [try board(.khr, .jpy, "26.8"), try board(.jpy, .khr, "0.0373135", secondsAgo: 70)] }, ["rate.fresh"]),
        ({ [try board(.khr, .jpy, "26.8"), try board(.jpy, .khr, "0.0365")] }, ["rate.there-and-back"]),
        ({ [try board(.khr, .jpy, "26.8")] }, ["rate.both-ways"]),
        (
            { [try board(.khr, .jpy, "26.8", other: "27.4"), try board(.jpy, .khr, "0.0373135")] },
            ["rate.near-others"]
        ),
        ({ [try board(.khr, .jpy, "26.8", other: "27.3"), try board(.jpy, .khr, "0.0373135")] }, []),
    ]

    @Test(arguments: cases.indices) func whatIsWrongWithRatesIsFound(index: Int) async throws {
        let (boards, missed) = Self.cases[index]
        let participant = Target.trying(.rates, at: "").participant
        let report = await Certification(
            of: [Target(ratesOf: participant, among: try boards())],
            terms: Terms(allowsPlainHTTP: true),
            client: Nobody(),
            signer: Bank.signer,
            clock: SystemClock(),
            certificateEnd: certificateEnd
        ).run()
        #expect(report.results.count == 5)
        #expect(report.results.filter { [.failed, .advised].contains($0.outcome) }.map { $0.check.id } == missed)
        #expect(report.results.allSatisfy { $0.exchanges.isEmpty })
    }
}

/// For targets that nothing is sent to.
private struct Nobody: TryingClient {
    func send(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration
    ) async throws(HTTPClientError) -> HTTPResponse {
        throw HTTPClientError(code: .neverSent, message: "There is nobody")
    }

    func sendSlowly(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration,
        bytesPerSecond: Int
    ) async throws(HTTPClientError) -> HTTPResponse {
        throw HTTPClientError(code: .neverSent, message: "There is nobody")
    }

    func certificate(of url: String, timeout: Duration) async throws(HTTPClientError) -> [UInt8]? { nil }
}

extension ParticipantID {
    /// Who stands for the other banks in a certification.
    static let certification: ParticipantID = {
        guard let id = ParticipantID("kizuna-certify") else { preconditionFailure("No participant's id") }
        return id
    }()
}
