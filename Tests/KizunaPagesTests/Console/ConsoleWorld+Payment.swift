import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension ConsoleWorld {
    /// A payment of 1,980 yen by a Cambodian payer, to which people have been called: the shop's bank said no, then
    /// yes, and does not undo it.
    func addPayment() async throws -> Payment {
        try await joinBanks()
        let submitted = try await submit()
        let acquirer = Caller.participant(Self.acquirer)
        for outcome in [DeliveryOutcome.refused(.merchantClosed), .accepted, .cancellationRefused(.customerDecision)] {
            _ = try await perform(.destinationAnswered(payment: submitted.id, outcome), by: acquirer)
        }
        guard let payment = try payment(submitted.id), payment.state == .exception else { throw Surprise(status: 0) }
        return payment
    }

    static let receipt = "<script>alert(1)</script> One bowl of noodles"

    /// A dispute about a payment, with a file, which its banks could not settle.
    func addDispute() async throws -> Dispute {
        try await joinBanks()
        let payment = try await submit()
        let (issuer, acquirer) = (Caller.participant(Self.issuer), Caller.participant(Self.acquirer))
        _ = try await perform(.destinationAnswered(payment: payment.id, .accepted), by: acquirer)
        let open = OpenDispute(payment: payment.id, reason: .fraud, amount: nil, note: nil)
        guard case .dispute(let dispute) = try await perform(.openDispute(open), by: issuer) else {
            throw Surprise(status: 0)
        }
        let receipt = Array(Self.receipt.utf8)
        let evidence = AddEvidence(
            dispute: dispute.id,
            mediaType: .plainText,
            bytes: receipt,
            digest: engine.digester.sha256(receipt)
        )
        _ = try await perform(.addEvidence(evidence), by: issuer)
        for (action, caller) in [(DisputeMachine.Action.rejected, acquirer), (.escalated, issuer)] {
            let act = ActOnDispute(dispute: dispute.id, action: action, note: nil)
            _ = try await perform(.actOnDispute(act), by: caller)
        }
        return dispute
    }

    private static let issuer = participant("mekong-bank")
    private static let acquirer = participant("naniwa-acquiring")
    private static let provider = participant("tonle-fx")

    private static func participant(_ text: String) -> ParticipantID {
        guard let id = ParticipantID(text) else { preconditionFailure("A test names a participant badly") }
        return id
    }

    private func joinBanks() async throws {
        let banks: [(ParticipantID, Country, Participant.Roles)] = [
            (Self.issuer, .cambodia, .issuer), (Self.acquirer, .japan, .acquirer), (Self.provider, .japan, .fxProvider),
        ]
        for (id, country, roles) in banks {
            let participant = Participant(
                id: id,
                name: id.description,
                country: country,
                roles: roles,
                linkKind: .singlePhase,
                issuerFeeBasisPoints: 50
            )
            _ = try await perform(.joinParticipant(participant, netDebitCaps: [:]), by: .operations)
        }
        let rate = PublishRate(
            pair: CurrencyPair(payer: .khr, merchant: .jpy),
            mid: try Rate(reference: "26.8227424749"),
            spreadBasisPoints: 50
        )
        _ = try await perform(.publishRates([rate]), by: .participant(Self.provider))
        try await registerShop()
    }

    /// One more bank of Japanese shops.
    func joinBank(_ name: String) async throws {
        let id = Self.participant(name)
        let bank = Participant(id: id, name: name, country: .japan, roles: .acquirer)
        _ = try await perform(.joinParticipant(bank, netDebitCaps: [:]), by: .operations)
    }

    /// Why the shop's code cannot be paid; `nil` where it can.
    func scan() async throws -> RefusalCode? {
        let code = CodeDigest(UniqueID(bytes: Digest.md5(Array(Self.code.utf8))[...]))
        let command = Command.resolve(Resolve(payload: Self.code, code: code))
        let outcome = try await engine.submit(Submission(caller: .participant(Self.issuer), command: command))
        guard case .failure(let refusal) = outcome.result else { return nil }
        return refusal.code
    }

    func registerShop() async throws {
        let shop = RegisterMerchant(
            key: .jpqr(levels: ["0000000000001", "0001", "000001", "000001"]),
            name: "<b>Kizuna",
            localName: "きずな",
            city: "TOKYO",
            categoryCode: "5812",
            acceptsForeignPayers: true
        )
        _ = try await perform(.registerMerchant(shop), by: .participant(Self.acquirer))
    }

    private func submit() async throws -> Payment {
        let issuer = Caller.participant(Self.issuer)
        let code = CodeDigest(UniqueID(bytes: Digest.md5(Array(Self.code.utf8))[...]))
        let resolved = try await perform(.resolve(Resolve(payload: Self.code, code: code)), by: issuer)
        guard case .resolution(let resolution, _) = resolved else { throw Surprise(status: 1) }
        let amount = Money(minorUnits: 1_980, currency: .jpy)
        let request = RequestQuote(resolution: resolution.id, payerCurrency: .khr, amount: amount)
        guard case .quote(let quote) = try await perform(.quote(request), by: issuer) else { throw Surprise(status: 2) }
        var random = SystemRandom()
        let submission = SubmitPayment(
            quote: quote.id,
            uetr: UETR(.version4(using: &random)),
            merchantAmount: quote.price.merchantAmount,
            payerDebit: quote.price.payerDebit,
            payer: PayerKey(UniqueID(high: 7, low: 1)),
            payerName: "Chan Sokha",
            payerAccount: "855-12-34567",
            acceptedAt: clock.now()
        )
        guard case .payment(let payment) = try await perform(.submit(submission), by: issuer) else {
            throw Surprise(status: 3)
        }
        return payment
    }

    private func perform(_ command: Command, by caller: Caller) async throws -> Reply {
        try await engine.submit(Submission(caller: caller, command: command)).result.get()
    }
}
