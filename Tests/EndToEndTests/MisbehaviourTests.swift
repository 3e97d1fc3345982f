import KizunaCommands
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Testing

/// Shops' banks that refuse, stay silent, answer late, twice or nonsense: every payment ends, once, on both sides.
@Suite struct MisbehaviourTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let magic: MagicAmount
        let state: String
        let reason: String?
        var testDescription: String { "\(magic)" }
    }

    static let cases = [
        Case(magic: .refuseClosed, state: "REJECTED", reason: "merchant_closed"),
        Case(magic: .refuseBlocked, state: "REJECTED", reason: "merchant_blocked"),
        Case(magic: .silence, state: "REJECTED", reason: "timeout_destination"),
        Case(magic: .lateAcceptance, state: "REJECTED", reason: "timeout_destination"),
        Case(magic: .duplicateAnswers, state: "COMPLETED", reason: nil),
        Case(magic: .garbageFirst, state: "COMPLETED", reason: nil),
        Case(magic: .failsFirst, state: "COMPLETED", reason: nil),
    ]

    static let singlePhaseCases = [
        Case(magic: .refuseClosed, state: "REJECTED", reason: "merchant_closed"),
        Case(magic: .lateAcceptance, state: "COMPLETED", reason: nil),
        Case(magic: .answersAreLost, state: "COMPLETED", reason: nil),
        Case(magic: .acceptsAfterRefusing, state: "REVERSED", reason: "technical"),
        Case(magic: .neverReverses, state: "EXCEPTION", reason: "technical"),
    ]

    /// A bank that credits as it accepts: late success is honoured, or undone when the payer has been told otherwise.
    @Test func asksABankThatCreditsAsItAccepts() async throws {
        try await withLink { link in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for example in Self.singlePhaseCases {
                    group.addTask {
                        let story = try await link.pay("\(example.magic.rawValue)", .khr, from: .yuki)
                        let id = try #require(PaymentID(story.submitted.text(at: "id") ?? ""))
                        try await eventually {
                            let payment = try link.store.read { reader throws(StoreError) in try reader.payment(id) }
                            return payment?.state.name == example.state && payment?.reason?.rawValue == example.reason
                        }
                    }
                }
                try await group.waitForAll()
            }
            // What it refuses to undo stays credited: that is what people are called to.
            let bank = link.banks.rielAcquirer
            #expect(bank.credited.byCurrency == [.khr: (9004 + 9008 + 9010) * 100])
            let open = try link.store.read { reader throws(StoreError) in
                try reader.openExceptionCases(after: nil, limit: 9)
            }
            #expect(open.map(\.cause) == [.reversalRefused])
        }
    }

    /// All at once on one link: what one bank does must not hold up the others.
    @Test func endsEveryPaymentOnce() async throws {
        try await withLink { link in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, example) in Self.cases.enumerated() {
                    group.addTask {
                        // From two accounts, since all of it is more than one may pay on its first day.
                        let payer = number.isMultiple(of: 2) ? DemoPayer.sokhaRiel : .sokhaDollars
                        let story = try await link.pay("\(example.magic.rawValue)", .jpy, from: payer)
                        #expect(story.state == example.state, "\(example.testDescription)")
                        #expect(story.final.text(at: "reason", "code") == example.reason)
                    }
                }
                try await group.waitForAll()
            }
            let bank = link.banks.yenAcquirer
            try await eventually { bank.credited.payments == 3 }
            // The late promise comes a second after the abort, and is answered with it.
            try await Task.sleep(for: .seconds(2))
            #expect(bank.credited.byCurrency == [.jpy: 9005 + 9006 + 9007])
            let holds = try link.store.audited().openHoldIDs
            #expect(holds.isEmpty)
            for payer in [DemoPayer.sokhaRiel, .sokhaDollars] {
                #expect(link.banks.rielBank.balance(of: payer.account)?.held.isZero == true)
            }
        }
    }
}
