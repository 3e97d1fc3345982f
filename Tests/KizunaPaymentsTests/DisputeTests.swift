import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct DisputeTests {
    private static func dispute(
        _ payment: Payment,
        _ minorUnits: Int64? = nil,
        currency: Currency = .jpy,
        by side: Dispute.Side = .issuer,
        after: Duration = .zero
    ) throws(Refusal) -> Dispute {
        try payment.dispute(
            minorUnits.map { Money(minorUnits: $0, currency: currency) },
            id: DisputeID(UniqueID(high: 6, low: 1)),
            by: side,
            reason: .notReceived,
            dueAt: World.now.adding(.seconds(1)),
            at: World.now.adding(after)
        )
    }

    @Test(arguments: Dispute.Side.allCases) func isOpenedByEitherBank(side: Dispute.Side) throws {
        let dispute = try Self.dispute(try World.payment(state: .completed), 500, by: side)
        #expect(dispute.amount.minorUnits == 500)
        #expect(dispute.side(of: World.issuer) == .issuer)
        #expect(dispute.side(of: World.acquirer) == .acquirer)
        #expect(dispute.side(of: World.provider) == nil)
        #expect(dispute.side(of: .opener) == side)
        #expect(dispute.side(of: .respondent) == side.other)
        #expect(dispute.side(of: .operations) == nil)
        #expect(dispute.asOpened == dispute)
    }

    @Test func refusesWhatIsNotThere() throws {
        let code = { (payment: Payment, amount: Int64?, currency: Currency, after: Duration) -> RefusalCode? in
            do throws(Refusal) {
                _ = try Self.dispute(payment, amount, currency: currency, after: after)
                return nil
            } catch { return error.code }
        }
        let payment = try World.payment(state: .completed)
        #expect(code(payment, 1_981, .jpy, .zero) == .amountMismatch)
        #expect(code(payment, 0, .jpy, .zero) == .amountInvalid)
        #expect(code(payment, 100, .khr, .zero) == .currencyNotSupported)
        #expect(code(payment, nil, .jpy, Dispute.window) == nil)
        #expect(code(payment, nil, .jpy, Dispute.window + .milliseconds(1)) == .disputeNotPossible)
        for state in PaymentState.allCases where state != .completed && state != .partiallyRefunded {
            #expect(code(try World.payment(state: state), nil, .jpy, .zero) == .disputeNotPossible)
        }
    }

    @Test func takesTenFilesAndThreeQuestions() throws {
        var dispute = try Self.dispute(try World.payment(state: .completed))
        let act = { (dispute: inout Dispute, action: DisputeMachine.Action, role: DisputeMachine.Role) -> Bool in
            do throws(Refusal) {
                _ = try dispute.handle(action, by: role, dueAt: World.now, at: World.now)
                return true
            } catch { return false }
        }
        for _ in 0..<Dispute.mostEvidence { #expect(act(&dispute, .evidenceAdded, .opener)) }
        let full = dispute
        #expect(!act(&dispute, .evidenceAdded, .respondent))
        #expect(dispute == full)
        for _ in 0..<Dispute.mostEvidenceRequests {
            #expect(act(&dispute, .evidenceAsked, .respondent))
            #expect(act(&dispute, .evidenceComplete, .opener))
        }
        #expect(!act(&dispute, .evidenceAsked, .respondent))
        #expect(act(&dispute, .rejected, .respondent))
        #expect(dispute.eventCount == 1 + Dispute.mostEvidence + 2 * Dispute.mostEvidenceRequests + 1)
    }

    @Test func runsTheClockOfWhoeverIsWaitedFor() throws {
        for state in Dispute.State.allCases {
            #expect((DisputeMachine.Action.overdue(in: state) != nil) == (state.turn != nil), "\(state)")
        }
        for edge in DisputeMachine.edges where edge.moves {
            let clock: DisputeMachine.Effect? =
                edge.to.turn != nil ? .setClock : edge.from.turn != nil ? .stopClock : nil
            #expect(edge.effects.first { $0 == .setClock || $0 == .stopClock } == clock, "\(edge)")
            #expect(edge.effects.contains(.giveBack) == (edge.to == .accepted), "\(edge)")
        }
    }
}

@Suite struct DisputeMachineTests {
    private typealias Row = (Dispute.State, DisputeMachine.Action, DisputeMachine.Role, Dispute.State)

    /// What each role may make of each state; no row for what is refused.
    private static let table: [Row] =
        [
            (.opened, .accepted, .respondent, .accepted), (.opened, .rejected, .respondent, .rejected),
            (.opened, .evidenceAsked, .respondent, .awaitingEvidence), (.opened, .answerOverdue, .system, .escalated),
            (.awaitingEvidence, .evidenceComplete, .opener, .opened),
            (.awaitingEvidence, .accepted, .respondent, .accepted),
            (.awaitingEvidence, .rejected, .respondent, .rejected),
            (.awaitingEvidence, .evidenceOverdue, .system, .rejected),
            (.rejected, .escalated, .opener, .escalated), (.rejected, .accepted, .respondent, .accepted),
            (.rejected, .escalationOverdue, .system, .closed), (.escalated, .accepted, .respondent, .accepted),
            (.escalated, .upheld, .operations, .accepted), (.escalated, .dismissed, .operations, .closed),
        ]
        + [Dispute.State.opened, .awaitingEvidence, .rejected, .escalated].flatMap { state -> [Row] in
            [
                (state, .withdrawn, .opener, .closed), (state, .refundedOtherwise, .system, .closed),
                (state, .evidenceAdded, .opener, state), (state, .evidenceAdded, .respondent, state),
            ]
        }

    /// What operators do, they do once another has approved it.
    @Test func goesEveryWayOfTheTableAndNoOther() throws {
        for state in Dispute.State.allCases {
            for action in DisputeMachine.Action.allCases {
                for role in DisputeMachine.Role.allCases {
                    let row = Self.table.first { $0.0 == state && $0.1 == action && $0.2 == role }
                    var dispute = Dispute(
                        id: DisputeID(UniqueID(high: 6, low: 1)),
                        payment: PaymentID(UniqueID(high: 1, low: 1)),
                        issuer: World.issuer,
                        acquirer: World.acquirer,
                        openedBy: .issuer,
                        reason: .fraud,
                        amount: Money(minorUnits: 1, currency: .jpy),
                        openedAt: World.now,
                        answerDueAt: World.now,
                        state: state,
                        dueAt: nil,
                        approver: role == .operations ? OperatorID("yuki") : nil
                    )
                    let before = dispute
                    do throws(Refusal) {
                        _ = try dispute.handle(action, by: role, dueAt: nil, at: World.now)
                        #expect(dispute.state == row?.3, "\(state) \(action) \(role)")
                        #expect(dispute.eventCount == 2)
                    } catch {
                        #expect(row == nil, "\(state) \(action) \(role)")
                        #expect(error.code == .disputeNotPossible)
                        #expect(dispute == before)
                    }
                }
            }
        }
        #expect(DisputeMachine.edges.reduce(0) { $0 + $1.roles.count } == Self.table.count)
    }
}

@Suite struct EvidenceTests {
    static let recognised: [(bytes: [UInt8], type: Evidence.MediaType)] = [
        (Array("%PDF-1.7\n…".utf8), .pdf), (Array("%PDF-".utf8), .pdf),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], .png),
        ([0xFF, 0xD8, 0xFF, 0xE0, 0, 16], .jpeg), ([0xFF, 0xD8, 0xFF], .jpeg),
        (Array("I never got the noodles.\r\n\tSokha".utf8), .plainText), (Array("ラーメン ហាង".utf8), .plainText),
        (Array("<html><script>alert(1)</script>".utf8), .plainText),
    ]

    static let unknown: [[UInt8]] = [
        [], [0], Array("a\u{0}b".utf8), Array("\u{1B}[31m".utf8), [0x41, 0x7F], [0xFF, 0xD8], [0xC3, 0x28],
        [0xED, 0xA0, 0x80], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A], Array("GIF89a".utf8) + [0x01, 0],
        [0x50, 0x4B, 0x03, 0x04], [0x7F, 0x45, 0x4C, 0x46], Array(" %PDF-1.7".utf8) + [0xE2, 0xE3],
    ]

    @Test(arguments: recognised.indices) func knowsAFileByItsBytes(index: Int) {
        #expect(Evidence.MediaType(recognising: Self.recognised[index].bytes) == Self.recognised[index].type)
    }

    @Test(arguments: unknown.indices) func knowsNothingElse(index: Int) {
        #expect(Evidence.MediaType(recognising: Self.unknown[index]) == nil)
    }
}
