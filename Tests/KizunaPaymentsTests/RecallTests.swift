import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct RecallTests {
    private static func recall(
        _ payment: Payment,
        _ minorUnits: Int64? = nil,
        _ reason: Recall.Reason = .duplicate,
        currency: Currency = .jpy,
        after: Duration = .zero
    ) throws(Refusal) -> Recall {
        try payment.recall(
            minorUnits.map { Money(minorUnits: $0, currency: currency) },
            id: RecallID(UniqueID(high: 6, low: 1)),
            reason: reason,
            calendar: BusinessCalendar(.japan),
            at: World.now.adding(after)
        )
    }

    @Test func asksForWhatIsLeft() throws {
        var payment = try World.payment(state: .completed)
        #expect(try Self.recall(payment).amount.minorUnits == 1_980)
        _ = try RefundTests.refund(&payment, 500)
        #expect(try Self.recall(payment).amount.minorUnits == 1_480)
        #expect(try Self.recall(payment, 1).amount.minorUnits == 1)
        #expect(try Self.recall(payment, 1_480).amount.minorUnits == 1_480)
    }

    @Test func refusesWhatIsNotThere() throws {
        let code = { (payment: Payment, amount: Int64?, currency: Currency, after: Duration) -> RefusalCode? in
            do throws(Refusal) {
                _ = try Self.recall(payment, amount, currency: currency, after: after)
                return nil
            } catch { return error.code }
        }
        let payment = try World.payment(state: .completed)
        #expect(code(payment, 1_981, .jpy, .zero) == .amountMismatch)
        #expect(code(payment, 0, .jpy, .zero) == .amountInvalid)
        #expect(code(payment, 100, .khr, .zero) == .currencyNotSupported)
        #expect(code(payment, nil, .jpy, Recall.window) == nil)
        #expect(code(payment, nil, .jpy, Recall.window + .milliseconds(1)) == .recallNotPossible)
        for state in PaymentState.allCases where state != .completed && state != .partiallyRefunded {
            #expect(code(try World.payment(state: state), nil, .jpy, .zero) == .recallNotPossible)
        }
    }

    /// Only fraud has money frozen, within a day; everything has ten business days.
    @Test(arguments: Recall.Reason.allCases) func setsDeadlines(reason: Recall.Reason) throws {
        let recall = try Self.recall(try World.payment(state: .completed), nil, reason)
        // 2025-10-09T08:53:20Z, a Thursday in Japan; the tenth business day after it ends on the 23rd.
        #expect(recall.answerDueAt == Timestamp(milliseconds: 1_761_231_600_000))
        #expect(recall.freeze?.dueAt == (reason == .fraud ? World.now.adding(.seconds(86_400)) : nil))
    }

    @Test func takesWhatTheAcquirerSaysOfTheMoney() throws {
        let payment = try World.payment(state: .completed)
        var recall = try Self.recall(payment, 500, .fraud)
        let code = { (recall: Recall, amount: Money?) -> RefusalCode? in
            var recall = recall
            do throws(Refusal) {
                try recall.report(frozen: amount, at: World.now)
                return nil
            } catch { return error.code }
        }
        #expect(code(recall, Money(minorUnits: 501, currency: .jpy)) == .amountMismatch)
        #expect(code(recall, Money(minorUnits: 0, currency: .jpy)) == .amountMismatch)
        #expect(code(recall, Money(minorUnits: 500, currency: .usd)) == .currencyNotSupported)
        #expect(code(try Self.recall(payment), nil) == .recallNotPossible)
        try recall.report(frozen: Money(minorUnits: 500, currency: .jpy), at: World.now)
        #expect(recall.freeze?.state == .frozen)
        recall.noteFreezeOverdue()
        #expect(recall.freeze?.state == .frozen)
        try recall.report(frozen: nil, at: World.now)
        #expect(recall.freeze?.state == .gone)
        #expect(recall.freeze?.amount == nil)
    }

    @Test func forgetsNothingButTheAnswerInItsFirstForm() throws {
        let first = try Self.recall(try World.payment(state: .completed), 500, .fraud)
        var recall = first
        _ = try recall.handle(.refused, refusal: .legalDecision, at: World.now.adding(.seconds(1)))
        try recall.report(frozen: nil, at: World.now)
        #expect(recall.refusal == .legalDecision)
        #expect(recall.changedAt == World.now.adding(.seconds(1)))
        #expect(recall.asRequested == first)
    }
}

@Suite struct RecallMachineTests {
    /// What each trigger makes of each state; no row for what is refused.
    static let table: [(Recall.State, RecallMachine.Trigger, Recall.State)] = [
        (.requested, .postponed, .pending), (.requested, .granted, .accepted), (.requested, .refused, .refused),
        (.requested, .refundedOtherwise, .accepted), (.requested, .answerOverdue, .lapsed),
        (.pending, .postponed, .pending), (.pending, .granted, .accepted), (.pending, .refused, .refused),
        (.pending, .refundedOtherwise, .accepted), (.pending, .answerOverdue, .lapsed),
        (.accepted, .granted, .accepted), (.refused, .refused, .refused),
    ]

    @Test func goesEveryWayOfTheTableAndNoOther() throws {
        #expect(RecallMachine.edges.count == Self.table.count)
        for state in Recall.State.allCases {
            for trigger in RecallMachine.Trigger.allCases {
                let expected = Self.table.first { $0.0 == state && $0.1 == trigger }?.2
                var recall = Recall(
                    id: RecallID(UniqueID(high: 6, low: 1)),
                    payment: PaymentID(UniqueID(high: 1, low: 1)),
                    issuer: World.issuer,
                    acquirer: World.acquirer,
                    reason: .technical,
                    amount: Money(minorUnits: 1, currency: .jpy),
                    requestedAt: World.now,
                    answerDueAt: World.now,
                    state: state
                )
                do throws(Refusal) {
                    _ = try recall.handle(trigger, at: World.now)
                    #expect(recall.state == expected)
                } catch {
                    #expect(expected == nil)
                    #expect(error.code == .recallNotPossible)
                }
            }
        }
    }

    @Test func stopsTheClockExactlyWhenItEnds() {
        for edge in RecallMachine.edges where edge.from.isOpen {
            #expect(edge.effects.contains(.stopClocks) == !edge.to.isOpen, "\(edge)")
            #expect(edge.effects.contains(.tellIssuer) == (edge.from != edge.to), "\(edge)")
        }
    }
}

@Suite struct BusinessCalendarTests {
    /// A moment in UTC, a number of business days, and the end that it gives.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let country: Country
        let from: Int64
        let days: Int
        let end: Int64

        init(_ description: String, _ country: Country, _ from: Int64, _ days: Int, _ end: Int64) {
            testDescription = description
            self.country = country
            self.from = from
            self.days = days
            self.end = end
        }
    }

    static let cases: [Case] = [
        // 2026-11-23 is a Monday; its midnights in Japan are 15:00 UTC of the days before.
        Case("Monday", .japan, 1_795_359_600_000, 1, 1_795_532_400_000),
        Case("Monday's last", .japan, 1_795_445_999_999, 1, 1_795_532_400_000),
        Case("Tuesday's first", .japan, 1_795_446_000_000, 1, 1_795_618_800_000),
        Case("over a weekend", .japan, 1_795_359_600_000, 5, 1_796_050_800_000),
        Case("from Friday", .japan, 1_795_705_200_000, 1, 1_796_050_800_000),
        Case("from Saturday", .japan, 1_795_791_600_000, 1, 1_796_050_800_000),
        Case("from Sunday", .japan, 1_795_878_000_000, 1, 1_796_050_800_000),
        Case("two weeks", .japan, 1_795_359_600_000, 10, 1_796_655_600_000),
        // By the clocks of Cambodia, where midnight is 17:00 UTC.
        Case("Phnom Penh", .cambodia, 1_795_402_800_000, 1, 1_795_539_600_000),
        Case("before 1970", .japan, -1, 1, 140_400_000),
    ]

    @Test(arguments: cases) func endsWithTheDay(_ example: Case) {
        let end = BusinessCalendar(example.country)
            .end(ofBusinessDay: example.days, after: Timestamp(milliseconds: example.from))
        #expect(end == Timestamp(milliseconds: example.end))
    }

    @Test func leavesHolidaysOut() {
        let monday = Timestamp(milliseconds: 1_795_359_600_000)
        let usual = BusinessCalendar(.japan)
        let tuesday = usual.day(of: monday) + 1
        let calendar = BusinessCalendar(.japan, holidays: [tuesday])
        #expect(!calendar.isBusinessDay(tuesday))
        #expect(
            calendar.end(ofBusinessDay: 1, after: monday) == usual.end(ofBusinessDay: 2, after: monday)
        )
    }

    @Test(arguments: [Int64.min, .max]) func standsTheEndsOfTime(milliseconds: Int64) {
        _ = BusinessCalendar(.japan).day(of: Timestamp(milliseconds: milliseconds))
    }
}
