import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// What the operations stand on: the switch, whose errors come out as problems.
struct Desk: Sendable {
    let engine: Switch
    let signer: any MessageSigner
    let reach: Reach
    let environment: Environment
    /// Makes ids for what is not kept.
    let newID: @Sendable () -> UniqueID
    let status: StatusBoard
    let reference: APIReference

    init(
        _ engine: Switch,
        signer: any MessageSigner,
        reach: Reach,
        environment: Environment,
        newID: @escaping @Sendable () -> UniqueID
    ) {
        self.engine = engine
        self.signer = signer
        self.reach = reach
        self.environment = environment
        self.newID = newID
        status = StatusBoard(engine)
        reference = APIReference(digester: engine.digester)
    }

    /// Every operation, in the order of the documents.
    var routes: [Route] {
        (resolutionRoutes + quoteRoutes + paymentRoutes + answerRoutes).needing(.pay)
            + (refundRoutes + recallRoutes + disputeRoutes).needing(.refund) + merchantRoutes.needing(.admin)
            + rateRoutes.needing(.rates) + feeRoutes + participantRoutes + messageRoutes.needing(.admin)
            + inboxRoutes.needing([.pay, .refund]) + webhookRoutes.needing(.admin) + exceptionRoutes
            + operatorClaimRoutes.needing(.operator) + disputeDecisionRoutes + statusRoutes + referenceRoutes
    }

    var now: Timestamp { engine.clock.now() }

    /// Has the switch do something, and waits until it is durable.
    func submit(
        _ command: Command,
        for call: ParticipantCall
    ) async throws(Problem) -> (reply: Reply, isReplay: Bool) {
        try await submit(
            Submission(caller: .participant(call.participant), command: command, idempotency: call.idempotency)
        )
    }

    func submit(_ submission: Submission) async throws(Problem) -> (reply: Reply, isReplay: Bool) {
        let outcome: Outcome
        do throws(SubmissionError) {
            outcome = try await engine.submit(submission)
        } catch {
            throw Problem(error)
        }
        switch outcome.result {
        case .success(let reply): return (reply, outcome.isReplay)
        case .failure(let refusal): throw Problem(refusal, isReplay: outcome.isReplay)
        }
    }

    /// Reads what has been committed.
    func read<Answer>(
        _ body: (any StoreReader) throws(StoreError) -> Answer
    ) throws(Problem) -> Answer {
        do throws(StoreError) {
            return try engine.store.read(body)
        } catch {
            throw Problem(error)
        }
    }
}

/// Ends a call whose command was answered with another kind of reply than it has: a defect. The reply itself may hold
/// names, so it is not told.
func unexpected(_ reply: Reply) -> Never { preconditionFailure("The switch answered with another kind of reply") }
