import KizunaPayments
import KizunaSwitch

extension Switch {
    /// Reads what has been committed, for a page.
    func reading<Answer>(
        _ body: (any StoreReader) throws(StoreError) -> Answer
    ) throws(PageRefusal) -> Answer {
        do throws(StoreError) { return try store.read(body) } catch { throw .unavailable }
    }

    /// Has something done by a person, and says what came of it.
    func doing(_ command: Command, as person: OperatorID) async throws(PageRefusal) -> Result<Reply, Refusal> {
        do throws(SubmissionError) {
            return try await submit(Submission(caller: .person(person), command: command)).result
        } catch {
            throw .unavailable
        }
    }
}

extension Words {
    /// Why the switch refuses an operator, in the reader's language, and the switch's own words behind it.
    func sentence(for refusal: Refusal) -> String { "\(console.exceptions.refused) \(refusal.detail)" }
}
