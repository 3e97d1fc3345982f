import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@testable import KizunaSwitch

/// Messages go in their order, receivers in turn, and never more than are allowed.
@Suite struct DeliveryQueueTests {
    private static let start = Timestamp(milliseconds: 1_760_000_000_000)
    private static let banks = [StepWorld.rielBank, StepWorld.yenWallet, StepWorld.yenAcquirer]

    private func message(_ number: UInt64, to bank: Int = 0, webhook: UInt64? = nil) -> OutboxMessage {
        OutboxMessage(
            id: UniqueID(high: 1, low: number),
            kind: webhook == nil ? .paymentUpdate : .event,
            destination: Self.banks[bank],
            target: webhook.map { OutboxMessage.Target(webhook: UniqueID(high: 2, low: $0), event: .paymentUpdated) },
            payment: PaymentID(UniqueID(high: 3, low: number)),
            refund: nil,
            state: .completed,
            createdAt: Self.start,
            dueAt: Self.start
        )
    }

    @Test func whoDoesNotAnswerHoldsNobodyUp() {
        var queue = DeliveryQueue(mostUnderWay: 10, mostPerReceiver: 2)
        let started = (1...8).map { queue.add(message($0)) }
        #expect(started == [true, true] + [Bool](repeating: false, count: 6))
        let other = queue.add(message(9, to: 1))
        // A webhook has a line of its own.
        let webhook = queue.add(message(10, webhook: 1))
        #expect(other && webhook)
        let none = queue.next()
        #expect(none == nil)
        #expect((queue.waiting, queue.underWay) == (6, 4))
        queue.end(message(1))
        let third = queue.next()
        let fourth = queue.next()
        #expect(third?.id == message(3).id && fourth == nil)
    }

    @Test func receiversHaveTheirTurns() {
        var queue = DeliveryQueue(mostUnderWay: 1, mostPerReceiver: 1)
        let isFirst = queue.add(message(1))
        #expect(isFirst)
        for (number, bank) in [(2, 0), (3, 0), (4, 1), (5, 1), (6, 2)] as [(UInt64, Int)] {
            let goesAtOnce = queue.add(message(number, to: bank))
            #expect(!goesAtOnce)
        }
        var order: [UInt64] = []
        var last = message(1)
        while true {
            queue.end(last)
            guard let next = queue.next() else { break }
            let second = queue.next()
            #expect(second == nil, "One at a time")
            order.append(next.id.low)
            last = next
        }
        #expect(order == [4, 6, 2, 5, 3])
        #expect((queue.waiting, queue.underWay) == (0, 0))
    }

    /// Against a world of chances: everything goes once, each receiver's in its order, and the bounds hold.
    @Test(arguments: UInt64(1)...20) func everythingGoesOnceAndInOrder(seed: UInt64) {
        var dice = Dice(seed: seed)
        let (most, mostEach) = (Int.random(in: 1...6, using: &dice), Int.random(in: 1...4, using: &dice))
        var queue = DeliveryQueue(mostUnderWay: most, mostPerReceiver: mostEach)
        var underWay: [OutboxMessage] = []
        var gone: [DeliveryQueue.Receiver: [UInt64]] = [:]
        func go(_ message: OutboxMessage) {
            underWay.append(message)
            gone[DeliveryQueue.Receiver(of: message), default: []].append(message.id.low)
            #expect(underWay.count <= most)
            let line = DeliveryQueue.Receiver(of: message)
            #expect(underWay.count { DeliveryQueue.Receiver(of: $0) == line } <= mostEach)
        }
        func endOne() {
            queue.end(underWay.remove(at: Int.random(in: underWay.indices, using: &dice)))
            while let next = queue.next() { go(next) }
        }
        var added: UInt64 = 0
        for _ in 0..<400 {
            if Bool.random(using: &dice) || underWay.isEmpty {
                added += 1
                let webhook: UInt64? = Bool.random(using: &dice) ? nil : 1
                let message = message(added, to: Int.random(in: 0..<3, using: &dice), webhook: webhook)
                if queue.add(message) { go(message) }
            } else {
                endOne()
            }
            #expect(queue.underWay == underWay.count)
        }
        while !underWay.isEmpty { endOne() }
        #expect(queue.waiting == 0)
        #expect(gone.values.allSatisfy { $0 == $0.sorted() })
        #expect(gone.values.joined().sorted() == Array(1...added))
    }
}
