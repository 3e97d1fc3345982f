import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Paying, and asking what became of it (`flows.md` 4.1, 4.6).
extension Desk {
    /// The longest that an answer is held while the payment is under way: the payer leg's limit (`flows.md` 4.5).
    static let longestWaitSeconds = 25

    var paymentRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/payments",
                name: "createPayment",
                chapter: .paying,
                summary: "Pays on a quote: both sides are reserved and the shop's bank is asked.",
                body: .json(.paymentRequest),
                answers: .created(.payment, "Both sides are reserved, and the shop's bank is being asked.").located,
                .ok(.payment, "This UETR was submitted before: the payment as it stands now.").located,
                refusals: .ofShop + .ofAmount + [
                    .notFound, .agentMismatch, .quoteExpired, .quoteUsed, .uetrUsed, .duplicate, .tooLate,
                    .limitExceeded, .liquidity,
                ],
                idempotency: .kept(.submit),
                handler: .participant(createPayment)
            ),
            Route(
                .get,
                "/v1/payments",
                name: "findPayment",
                chapter: .paying,
                summary: "Finds a payment by its UETR.",
                query: [
                    QueryParameter(
                        name: "uetr",
                        summary: "The payment's UETR.",
                        schema: .anyID(ExampleID.uetr),
                        isRequired: true
                    )
                ],
                answers: .ok(.paymentWithParties, "The payment."),
                refusals: [.notFound],
                handler: .participant(findPayment)
            ),
            Route(
                .get,
                "/v1/payments/{paymentId:id}",
                name: "getPayment",
                chapter: .paying,
                summary: "Tells where a payment stands; can wait until it is final.",
                query: [.wait("Seconds, at most 25, to hold the answer until the payment is final.")],
                answers: .ok(.paymentWithParties, "The payment."),
                handler: .participant(getPayment)
            ),
            Route(
                .get,
                "/v1/payments/{paymentId:id}/entries",
                name: "listEntries",
                chapter: .paying,
                summary: "Lists what a payment and its refunds wrote into the journal.",
                answers: .ok(.items(of: .entry), "The lines, in their order."),
                handler: .participant(listEntries)
            ),
        ]
    }

    // MARK: Paying

    private func createPayment(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let command = try SubmitPayment(call.body, by: call.participant, engine.digester)
        let (reply, isReplay) = try await submit(.submit(command), for: call)
        switch reply {
        case .payment(let payment):
            return .json(JSON(payment), status: 201, location: "/v1/payments/\(payment.id)", isReplay: isReplay)
        case .paymentReport(let payment):
            return .json(JSON(payment), location: "/v1/payments/\(payment.id)", isReplay: true)
        default: unexpected(reply)
        }
    }

    // MARK: Asking

    private func findPayment(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        guard let text = call.query["uetr"] else {
            throw Problem(
                .refusal(.missingData),
                "Say which payment: \"?uetr=\" and its UETR.",
                at: .parameter("uetr")
            )
        }
        guard let uetr = UETR(text) else {
            throw Problem(.fieldInvalid, "\"uetr\" must be a UUID.", at: .parameter("uetr"))
        }
        let found = try read { reader throws(StoreError) in try reader.payment(uetr: uetr) }
        return try show(try visible(found, to: call.participant), to: call.participant)
    }

    private func getPayment(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let wait = try call.wait()
        var payment = try self.payment(of: call)
        if let wait, !payment.state.isFinal {
            await engine.waitUntilFinal(payment.id, atMost: .seconds(wait.seconds))
            payment = try self.payment(of: call)
        }
        var response = try show(payment, to: call.participant)
        if let wait, wait.isPreference { response.headers.add("Preference-Applied", "wait=\(wait.seconds)") }
        return response
    }

    private func show(_ payment: Payment, to participant: ParticipantID) throws(Problem) -> HTTPResponse {
        let parties = try read { reader throws(StoreError) in try reader.parties(of: payment.id) }
        guard let parties else { return .json(JSON(payment)) }
        let block = JSON(parties, of: payment, for: participant)
        return .json(JSON(payment).adding([JSON.Member(name: "parties", value: block)]))
    }

    private func listEntries(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let payment = try self.payment(of: call)
        let lines = try read { reader throws(StoreError) in
            var lines = try reader.journal(of: payment.id.value)
            for refund in try reader.refunds(of: payment.id) { lines += try reader.journal(of: refund.id.value) }
            return lines
        }
        return .json(["items": .array(lines.map { JSON($0) })])
    }

    // MARK: Who may see it

    /// The payment that the path names, if it is the caller's.
    func payment(of call: ParticipantCall) throws(Problem) -> Payment {
        let id = PaymentID(call.parameters.id("paymentId"))
        return try visible(
            try read { reader throws(StoreError) in try reader.payment(id) },
            to: call.participant
        )
    }

    private func visible(_ payment: Payment?, to participant: ParticipantID) throws(Problem) -> Payment {
        guard let payment, payment.involves(participant) else {
            throw .notFound("No such payment of yours.")
        }
        return payment
    }
}

extension QueryParameter {
    /// How long an answer is to be held; `Prefer: wait=…` says the same.
    static func wait(_ summary: String) -> QueryParameter {
        QueryParameter(name: "wait", summary: summary, schema: .integer(0...Int64(Desk.longestWaitSeconds), 5))
    }
}

extension Schema {
    /// What `SubmitPayment` reads.
    static let paymentRequest = request([
        "quoteId": .anyID(ExampleID.quote),
        "uetr": .newUETR,
        "merchantAmount": .payable("1980", .jpy).saying("What the caller believes the quote to say."),
        "payerDebit": .payable("53642", .khr).saying("What the caller believes the quote to say."),
        "payer": request([
            "name": .text(1...SubmitPayment.longestName, "Chan Sokha"),
            "account": .text(1...SubmitPayment.longestAccount, "001-234-567"),
        ]),
        "acceptedAt": .anyTimestamp.omitted.saying("When the payer agreed."),
    ])
    .named("PaymentRequest", "Pays on a quote.")
}

extension SubmitPayment {
    /// As long as ISO 20022 has it: Max34Text.
    static let longestAccount = 34
    /// Max140Text.
    fileprivate static let longestName = 140

    fileprivate init(_ body: JSON, by issuer: ParticipantID, _ digester: any Digester) throws(Problem) {
        var fields = try JSONFields(body)
        let quote: QuoteID = try fields.identifier("quoteId")
        let uetr = try fields.uetr("uetr")
        let merchantAmount = try fields.money("merchantAmount")
        let payerDebit = try fields.money("payerDebit")
        var payer = try fields.object("payer")
        let name = try payer.string("name", maximum: SubmitPayment.longestName)
        let account = try payer.string("account", maximum: SubmitPayment.longestAccount)
        try payer.finish()
        let acceptedAt = try fields.optionalTimestamp("acceptedAt")
        try fields.finish()
        self.init(
            quote: quote,
            uetr: uetr,
            merchantAmount: merchantAmount,
            payerDebit: payerDebit,
            payer: PayerKey(issuer: issuer, account: account, digester: digester),
            payerName: name,
            payerAccount: account,
            acceptedAt: acceptedAt
        )
    }
}
