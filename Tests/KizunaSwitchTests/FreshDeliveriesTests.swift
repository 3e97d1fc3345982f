import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@testable import KizunaSwitch

/// What a commit leaves is enough to carry its messages, as long as it is not out of date.
@Suite struct FreshDeliveriesTests {
    private var world: StepWorld
    private let payment: Payment
    private let request: OutboxMessage
    private var fresh = FreshDeliveries()

    init() throws {
        world = try StepWorld()
        payment = try world.submit()
        request = try #require(world.messages(about: payment.id).first)
    }

    @Test mutating func aCommitsMessageNeedsNoReading() throws {
        fresh.note(world.transaction, at: world.now)
        let delivery = try #require(fresh.delivery(of: request, in: world.transaction, at: world.now))
        #expect(delivery.payment == payment)
        #expect(delivery.parties == world.transaction.parties[payment.id])
        #expect(delivery.destination.id == StepWorld.yenAcquirer)
    }

    /// The commit that ends a payment has not looked at who pays whom.
    @Test mutating func partiesOfAnEarlierCommitAreRemembered() throws {
        fresh.note(world.transaction, at: world.now)
        var later = Transaction()
        later.payments.load(payment.id, payment)
        #expect(fresh.delivery(of: request, in: later, at: world.now)?.parties.payerName != nil)
        #expect(FreshDeliveries().delivery(of: request, in: later, at: world.now) == nil)
    }

    @Test mutating func aPaymentThatTheCommitDoesNotHaveIsRead() {
        fresh.note(world.transaction, at: world.now)
        #expect(fresh.delivery(of: request, in: Transaction(), at: world.now) == nil)
    }

    /// Another node may have changed the participant; and a clock that was set back makes nothing young again.
    @Test(arguments: [(Int64(0), true), (999, true), (1_000, false), (-1, false)])
    mutating func aParticipantIsKnownForASecond(after milliseconds: Int64, isKnown: Bool) {
        fresh.note(world.transaction, at: world.now)
        let then = world.now.adding(.milliseconds(milliseconds))
        #expect((fresh.delivery(of: request, in: world.transaction, at: then) != nil) == isKnown)
    }

    @Test mutating func whatWasReadIsKnownTheNextTime() throws {
        fresh.note(world.transaction, at: world.now)
        let read = try #require(fresh.delivery(of: request, in: world.transaction, at: world.now))
        var another = FreshDeliveries()
        another.note(read, at: world.now)
        #expect(another.delivery(of: request, in: world.transaction, at: world.now)?.parties == read.parties)
    }

    /// Webhooks, refunds and claims are looked up when their message goes.
    @Test mutating func whatIsNotOfAPaymentAloneIsRead() {
        fresh.note(world.transaction, at: world.now)
        let webhook = OutboxMessage.Target(webhook: UniqueID(high: 1, low: 2), event: .paymentUpdated)
        let event = OutboxMessage(
            id: UniqueID(high: 3, low: 4),
            kind: .event,
            destination: request.destination,
            target: webhook,
            payment: payment.id,
            refund: nil,
            state: payment.state,
            createdAt: world.now,
            dueAt: world.now
        )
        #expect(fresh.delivery(of: event, in: world.transaction, at: world.now) == nil)
    }
}
