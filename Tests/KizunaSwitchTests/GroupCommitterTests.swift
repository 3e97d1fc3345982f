import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import Testing

@Suite struct GroupCommitterTests {
    private static let full = StoreError(.unavailable, "The disk is full.")

    private func join(_ number: Int) -> Submission {
        let participant = Participant(
            id: StepWorld.participant("bank-\(number)"),
            name: "Bank \(number)",
            country: .japan,
            roles: .issuer
        )
        return Submission(caller: .operations, command: .joinParticipant(participant, netDebitCaps: [:]))
    }

    private func isDone(_ result: Result<Outcome, SubmissionError>) -> Bool {
        if case .success(let outcome) = result, case .success = outcome.result { true } else { false }
    }

    @Test func answersNobodyBeforeTheCommit() {
        let engine = ManualCommitter()
        engine.submit(join(1))
        engine.worker.runOne()
        #expect(engine.outcomes.isEmpty)
        engine.writer.runOne()
        #expect(engine.outcomes.isEmpty)
        engine.replies.runOne()
        #expect(engine.outcomes.map(isDone) == [true])
    }

    @Test func tellsAllOfAGroupThatFailed() {
        let engine = ManualCommitter()
        for number in 1...3 { engine.submit(join(number)) }
        engine.store.failNextCommit(with: Self.full)
        engine.settle()
        #expect(engine.outcomes.count == 3)
        #expect(engine.outcomes.map(isDone) == [false, false, false])
    }

    @Test func preparesAnewWhatStoodUponAFailure() throws {
        let engine = ManualCommitter()
        engine.submit(join(1))
        engine.worker.runOne()
        engine.submit(
            Submission(caller: .operations, command: .setParticipantStatus(StepWorld.participant("bank-1"), .suspended))
        )
        engine.worker.runOne()
        engine.store.failNextCommit(with: Self.full)
        engine.settle()
        #expect(engine.outcomes.count == 2)
        #expect(!engine.outcomes.contains(where: isDone))
    }

    /// What is ready stands upon what has failed: with what the store has it would be a mixture of two worlds, in which
    /// holds are without their balances.
    @Test func addsNothingToAGroupThatStandsUponAFailure() {
        let engine = ManualCommitter()
        engine.submit(join(1))
        engine.worker.runOne()
        engine.submit(
            Submission(caller: .operations, command: .setParticipantStatus(StepWorld.participant("bank-1"), .suspended))
        )
        engine.worker.runOne()
        engine.submit(join(2))
        engine.store.failNextCommit(with: Self.full)
        engine.writer.runOne()
        let fetches = engine.store.fetchCount
        engine.worker.runOne()
        #expect(engine.store.fetchCount == fetches)
        engine.settle()
        #expect(engine.outcomes.count == 3)
        #expect(engine.outcomes.count(where: isDone) == 1)
    }

    @Test func givesEachACommitOfItsOwnWhenOneBreaksARule() {
        let engine = ManualCommitter()
        for number in 1...3 { engine.submit(join(number)) }
        engine.store.failNextCommit(with: StoreError(.constraint, "A rule."))
        engine.settle()
        #expect(engine.outcomes.map(isDone) == [true, true, true])
    }

    /// A full group stood ready, the worker rested until the writer would take it, and the writer failed instead.
    @Test func goesOnWhenACommitFailsBehindAFullGroup() {
        let engine = ManualCommitter()
        engine.submit(join(0))
        engine.worker.runOne()
        let others = GroupCommitter.largestGroup + 1
        for number in 1...others { engine.submit(join(number)) }
        engine.worker.runOne()
        engine.store.failNextCommit(with: Self.full)
        engine.settle()
        #expect(engine.outcomes.count == others + 1)
        #expect(engine.outcomes.count(where: isDone) == others)
        #expect(engine.committer.backlog == 0)
    }

    @Test func takesTheNextGroupWhenAFullOneHasGone() {
        let engine = ManualCommitter()
        engine.submit(join(0))
        engine.worker.runOne()
        let others = GroupCommitter.largestGroup * 2 + 1
        for number in 1...others { engine.submit(join(number)) }
        engine.settle()
        #expect(engine.outcomes.count(where: isDone) == others + 1)
    }

    /// One half is committed while the other is answered and prepared.
    @Test(arguments: [(4, 1), (8, 2), (9, 3), (40, 2), (600, 2)])
    func aGroupTakesHalfOfWhatIsUnderWay(count: Int, commits: Int) {
        let engine = ManualCommitter()
        for number in 1...count { engine.submit(join(number)) }
        engine.settle()
        #expect(engine.outcomes.count(where: isDone) == count)
        #expect(engine.store.commitCount == commits)
    }

    /// A commit that has not reached the disk is no commit to anybody, nor is one that changes nothing behind it.
    @Test func tellsNobodyOfWhatTheDiskDidNotTake() {
        let engine = ManualCommitter()
        engine.submit(join(1))
        engine.worker.runOne()
        engine.writer.runOne()
        #expect(engine.store.commitCount == 1)
        engine.submit(join(1))
        engine.worker.runOne()
        engine.writer.runOne()
        engine.store.refuseDurability(with: Self.full)
        engine.settle()
        #expect(engine.outcomes.count == 2)
        #expect(!engine.outcomes.contains(where: isDone))
        for case .success in engine.outcomes { Issue.record("Somebody was given an outcome") }
    }
}
