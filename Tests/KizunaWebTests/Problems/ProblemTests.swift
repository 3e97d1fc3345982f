import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

@Suite struct ProblemTests {
    @Test(arguments: ProblemCode.all)
    func everyCodeMakesAWholeProblem(code: ProblemCode) throws {
        let response = Problem(code, "What is wrong.").response(traceID: "t")
        #expect(response.status == code.status)
        #expect((400..<600).contains(response.status))
        #expect(response.headers["Content-Type"] == "application/problem+json")
        let document = response.json
        #expect(document["status"] == JSON(code.status))
        #expect(document.text(at: "type") == "/docs/problems#\(code.name)")
        #expect(document.text(at: "code") == code.name)
        #expect(document.text(at: "detail") == "What is wrong.")
        #expect(document.text(at: "traceId") == "t")
        #expect(document.text(at: "title")?.isEmpty == false)
        #expect(document.text(at: "retry") == code.retry.rawValue)
        #expect(["failure", "unknown"].contains(document.text(at: "outcome")))
        #expect(document["isoReason"] == JSON(code.isoReason))
        #expect(document["pointer"] == nil)
        let comesBackByItself = [429, 503].contains(code.status) || code == .refusal(.idempotencyInProgress)
        #expect((response.headers["Retry-After"] != nil) == comesBackByItself)
    }

    @Test func namesAreUnique() {
        #expect(Set(ProblemCode.all.map(\.name)).count == ProblemCode.all.count)
    }

    @Test(
        arguments: [
            (.refusal(.qrInvalid), 422), (.refusal(.merchantNotFound), 404), (.refusal(.amountMismatch), 422),
            (.refusal(.liquidity), 503), (.refusal(.quoteExpired), 409), (.refusal(.duplicate), 409),
            (.refusal(.uetrUsed), 409),
            (.refusal(.participantOffline), 503), (.refusal(.timeoutDestination), 504), (.refusal(.compliance), 403),
            (.refusal(.technical), 500), (.refusal(.notFound), 404), (.refusal(.forbidden), 403),
            (.refusal(.idempotencyConflict), 422), (.refusal(.idempotencyInProgress), 409),
            (.request(.malformedJSON), 400),
            (.request(.idempotencyKeyMissing), 400), (.request(.unauthorized), 401), (.request(.methodNotAllowed), 405),
            (.request(.payloadTooLarge), 413), (.request(.unsupportedMediaType), 415), (.request(.unknownField), 422),
            (.request(.fieldInvalid), 422), (.request(.overloaded), 503), (.request(.storeUnavailable), 503),
            (.request(.targetTooLong), 414), (.request(.headTooLarge), 431), (.request(.interrupted), 503),
        ] as [(ProblemCode, Int)]
    )
    func hasTheStatusOfTheTable(code: ProblemCode, status: Int) { #expect(code.status == status) }

    @Test func placesAndHeadersFollowTheCase() {
        let pointer = Problem(.fieldInvalid, "x", at: .pointer("/amount/value")).response(traceID: "t")
        #expect(pointer.json.text(at: "pointer") == "/amount/value")
        let parameter = Problem(.fieldInvalid, "x", at: .parameter("limit")).response(traceID: "t")
        #expect(parameter.json.text(at: "parameter") == "limit")
        let key = Problem(.unauthorized, "x").response(traceID: "t")
        #expect(key.headers["WWW-Authenticate"] == "Bearer realm=\"kizuna\"")
        let replay = Problem(Refusal(.duplicate, "x"), isReplay: true).response(traceID: "t")
        #expect(replay.headers["Idempotent-Replayed"] == "true")
    }

    @Test func whatIsNotKnownIsNotCalledAFailure() {
        #expect(Problem(SubmissionError.storeFailed(StoreError(.unavailable, "disk full"))).code.outcome == .unknown)
        #expect(Problem(SubmissionError.overloaded).code.outcome == .failure)
        #expect(Problem(ServerRefusal.stopping).code.outcome == .unknown)
        #expect(Problem(ServerRefusal.unusableAnswer).code.outcome == .unknown)
        #expect(Problem(Refusal(.technical, "x")).code.outcome == .unknown)
    }

    @Test func theLibrarysWordsStayInside() {
        let problem = Problem(StoreError(.unavailable, "cannot open /var/lib/secret.db"))
        #expect(!problem.detail.contains("secret"))
    }
}
