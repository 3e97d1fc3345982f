import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Who works for the switch and who is let in: proposed by one, approved by another, and what has changed so far.
struct AccessPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    /// How many lines of the log are on a page.
    private static let pageLength = 25
    /// So many proposals wait at most: more are a list that nobody reads.
    private static let mostOpen = 100

    static let path = "/console/access"

    var routes: [PageRoute] {
        [
            door.page("/console/access") { visit throws(PageRefusal) in try show(visit) },
            door.page("/console/access/people/{person:name}") { visit throws(PageRefusal) in try showPerson(visit) },
            door.action("/console/access/people/{person:name}/proposals", needing: .operator) {
                visit throws(PageRefusal) in
                try await propose(
                    visit,
                    of: visit.namedPerson,
                    AccessForm(visit.visit.form).wish(of: visit.namedPerson)
                )
            },
            door.action("/console/participants/{participant:participant}/keys", needing: .operator) {
                visit throws(PageRefusal) in
                let participant = visit.parameters.participant("participant")
                return try await propose(visit, AccessForm(visit.visit.form).key(of: participant))
            },
            door.action("/console/participants/{participant:participant}/keys/{keyId:id}", needing: .operator) {
                visit throws(PageRefusal) in
                try await propose(visit, .revocation(visit.parameters.id("keyId")))
            },
            door.page("/console/access/changes/{changeId:id}") { visit throws(PageRefusal) in
                try showChange(visit)
            },
            door.action("/console/access/changes/{changeId:id}/approvals", needing: .approver) {
                visit throws(PageRefusal) in
                try await act(visit, .approve(visit.changeID, ending: try keysToEnd(visit.changeID)))
            },
            door.action("/console/access/changes/{changeId:id}/withdrawals", needing: .operator) {
                visit throws(PageRefusal) in
                try await act(visit, .withdraw(visit.changeID))
            },
            door.action("/console/access/changes/{changeId:id}/key", needing: .operator) {
                visit throws(PageRefusal) in
                try await take(visit)
            },
        ]
    }

    // MARK: Seeing

    private func show(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let before = visit.visit.query["before"].flatMap { UniqueID($0) }
        let (people, open, log) = try engine.reading { reader throws(StoreError) in
            (
                try reader.people(),
                try reader.accessChanges(open: true, before: nil, limit: AccessPages.mostOpen),
                try reader.accessChanges(open: false, before: before, limit: AccessPages.pageLength + 1)
            )
        }
        return AccessPage(
            visit: visit,
            people: people,
            open: open.filter { $0.isOpen(at: visit.visit.now) },
            log: Array(log.prefix(AccessPages.pageLength)),
            hasMore: log.count > AccessPages.pageLength
        ).response()
    }

    private func showPerson(_ visit: ConsoleVisit, refused: String? = nil) throws(PageRefusal) -> HTTPResponse {
        let id = try visit.namedPerson
        let person = try engine.reading { reader throws(StoreError) in try reader.person(id) }
        guard let person else { throw .notFound }
        return PersonPage(visit: visit, person: person, refused: refused).response()
    }

    private func showChange(
        _ visit: ConsoleVisit,
        refused: String? = nil,
        secret: String? = nil
    ) throws(PageRefusal) -> HTTPResponse {
        let id = visit.changeID
        let change = try engine.reading { reader throws(StoreError) in try reader.accessChange(id) }
        guard let change else { throw .notFound }
        return AccessChangePage(visit: visit, change: change, refused: refused, secret: secret).response()
    }

    // MARK: Doing

    private func propose(
        _ visit: ConsoleVisit,
        of person: OperatorID,
        _ wish: ProposeAccess.Wish?
    ) async throws(PageRefusal) -> HTTPResponse {
        guard let wish else { throw .badForm }
        return switch try await proposed(visit, wish) {
        case .success(let id): visit.visit.lead(to: "\(AccessPages.path)/changes/\(id)")
        case .failure(let sentence): try showPerson(visit, refused: sentence.text)
        }
    }

    private func propose(
        _ visit: ConsoleVisit,
        _ wish: ProposeAccess.Wish?
    ) async throws(PageRefusal) -> HTTPResponse {
        guard let wish else { throw .badForm }
        return switch try await proposed(visit, wish) {
        case .success(let id): visit.visit.lead(to: "\(AccessPages.path)/changes/\(id)")
        case .failure(let sentence): visit.refusal(sentence.text, status: 409)
        }
    }

    private struct Sentence: Error { let text: String }

    private func proposed(
        _ visit: ConsoleVisit,
        _ wish: ProposeAccess.Wish
    ) async throws(PageRefusal) -> Result<UniqueID, Sentence> {
        let words = visit.words.access
        let open = try engine.reading { reader throws(StoreError) in
            try reader.accessChanges(open: true, before: nil, limit: AccessPages.mostOpen)
        }
        guard open.count < AccessPages.mostOpen || open.contains(where: { !$0.isOpen(at: visit.visit.now) }) else {
            return .failure(Sentence(text: words.tooMany))
        }
        guard let note = visit.visit.form["note"], note.count <= AccessChange.longestNote else {
            return .failure(Sentence(text: words.sayWhy))
        }
        let command = Command.access(.propose(ProposeAccess(wish, note: note)))
        switch try await engine.doing(command, as: visit.person.id) {
        case .success(.accessChange(let change)): return .success(change.id)
        case .success: preconditionFailure("A proposal was answered with something else")
        case .failure(let refusal): return .failure(Sentence(text: visit.site.sentence(for: refusal)))
        }
    }

    private func act(_ visit: ConsoleVisit, _ command: AccessCommand) async throws(PageRefusal) -> HTTPResponse {
        switch try await engine.doing(.access(command), as: visit.person.id) {
        case .success: visit.visit.lead(to: "\(AccessPages.path)/changes/\(visit.changeID)")
        case .failure(let refusal): try showChange(visit, refused: visit.site.sentence(for: refusal))
        }
    }

    /// Makes the key and shows it in this one answer: it is kept nowhere.
    private func take(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        let secret = door.desk.makeSecret()
        let command = Command.access(.take(visit.changeID, digest: secret.digest))
        return switch try await engine.doing(command, as: visit.person.id) {
        case .success: try showChange(visit, secret: secret.text)
        case .failure(let refusal): try showChange(visit, refused: visit.site.sentence(for: refusal))
        }
    }

    /// A suspended person's keys and sessions; nothing for other changes.
    private func keysToEnd(_ id: UniqueID) throws(PageRefusal) -> [UniqueID] {
        try engine.reading { reader throws(StoreError) in
            guard let change = try reader.accessChange(id), change.act == .suspend else { return [] }
            return try reader.apiKeys().filter { $0.owner == change.subject && $0.revokedAt == nil }.map(\.id)
        }
    }
}

extension ConsoleVisit {
    fileprivate var parameters: PathParameters { visit.parameters }
    fileprivate var changeID: UniqueID { parameters.id("changeId") }

    fileprivate var namedPerson: OperatorID {
        get throws(PageRefusal) {
            guard let id = OperatorID(parameters.name("person")) else { throw .notFound }
            return id
        }
    }
}

/// What forms about access bring.
private struct AccessForm {
    let form: Form

    init(_ form: Form) { self.form = form }

    /// What is wished of a person; `nil` for no form of ours.
    func wish(of person: OperatorID) -> ProposeAccess.Wish? {
        switch form["wish"] {
        case "roles": .roles(person, grants(among: .ofPersons))
        case "suspend": .standing(person, .suspended)
        case "reinstate": .standing(person, .active)
        default: nil
        }
    }

    /// The key that is wished for; `nil` for days that are no number.
    func key(of participant: ParticipantID) -> ProposeAccess.Wish? {
        guard let text = form["days"] else { return .key(participant, grants(among: .ofParticipants), days: nil) }
        return Int(text).map { .key(participant, grants(among: .ofParticipants), days: $0) }
    }

    private func grants(among all: Grants) -> Grants {
        Grants.names.filter { all.contains($0.grant) && form["grant-\($0.name)"] != nil }
            .reduce(into: []) { $0.insert($1.grant) }
    }
}
