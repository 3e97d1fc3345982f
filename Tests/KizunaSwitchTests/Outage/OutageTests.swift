import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import Testing

/// A destination that credits as it accepts is silent for half an hour, while payments to it go on.
@Suite struct OutageTests {
    @Test func nothingStaysStuckAfterHalfAnHourOfSilence() throws {
        let world = try OutageWorld(seed: 1)
        while world.now < OutageWorld.backAt { try world.tick() }
        let before = Set(world.payments)
        while world.now < OutageWorld.backAt.adding(.seconds(120)) { try world.tick() }
        #expect(try unfinished(before, in: world).isEmpty)
        while world.now < OutageWorld.end { try world.tick() }

        #expect(world.refusals[.liquidity, default: 0] > 0)
        #expect(world.refusals.keys.allSatisfy { $0 == .liquidity })
        let audit = try world.audit()
        #expect(audit.violations.isEmpty)
        try checkThatBothSidesAgree(world)
        try DrawnPicture("silence.svg").check(OutagePicture.drawn(world.samples.map(OutagePicture.Moment.init)))
    }

    private func unfinished(_ payments: Set<PaymentID>, in world: OutageWorld) throws -> [PaymentState] {
        try world.read { reader throws(StoreError) in
            var states: [PaymentState] = []
            for id in payments {
                guard let payment = try reader.payment(id), !payment.state.isFinal else { continue }
                states.append(payment.state)
            }
            return states
        }
    }

    /// The shop's bank has credited exactly what the switch has committed.
    private func checkThatBothSidesAgree(_ world: OutageWorld) throws {
        var states: [PaymentState: Int] = [:]
        for id in world.payments {
            let found = try world.read { reader throws(StoreError) in try reader.payment(id) }
            let payment = try #require(found)
            states[payment.state, default: 0] += 1
            guard payment.state.isFinal else { continue }
            #expect((world.destination.credited[id] != nil) == payment.state.isPaid, "\(payment.state)")
        }
        for state in [PaymentState.completed, .rejected, .reversed] { #expect(states[state, default: 0] > 50) }
    }
}

extension OutagePicture.Moment {
    fileprivate init(_ sample: OutageWorld.Sample) {
        self.init(
            seconds: Int(sample.at.since(OutageWorld.start).components.seconds),
            counts: sample.counts,
            exposure: Double(sample.exposure) / Double(OutageWorld.cap)
        )
    }
}
