import KizunaLedger
import KizunaSwitch

/// The small numbers that stand for institutions in this database, known to one connection.
///
/// A number never changes once it is committed, so what was read once is remembered.
final class Institutions {
    private let selectID: Statement
    private let selectNumber: Statement
    private let insert: Statement
    private var ids: [Int64: ParticipantID] = [:]
    private var numbers: [ParticipantID: Int64] = [:]
    /// Whether numbers are remembered that a rollback would take back.
    private var hasNew = false

    init(_ connection: borrowing Connection) throws(StoreError) {
        selectID = try connection.prepare("SELECT id FROM institutions WHERE number = ?")
        selectNumber = try connection.prepare("SELECT number FROM institutions WHERE id = ?")
        insert = try connection.prepare("INSERT INTO institutions (id) VALUES (?)")
    }

    /// Whose number it is.
    func id(_ number: Int64) throws(StoreError) -> ParticipantID {
        if let id = ids[number] { return id }
        let text = try selectID.first({ $0.add(number) }) { columns throws(StoreError) in try columns.text() }
        guard let text, let id = ParticipantID(text) else { throw .unreadable("an institution") }
        remember(id, number)
        return id
    }

    /// The number of an institution; `nil` while it is in no record.
    func number(_ id: ParticipantID) throws(StoreError) -> Int64? {
        if let number = numbers[id] { return number }
        guard let number = try selectNumber.first({ $0.add(id.description) }, read: { $0.int64() }) else { return nil }
        remember(id, number)
        return number
    }

    /// The number of an institution, which it is given when it has none.
    func numberEnrolling(_ id: ParticipantID) throws(StoreError) -> Int64 {
        if let number = try number(id) { return number }
        try insert.run { $0.add(id.description) }
        hasNew = true
        guard let number = try number(id) else { throw .unreadable("an institution") }
        return number
    }

    func noteCommit() { hasNew = false }

    func noteRollback() {
        guard hasNew else { return }
        hasNew = false
        ids = [:]
        numbers = [:]
    }

    private func remember(_ id: ParticipantID, _ number: Int64) {
        ids[number] = id
        numbers[id] = number
    }
}
