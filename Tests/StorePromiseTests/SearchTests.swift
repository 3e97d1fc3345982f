import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// What operators look for is found, the latest first, and nothing else; and a search says where it ended.
@Suite struct SearchTests {
    private func find(
        _ fixture: any StoreFixture,
        span: Int = PaymentSearch.usualSpan,
        limit: Int = 50,
        _ change: (inout PaymentSearch) -> Void = { _ in }
    ) throws -> PaymentFindings {
        var search = PaymentSearch(limit: limit, span: span)
        change(&search)
        return try fixture.read { reader throws(StoreError) in try reader.payments(search) }
    }

    private func numbers(_ findings: PaymentFindings) -> [UInt64] { findings.payments.map(\.id.value.low) }

    /// Payments 1 to 6, of which the even ones are completed.
    private func sixPayments(_ kind: StoreUnderTest) throws -> any StoreFixture {
        let fixture = try kind.makeWorld()
        try fixture.commit { transaction in
            for number: UInt64 in 1...6 {
                let state: PaymentState = number.isMultiple(of: 2) ? .completed : .sent
                let payment = World.payment(number, state: state)
                World.pay(payment, in: &transaction)
                transaction.parties.set(
                    payment.id,
                    PaymentParties(
                        payerName: "Chan Sokha",
                        payerAccount: "855-12-34567\(number)",
                        merchantName: "きずな",
                        merchantLocalName: nil,
                        merchantCity: "",
                        merchantKey: World.merchantKey,
                        reference: number == 3 ? "INV'3" : nil
                    )
                )
                if state == .sent {
                    transaction.timers.set(TimerKey(kind: .decisionDeadline, payment: payment.id), World.now)
                }
            }
        }
        return fixture
    }

    @Test(arguments: StoreUnderTest.allCases)
    func theLatestComeFirstAndTheNextPageGoesOn(kind: StoreUnderTest) throws {
        let fixture = try sixPayments(kind)
        let all = try find(fixture)
        #expect(numbers(all) == [6, 5, 4, 3, 2, 1] && all.next == nil)
        let first = try find(fixture, limit: 4)
        #expect(numbers(first) == [6, 5, 4, 3])
        let rest = try find(fixture, limit: 4) { $0.before = first.next }
        #expect(numbers(rest) == [2, 1] && rest.next == nil)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aSearchLooksAtSoManyAndSaysWhereItEnded(kind: StoreUnderTest) throws {
        let fixture = try sixPayments(kind)
        let ending = { (search: inout PaymentSearch) in search.accountEnding = "671" }
        let first = try find(fixture, span: 4, ending)
        #expect(first.payments.isEmpty && first.next == World.payment(3).id)
        let rest = try find(fixture, span: 4) {
            ending(&$0)
            $0.before = first.next
        }
        #expect(numbers(rest) == [1] && rest.next == nil)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func eachConditionHolds(kind: StoreUnderTest) throws {
        let fixture = try sixPayments(kind)
        let other = World.payment(1)
        #expect(numbers(try find(fixture) { $0.state = .completed }) == [6, 4, 2])
        #expect(numbers(try find(fixture) { $0.state = .sent }) == [5, 3, 1], "by their timers")
        #expect(numbers(try find(fixture) { $0.code = other.code }) == [1])
        #expect(numbers(try find(fixture) { $0.accountEnding = "673" }) == [3])
        #expect(numbers(try find(fixture) { $0.reference = "INV'3" }) == [3])
        #expect(numbers(try find(fixture) { $0.merchant = World.merchantID }) == [6, 5, 4, 3, 2, 1])
        #expect(numbers(try find(fixture) { $0.merchant = MerchantID(World.id(.payment, 9)) }).isEmpty)
        for participant in [World.issuer, World.acquirer, World.provider] {
            #expect(numbers(try find(fixture) { $0.participant = participant }).count == 6)
        }
        #expect(numbers(try find(fixture) { $0.participant = ParticipantID("nobody") }).isEmpty)
        for amount in [other.price.merchantAmount, other.price.interbankAmount, other.price.payerDebit] {
            #expect(numbers(try find(fixture) { $0.amount = amount }).count == 6)
            #expect(numbers(try find(fixture) { $0.amount = Money(minorUnits: 7, currency: amount.currency) }).isEmpty)
        }
        #expect(
            numbers(
                try find(fixture) {
                    $0.state = .completed
                    $0.accountEnding = "673"
                }
            ).isEmpty
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func timesAreThoseOfTheIds(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        var dice = SystemRandomNumberGenerator()
        let moments = [1_000, 2_000, 3_000].map { Timestamp(milliseconds: $0) }
        let ids = moments.map { PaymentID(.version7(at: $0, using: &dice)) }
        try fixture.commit { transaction in
            for (number, id) in zip(UInt64(1)..., ids) { World.pay(World.payment(number, id: id), in: &transaction) }
        }
        #expect(try find(fixture) { $0.from = moments[1] }.payments.map(\.id) == [ids[2], ids[1]])
        #expect(try find(fixture) { $0.until = moments[1] }.payments.map(\.id) == [ids[0]])
        #expect(
            try find(fixture) {
                $0.from = moments[1]
                $0.until = moments[2]
            }.payments.map(\.id) == [ids[1]]
        )
    }

    /// However many payments came after it.
    @Test(arguments: StoreUnderTest.allCases)
    func whatPeopleWereCalledToIsFoundByItsCase(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { transaction in
            for number: UInt64 in 1...9 {
                World.pay(World.payment(number, state: number == 1 ? .exception : .completed), in: &transaction)
            }
            let payment = World.payment(1).id
            transaction.exceptionCases.set(payment, World.exceptionCase(of: payment))
        }
        #expect(numbers(try find(fixture, span: 2) { $0.state = .exception }) == [1])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func messagesAreFoundByTheirPayment(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { transaction in
            for number: UInt64 in 1...2 { World.pay(World.payment(number), in: &transaction) }
            for (number, payment) in [(1, 1), (2, 2), (3, 1)] as [(UInt64, UInt64)] {
                let message = World.message(number, payment: payment)
                transaction.messages.set(message.id, message)
            }
            for (number, payment) in [(4, 1), (5, 2)] as [(UInt64, UInt64)] {
                let message = World.message(number, payment: payment, .inInbox)
                transaction.messages.set(message.id, message)
            }
            let tried = World.message(6, payment: 1, attempts: 1)
            transaction.messages.set(tried.id, tried)
        }
        let moment = World.id(.message, 1).moment
        let found = { (moments: [Timestamp], limit: Int) in
            try fixture.read { reader throws(StoreError) in
                try reader.messages(of: World.payment(1).id, writtenAt: moments, limit: limit)
            }.map(\.id.low)
        }
        #expect(try found([moment], 9) == [1, 3, 4, 6])
        #expect(try found([moment.adding(.milliseconds(1)), moment.adding(.milliseconds(-1))], 9) == [4, 6])
        #expect(try found([], 9) == [4, 6])
        #expect(try found([moment], 2) == [1, 3])
        #expect(try found([moment], -1) == [])
    }
}
