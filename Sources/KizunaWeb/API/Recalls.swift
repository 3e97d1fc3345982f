import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Asking for money back after a payment has become final (`flows.md` 7).
extension Desk {
    var recallRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/payments/{paymentId:id}/recalls",
                name: "createRecall",
                chapter: .recalls,
                summary: "Asks the shop's bank to give back a payment of the caller's payer, in full or in part.",
                body: .json(.recallRequest),
                answers: .created(.recall, "The recall; the shop's bank is being asked.").located,
                refusals: .ofAmount + [.recallNotPossible, .duplicate, .participantOffline],
                idempotency: .kept(.recall),
                handler: .participant(createRecall)
            ),
            Route(
                .get,
                "/v1/payments/{paymentId:id}/recalls",
                name: "listRecallsOfPayment",
                chapter: .recalls,
                summary: "Lists a payment's recalls.",
                answers: .ok(.items(of: .recall), "The recalls."),
                handler: .participant(listRecallsOfPayment)
            ),
            Route(
                .get,
                "/v1/recalls",
                name: "listRecalls",
                chapter: .recalls,
                summary: "Lists the recalls that the caller asked for or was asked for, a page at a time.",
                query: PageQuery<Recall>.parameters + [
                    QueryParameter(
                        name: "state",
                        summary: "Only those in this state, such as REQUESTED.",
                        schema: .words(Recall.State.allCases.map(\.name))
                    )
                ],
                answers: .ok(.page(of: .recall), "A page of recalls."),
                handler: .participant(listRecalls)
            ),
            Route(
                .get,
                "/v1/recalls/{recallId:id}",
                name: "getRecall",
                chapter: .recalls,
                summary: "Tells where a recall stands.",
                answers: .ok(.recall, "The recall."),
                handler: .participant(getRecall)
            ),
            Route(
                .post,
                "/v1/recalls/{recallId:id}/answer",
                name: "answerRecall",
                chapter: .recalls,
                summary: "Grants or refuses a recall, or says that the caller is looking into it.",
                body: .json(.recallAnswer),
                answers: .ok(.recall.telling(["state": "PENDING"]), "The recall."),
                refusals: .ofAmount + [.recallNotPossible, .refundNotPossible, .uetrUsed, .liquidity],
                idempotency: .needed,
                handler: .participant(answerRecall)
            ),
            Route(
                .post,
                "/v1/recalls/{recallId:id}/freeze",
                name: "reportFreeze",
                chapter: .recalls,
                summary: "Says whether the caller holds fast what was paid by fraud.",
                body: .json(.freezeReport),
                answers: .ok(.frozenRecall, "The recall."),
                refusals: .ofAmount + [.recallNotPossible],
                idempotency: .needed,
                handler: .participant(reportFreeze)
            ),
        ]
    }

    // MARK: The issuer

    private func createRecall(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let reason: Recall.Reason = try fields.choice("reason")
        let amount = try fields.optionalMoney("amount")
        try fields.finish()
        let payment = PaymentID(call.parameters.id("paymentId"))
        let command = RequestRecall(payment: payment, reason: reason, amount: amount)
        let (reply, isReplay) = try await submit(.recall(command), for: call)
        guard case .recall(let recall) = reply else { unexpected(reply) }
        return .json(JSON(recall), status: 201, location: "/v1/recalls/\(recall.id)", isReplay: isReplay)
    }

    // MARK: The acquirer

    private func answerRecall(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let answer = try fields.recallAnswer()
        try fields.finish()
        return try await change(.answerRecall(RecallID(call.parameters.id("recallId")), answer), by: call)
    }

    private func reportFreeze(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let frozen = try fields.frozenAmount()
        try fields.finish()
        return try await change(.reportFreeze(RecallID(call.parameters.id("recallId")), frozen: frozen), by: call)
    }

    private func change(_ command: Command, by call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let (reply, _) = try await submit(command, for: call)
        guard case .recall(let recall) = reply else { unexpected(reply) }
        return .json(JSON(recall))
    }

    // MARK: Asking

    private func listRecallsOfPayment(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let payment = try self.payment(of: call)
        guard call.participant == payment.issuer || call.participant == payment.acquirer else {
            throw .notFound("Recalls are between the payer's bank and the shop's.")
        }
        let recalls = try read { reader throws(StoreError) in try reader.recalls(of: payment.id) }
        return .json(["items": .array(recalls.map { JSON($0) })])
    }

    private func listRecalls(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let page = try PageQuery<Recall>(call.query)
        let state = try call.query.choice("state", among: Recall.State.allCases, by: \.name)
        let found = try read { reader throws(StoreError) in
            try reader.recalls(of: call.participant, in: state, after: page.last, limit: page.limit + 1)
        }
        return page.response(found, id: \.id) { JSON($0) }
    }

    private func getRecall(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let id = RecallID(call.parameters.id("recallId"))
        let recall = try read { reader throws(StoreError) in try reader.recall(id) }
        guard let recall, recall.issuer == call.participant || recall.acquirer == call.participant else {
            throw .notFound("No such recall of yours.")
        }
        return .json(JSON(recall))
    }
}

extension JSONFields {
    fileprivate mutating func recallAnswer() throws(Problem) -> RecallAnswer {
        let status = try string("status", maximum: 16)
        let reason: ReversalRefusal? = try optionalChoice("reason")
        let amount = try optionalMoney("amount")
        let uetr = try optionalUETR("uetr")
        guard status == "ACCEPTED" || amount == nil && uetr == nil else {
            throw invalid(amount == nil ? "uetr" : "amount", "belongs to ACCEPTED only")
        }
        guard status == "REFUSED" || reason == nil else { throw invalid("reason", "belongs to REFUSED only") }
        switch status {
        case "ACCEPTED": return .granted(amount: amount, uetr: uetr)
        case "REFUSED":
            guard let reason else { throw missing("reason") }
            return .refused(reason)
        case "PENDING": return .pending
        default: throw invalid("status", "must be ACCEPTED, REFUSED or PENDING")
        }
    }

    fileprivate mutating func frozenAmount() throws(Problem) -> Money? {
        let status = try string("status", maximum: 16)
        let amount = try optionalMoney("amount")
        switch status {
        case "FROZEN":
            guard let amount else { throw missing("amount") }
            return amount
        case "GONE":
            guard amount == nil else { throw invalid("amount", "belongs to FROZEN only") }
            return nil
        default: throw invalid("status", "must be FROZEN or GONE")
        }
    }
}

extension Schema {
    /// What `createRecall` reads.
    static let recallRequest = request([
        "reason": .words(Recall.Reason.allCases, .fraud),
        "amount": .payable("1480", .jpy).optional.saying("All that is left, unless said."),
    ])
    .named("RecallRequest", "Money to ask back.")

    /// What ``JSONFields/recallAnswer()`` reads.
    static let recallAnswer = choice([
        request(["status": .words(["PENDING"])]),
        request([
            "status": .words(["ACCEPTED"]),
            "amount": .payable("1480", .jpy).optional,
            "uetr": .newUETR.optional,
        ]),
        request(["status": .words(["REFUSED"]), "reason": .words(ReversalRefusal.allCases, .customerDecision)]),
    ])
    .named("RecallAnswer", "What the shop's bank says to a recall.")

    /// What ``JSONFields/frozenAmount()`` reads.
    static let freezeReport = choice([
        request(["status": .words(["FROZEN"]), "amount": .payable("1480", .jpy)]),
        request(["status": .words(["GONE"])]),
    ])
    .named("FreezeReport", "Whether what was paid by fraud is held fast.")
}
