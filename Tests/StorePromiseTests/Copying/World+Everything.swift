import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension World {
    /// Rows for every table, with values that databases like to get wrong, upon ``foundation``.
    static func everything(_ transaction: inout Transaction) {
        addPayments(&transaction)
        addClaims(&transaction)
        addSettings(&transaction)
        addAnswers(&transaction)
        addWork(&transaction)
        addBakong(&transaction)
        transaction.append(line(.hold))
        transaction.append(line(.direct, transaction: 2))
        transaction.append(line(.post))
    }

    private static func addPayments(_ transaction: inout Transaction) {
        let states = PaymentState.allCases
        for (number, state) in zip(UInt64(1)..., states) {
            let bridged = number == 3 ? bridgedPrice : price
            pay(payment(number, price: bridged, state: state, history: [0, 255, UInt8(number)]), in: &transaction)
        }
        transaction.quotes.set(quote(900).id, quote(900, possibleDuplicate: true))
        transaction.resolutions.set(resolution(1).id, resolution(1, fixedAmount: yen(.max), reference: "a\u{0}b"))
        transaction.resolutions.set(resolution(2).id, resolution(2))
        transaction.parties.set(
            payment(1).id,
            PaymentParties(
                payerName: "Chan Sokha",
                payerAccount: "a\u{0}b",
                merchantName: "𠮷野家",
                merchantLocalName: nil,
                merchantCity: "",
                merchantKey: merchantKey,
                reference: "'; DROP TABLE x; --"
            )
        )
        transaction.refunds.set(refund(1, of: 1).id, refund(1, of: 1))
        transaction.codeClaims.set(payment(1).code, payment(1).id)
        transaction.exceptionCases.set(payment(1).id, exceptionCase(of: payment(1).id))
        transaction.exceptionCases.set(
            payment(2).id,
            exceptionCase(of: payment(2).id, proposer: "sokha", approver: "m-tanaka")
        )
    }

    private static func addClaims(_ transaction: inout Transaction) {
        let freeze = Recall.Freeze(dueAt: now, state: .frozen, amount: yen(980), reportedAt: now)
        let recalls = [
            recall(1, of: 1, freeze: freeze), recall(2, of: 2, state: .accepted, refund: refund(1, of: 1).id),
            recall(3, of: 3, state: .refused),
        ]
        for recall in recalls { transaction.recalls.set(recall.id, recall) }
        transaction.disputes.set(dispute(1, of: 1).id, dispute(1, of: 1))
        transaction.disputes.set(dispute(2, of: 2).id, dispute(2, of: 2, state: .escalated, by: .acquirer))
        for number: UInt64 in 1...20 { add(file(number, of: 1, byteCount: Int(number)), in: &transaction) }
        let events = [
            event(1, of: 1, note: "ラーメン"), event(2, of: 1, by: .operations(nil), evidence: file(1, of: 1).id),
            event(3, of: 1, by: .system), event(1, of: 2, by: .operations(OperatorID("sokha"))),
        ]
        for event in events { transaction.disputeEvents.set(event.key, event) }
    }

    private static func addSettings(_ transaction: inout Transaction) {
        transaction.apiKeys.set(id(.apiKey, 1), apiKey(1))
        transaction.apiKeys.set(id(.apiKey, 2), apiKey(2, revokedAt: now))
        transaction.apiKeys.set(id(.apiKey, 3), operatorKey(3))
        for name in ["sokha", "m-tanaka"] { transaction.people.set(colleague(name).id, colleague(name)) }
        for change in accessChanges { transaction.accessChanges.set(change.id, change) }
        transaction.webhooks.set(issuer, Webhooks([webhook(1), webhook(2, events: Set(Webhook.Event.allCases))]))
        let rich = ProviderRate(
            provider: issuer,
            mid: rate("26.8227424749"),
            spreadBasisPoints: 100,
            tiers: [.init(fromMinorUnits: .max, spreadBasisPoints: 1)],
            improvements: [.init(issuer: acquirer, basisPoints: 1)],
            publishedAt: now
        )
        transaction.rateBoards.set(pair, RateBoard(pair: pair, rates: [providerRate, rich]))
        transaction.feeTables.set(Corridor.cambodiaToJapan.id, feeTable(100, 200, participant: issuer))
        transaction.roundingRests.set(rest.key, rest)
        let act = { (name: String) in ShopFreeze.Act(person: person(name), at: now, reason: "違う ' ហាង") }
        transaction.shopFreezes.set(
            merchantID,
            ShopFreeze(shop: merchantID, freezing: act("sokha"), lifting: act("yuki"))
        )
        for number: UInt64 in 1...2 {
            let subject = number == 1 ? id(.payment, 1) : nil
            let entry = AuditEntry(
                id: id(.message, 90 + number),
                person: person("sokha"),
                act: .froze,
                subject: subject
            )
            transaction.auditEntries.set(entry.id, entry)
        }
        for tally in [tally(1), tally(2, purchases: 60)] { transaction.payers.set(tally.payer, tally) }
        transaction.paces.set(merchantID, ShopPace(merchant: merchantID, day: -3, today: 1, usualSixteenths: .max))
        for alert in [alert("a"), alert("ច", raised: 5, cleared: 9)] { transaction.alerts.set(alert.key, alert) }
    }

    private static func addAnswers(_ transaction: inout Transaction) {
        let id = id(.payment, 7)
        let answers: [StoredAnswer] = [
            .resolution(ResolutionID(id)), .quote(QuoteID(id)), .payment(PaymentID(id)), .refund(RefundID(id)),
            .recall(RecallID(id)), .dispute(DisputeID(id)), .evidence(EvidenceID(id)), .paymentReport(PaymentID(id)),
            .disputeEvent(DisputeEvent.Key(dispute: DisputeID(id), number: 12)), .webhook(id, secretNumber: 3),
            .merchant(.khqr(account: "ហាង@aclb", merchantID: "x")), .ratesPublished(count: .max),
            .refused(Refusal(.amountMismatch, "")), .refused(Refusal(.amountMismatch, "a\u{0}b")),
        ]
        for (number, answer) in answers.enumerated() {
            transaction.idempotency.set(key("key-\(number)"), record(answer))
        }
    }

    private static func addWork(_ transaction: inout Transaction) {
        let messages = [
            message(1, payment: 1), message(2, payment: 2, .inInbox, attempts: 3),
            message(3, payment: 3, .givenUp, attempts: 9, dueAt: nil),
        ]
        for message in messages { transaction.messages.set(message.id, message) }
        let toWebhook = OutboxMessage(
            id: id(.message, 4),
            kind: .event,
            destination: issuer,
            target: OutboxMessage.Target(webhook: id(.webhook, 1), event: .paymentUpdated),
            payment: payment(1).id,
            refund: refund(1, of: 1).id,
            claim: id(.recall, 1),
            state: .completed,
            createdAt: now,
            standing: .sending,
            attempts: 0,
            dueAt: now
        )
        transaction.messages.set(toWebhook.id, toWebhook)
        for kind in [TimerKey.Kind.decisionDeadline, .unresolved] {
            transaction.timers.set(TimerKey(kind: kind, payment: payment(1).id), now)
        }
    }
}
