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
