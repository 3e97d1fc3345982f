import KizunaCertification
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
        let report = try await certify(side, in: country, link: link, terms: terms)
        let open = report.results.filter { ![.passed, .notApplicable].contains($0.outcome) }
        #expect(open.isEmpty, "\(open.map { "\($0.check.id): \($0.found ?? "")" })")
        #expect(report.isCertified && report.results.count == report.count(.passed) + report.count(.notApplicable))
        let inapplicable = report.results.filter { $0.outcome == .notApplicable }.map(\.check.id)
        let expected =
            ["reach.https", "reach.certificate"] + (side == .acquirer && country == .japan ? ["credit.cents"] : [])
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
        let elsewhere = ["reach.certificate"] + Check.all.filter { $0.group == .inbox }.map(\.id)
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
            clock: SystemClock()
        )
        let report = await certification.run()
        #expect(report.results.count == 3)
        #expect(report.results.filter { $0.outcome == .failed }.map(\.check.id) == [failed].compactMap { $0 })
    }

    /// For targets that nothing is sent to.
    private struct Nobody: HTTPClient {
        func send(
            _ method: String,
            _ url: String,
            headers: HTTPHeaders,
            body: [UInt8],
            timeout: Duration
        ) async throws(HTTPClientError) -> HTTPResponse {
            throw HTTPClientError(code: .neverSent, message: "There is nobody")
        }
    }
}

extension ParticipantID {
    /// Who stands for the other banks in a certification.
    static let certification: ParticipantID = {
        guard let id = ParticipantID("kizuna-certify") else { preconditionFailure("No participant's id") }
        return id
    }()
}
