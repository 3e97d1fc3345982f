import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

/// A life that is run once more comes out as it was, and whatever was changed since is named.
@Suite struct ReplayTests {
    /// A payment with what a store keeps of it.
    struct Kept {
        var payment: Payment
        var refunds: [Refund] = []
        var lines: [Transfer] = []

        func replayed() -> PaymentReplay { PaymentReplay(of: payment, refunds: refunds, lines: lines) }
    }

    typealias Life = [(PaymentMachine.Trigger, PaymentHistory.Actor)]

    private static func people() throws -> PaymentHistory.Actor {
        .operators(proposer: try #require(OperatorID("sokha")), approver: try #require(OperatorID("yuki")))
    }

    private static func lives() throws -> [Life] {
        let unknown: Life = [(.decisionDeadlinePassed, .clock), (.unresolvedTooLong, .clock)]
        let exception: Life = unknown + [(.reversalRefused, .destination)]
        let aborted: Life = [(.destinationRefused, .destination), (.destinationAccepted, .destination)]
        return [
            [], [(.destinationAccepted, .destination), (.commitRecorded, .destination)],
            [(.destinationRefused, .destination)], unknown, unknown + [(.reversalConfirmed, .destination)],
            exception, exception + [(.operatorHonoured, try people())], exception + [(.operatorReversed, try people())],
            aborted + [(.reversalOverdue, .clock), (.operatorHonoured, try people())],
            aborted + [(.reversalConfirmed, .destination)],
        ]
    }

    /// Lives a life as the switch does, with refunds where it ends paid.
    private static func live(_ life: Life) throws -> Kept {
        var kept = Kept(payment: try World.payment(link: .singlePhase))
        let accounts = PaymentSides(of: kept.payment).all + [.suspense(.khr), .suspense(.jpy)]
        var books = Ledger(accounts: accounts.map { Account(id: $0) })
        let start: Life = [(.checksPassed, .issuer), (.handedToLink, .issuer)]
        for (number, (trigger, actor)) in (start + life).enumerated() {
            let now = World.now.adding(.seconds(number < 2 ? 0 : number))
            let effects = try kept.payment.handle(trigger, by: actor, reason: .merchantClosed, at: now)
            for effect in effects { try books.post(effect, for: kept.payment, at: now) }
        }
        if kept.payment.state.isPaid {
            for part: UInt64 in 1...2 {
                let now = World.now.adding(.seconds(100 + Int64(part)))
                let refund = try kept.payment.refund(
                    part == 1 ? Money(minorUnits: 500, currency: .jpy) : nil,
                    id: RefundID(UniqueID(high: 7, low: part)),
                    uetr: UETR(UniqueID(high: 8, low: part)),
                    reason: .customerRequest,
                    at: now
                )
                try books.postRefund(refund, of: kept.payment, at: now)
                kept.refunds.append(refund)
            }
        }
        kept.lines = books.journal
        return kept
    }

    @Test(arguments: 0..<10) func findsNothingInATrueLife(number: Int) throws {
        let kept = try Self.live(try Self.lives()[number])
        let replay = kept.replayed()
        #expect(replay.difference == nil)
        #expect(replay.steps.last?.event.state == kept.payment.state)
        #expect(replay.steps.flatMap(\.lines) == kept.lines)
        #expect(replay.positions.isEmpty == (kept.payment.state != .exception && !kept.payment.state.isPaid))
    }

    @Test func namesTheFirstDifference() throws {
        let kept = try Self.live(try Self.lives()[1])
        #expect(kept.replayed().difference == nil)

        var shorter = kept
        shorter.lines.removeLast()
        #expect(
            shorter.replayed().difference == .line(number: kept.lines.count - 1, stored: nil, replayed: kept.lines.last)
        )
        var changed = kept
        let first = kept.lines[0]
        changed.lines[0] = Transfer(
            transaction: first.transaction,
            leg: first.leg,
            kind: first.kind,
            debit: first.credit,
            credit: first.debit,
            minorUnits: first.minorUnits,
            at: first.at
        )
        #expect(changed.replayed().difference == .line(number: 0, stored: changed.lines[0], replayed: first))
        var unrefunded = kept
        unrefunded.refunds.removeLast()
        #expect(unrefunded.replayed().difference == .refund(part: 2))
    }

    @Test func namesAHistoryThatIsNot() throws {
        func difference(_ state: PaymentState, _ history: [UInt8]) throws -> PaymentReplay.Difference? {
            let begun = try World.payment(link: .twoPhase)
            let payment = Payment(
                id: begun.id,
                uetr: begun.uetr,
                quote: begun.quote,
                issuer: begun.issuer,
                acquirer: begun.acquirer,
                provider: begun.provider,
                merchant: begun.merchant,
                price: begun.price,
                link: begun.link,
                code: begun.code,
                isSingleUse: begun.isSingleUse,
                submittedAt: begun.submittedAt,
                payer: begun.payer,
                state: state,
                history: PaymentHistory(bytes: history)
            )
            return PaymentReplay(of: payment, refunds: [], lines: []).difference
        }
        #expect(try difference(.sent, [1]) == .unreadableHistory)
        // From SENT: a reversal confirmed; then an acceptance that is said to lead to REJECTED.
        #expect(try difference(.reversed, [13, 0x2D, 0]) == .outOfOrder(event: 3, from: .sent))
        #expect(try difference(.rejected, [8, 0x2A, 0]) == .state(event: 3, replayed: .accepted))
        #expect(try difference(.completed, [8, 0x26, 0, 19, 0x48, 0]) == .refund(part: 1))
    }
}
