import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The operations that only a sandbox has.
struct SandboxDesk: Sendable {
    let desk: Desk
    let players: any SandboxPlayers
    private let limiter = RateLimiter(RateLimiter.Rate(perSecond: 1, burst: 20))

    /// As many as a sandbox takes; one that is full starts over on a new database.
    private static let mostParticipants = 10_000

    init(_ desk: Desk, players: any SandboxPlayers) {
        self.desk = desk
        self.players = players
    }

    var routes: [Route] { [guide, joining] + [paying].needing(.pay) }

    private var guide: Route {
        Route(
            .get,
            "/v1/sandbox",
            name: "getSandbox",
            chapter: .sandbox,
            summary: "Lists the magic amounts, and shops with codes to scan: every way in which a payment can end.",
            answers: .ok(.sandboxGuide, "What can be tried."),
            handler: .open(showGuide)
        )
    }

    private var joining: Route {
        Route(
            .post,
            "/v1/sandbox/participants",
            name: "createSandboxParticipant",
            chapter: .sandbox,
            summary: "Lets a newcomer join, with a key, a secret for checking signatures, and codes to begin with.",
            body: .json(.newcomerRequest),
            answers: .created(.newcomer, "The newcomer. Its key and its secret are shown once.").located,
            refusals: [.missingData],
            handler: .open(join)
        )
    }

    private var paying: Route {
        Route(
            .post,
            "/v1/sandbox/payments",
            name: "createSandboxPayment",
            chapter: .sandbox,
            summary: "Has a simulated wallet of the other country pay a code of the caller's.",
            body: .json(.sandboxPaymentRequest),
            answers: .created(.sandboxPayment, "The payment is on its way to the caller."),
            refusals: .ofShop + .ofAmount + [
                .qrInvalid, .qrExpired, .limitExceeded, .liquidity, .noRate, .notFound, .duplicate, .uetrUsed,
                .quoteUsed, .quoteExpired, .agentMismatch, .tooLate, .idempotencyConflict, .idempotencyInProgress,
            ],
            idempotency: .needed,
            handler: .participant(pay)
        )
    }

    private func showGuide(_ call: Call) -> HTTPResponse {
        .json([
            "amounts": .array(players.amounts.map { JSON($0) }),
            "shops": .array(players.shops(at: desk.now).map { JSON($0) }),
        ])
    }
}

// MARK: - Joining

extension SandboxDesk {
    /// What a newcomer may owe before settlement, in minor units: ample for trials.
    private static let netDebitCaps: [Currency: Int64] = [
        .khr: 4_000_000_000_00, .usd: 1_000_000_00, .jpy: 150_000_000,
    ]

    private func join(_ call: Call) async throws(Problem) -> HTTPResponse {
        guard limiter.admits(.address(call.request.remoteAddress), at: desk.now) else {
            throw Problem(.rateLimited, "One newcomer a second from one address; send this again in a moment.")
        }
        let newcomer = try Newcomer(call.body, id: desk.newID(), within: desk.reach, at: desk.now, players)
        try checkRoom()
        let participant = newcomer.participant
        try await operate(.joinParticipant(participant, netDebitCaps: SandboxDesk.netDebitCaps))
        let key = players.newKey()
        try await operate(.addAPIKey(AddAPIKey(participant: participant.id, digest: key.sha256)))
        let signingKeyID = try await add(newcomer.credentials)
        let shop = try await openShop(of: newcomer)
        let abroad = players.shops(at: desk.now).filter { $0.country != participant.country }
        let answer = JSON(
            newcomer,
            key: key.text,
            webhookSecret: desk.signer.text(of: SigningSecret(of: participant.id)),
            signingKeyID: signingKeyID,
            shop: shop,
            codes: participant.roles.contains(.issuer) ? abroad : []
        )
        return .json(answer, status: 201, location: "/v1/participants/\(participant.id)")
    }

    /// - Returns: the `keyid` of signatures, for one that signs.
    private func add(_ credentials: [AddAPIKey]) async throws(Problem) -> UniqueID? {
        var signingKeyID: UniqueID?
        for credential in credentials {
            let reply = try await operate(.addAPIKey(credential))
            guard case .apiKey(let id) = reply else { unexpected(reply) }
            if credential.kind == .signing { signingKeyID = id }
        }
        return signingKeyID
    }

    private func checkRoom() throws(Problem) {
        let count = try desk.read { reader throws(StoreError) in try reader.participants().count }
        guard count < SandboxDesk.mostParticipants else {
            throw Problem(.overloaded, "This sandbox is full; ask its operator to start a new one.")
        }
    }

    @discardableResult
    private func operate(_ command: Command) async throws(Problem) -> Reply {
        try await desk.submit(Submission(caller: .operations, command: command)).reply
    }

    /// Registers a shop for a newcomer that has some.
    private func openShop(of newcomer: Newcomer) async throws(Problem) -> JSON {
        guard let shop = newcomer.shop else { return .null }
        let caller = Caller.participant(newcomer.participant.id)
        let submission = Submission(caller: caller, command: .registerMerchant(shop.registration))
        let reply = try await desk.submit(submission).reply
        guard case .merchant(let merchant) = reply else { unexpected(reply) }
        return [
            "merchantId": JSON(name: merchant.id), "name": .string(merchant.name),
            "currency": .string(shop.currency.code), "payload": .string(shop.printedCode),
        ]
    }
}

// MARK: - Paying

extension SandboxDesk {
    private func pay(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let payload = try fields.scannedText("payload", maximum: Desk.longestPayload)
        let amount = try fields.optionalMoney("amount")
        try fields.finish()
        let caller = try desk.read { reader throws(StoreError) in try reader.participant(call.participant) }
        guard let caller else { throw .notFound("This key's participant is not on the switch.") }
        let order = SandboxOrder(
            payload: payload,
            amount: amount,
            country: caller.country == .japan ? .cambodia : .japan,
            acquirer: caller.id,
            id: orderID(of: call)
        )
        return .json(try await players.pay(order), status: 201)
    }

    /// The same for the same caller and `Idempotency-Key`.
    private func orderID(of call: ParticipantCall) -> UniqueID {
        let key = call.request.headers["Idempotency-Key"] ?? ""
        return UniqueID(bytes: desk.engine.digester.sha256(Array("\(call.participant)/\(key)".utf8)).prefix(16))
    }
}
