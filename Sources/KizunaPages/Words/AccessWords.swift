import KizunaPayments
import KizunaSwitch

/// What the console says about who is let in.
struct AccessWords: Sendable {
    let lead: String
    let waiting: String
    let nothingWaits: String
    let people: String
    let person: String
    let name: String
    let roles: String
    let standing: String
    let active: String
    let suspended: String
    let since: String
    let lastChange: String
    let log: String
    let nothingYet: String
    let older: String
    let when: String
    let what: String
    let whose: String
    let proposedBy: String
    let approvedBy: String
    let openUntil: String
    let act: @Sendable (AccessChange.Act) -> String
    let standingName: @Sendable (AccessChange.Standing) -> String
    let lapsed: String
    let commandLine: String
    let theSwitch: String
    let otherRoles: String
    /// What follows from it.
    let suspending: String
    let reinstating: String
    let note: String
    let propose: String
    let sayWhy: String
    let tooMany: String
    let before: String
    let afterwards: String
    let validFor: String
    let days: @Sendable (Int) -> String
    let untilRevoked: String
    let key: String
    let anotherApproves: String
    /// Who proposes it.
    let approveQuestion: @Sendable (String) -> String
    let approve: String
    let withdraw: String
    let shownOnce: String
    let takeKey: String
    /// Who takes the key.
    let proposerTakes: @Sendable (String) -> String
    let theKey: String
    let keepIt: String

    func author(_ author: AccessChange.Author) -> String {
        switch author {
        case .person(let id): id.description
        case .commandLine: commandLine
        case .theSwitch: theSwitch
        }
    }
}
