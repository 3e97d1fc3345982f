import KizunaPayments
import KizunaSwitch

/// What the operators' console says.
package struct ConsoleWords: Sendable {
    package let title: String
    let signIn: SignInWords
    let places: PlaceWords
    let desk: DeskWords
    let overview: OverviewWords
    let search: SearchWords
    let xray: XRayWords
    let sequence: SequenceWords
    let exceptions: ExceptionWords
    let deciding: DecidingWords
    let disputes: DisputeWords
    let participants: ParticipantWords
    let access: AccessWords
    let merchants: MerchantWords
    let shopDesk: ShopDeskWords
    let shopImport: ShopImportWords
    let rates: RateWords
    let health: HealthWords
    let audit: AuditWords
    let messages: MessageWords
    let chaos: ChaosWords
}

struct SignInWords: Sendable {
    let title: String
    let person: String
    let password: String
    let code: String
    let codeHint: String
    let enter: String
    let leave: String
    let wrong: String
    let tooSoon: @Sendable (Int) -> String
    let busy: String
    /// Over the names and codes that a demonstration gives away.
    let demonstration: String
}

/// The places of the console.
struct PlaceWords: Sendable {
    let overview: String
    let payments: String
    let exceptions: String
    let disputes: String
    let participants: String
    let access: String
    let merchants: String
    let rates: String
    let health: String
    let chaos: String
}

struct DeskWords: Sendable {
    let notDone: String
    let notYourRole: String
    /// What a role is called, by the name that keys have.
    let role: @Sendable (String) -> String
}

struct OverviewWords: Sendable {
    let paidPerSecond: String
    let decisionTimes: String
    let openExceptions: String
    let escalatedDisputes: String
    let openAlerts: String
    let courierLag: String
    let beforeCommit: String
    let onTheirWay: String
    let flow: String
    let chart: String
    /// By the payer's country.
    let corridor: @Sendable (Country) -> String
    let positions: String
    let noPositions: String
    let account: String
    let position: String
    let held: String
    let cap: String
    let capUsed: String
    let asOf: @Sendable (String) -> String
}

struct SearchWords: Sendable {
    let text: String
    let textHint: String
    let amount: String
    let currency: String
    let participant: String
    let from: String
    let until: String
    let any: String
    let find: String
    let found: @Sendable (Int) -> String
    let everything: String
    let lookedAsFarAs: @Sendable (String) -> String
    let older: String
    let submitted: String
    let shopGets: String
    let payerPays: String
    let way: String
}

struct ExceptionWords: Sendable {
    let title: String
    let nothing: String
    let since: String
    let why: String
    let cause: @Sendable (ExceptionCase.Cause) -> String
    /// What a person should find out before deciding.
    let explain: @Sendable (ExceptionCase.Cause) -> String
    let amount: String
    let payerPays: String
    let bank: String
    let decision: @Sendable (ExceptionCase.Decision) -> String
    let lastWord: String
    let payment: String
    let wholePayment: String
    let whatHappened: String
    let refused: String
}

/// How two people decide: one proposes, another approves.
struct DecidingWords: Sendable {
    let proposal: String
    let approvedBy: String
    let decided: String
    let anotherApproves: String
    let withdraw: String
    /// What is proposed, and by whom.
    let approveQuestion: @Sendable (String, String) -> String
    let approve: String
    let propose: String
    let proposeOther: String
    let note: String
    let sayWhy: String
}

struct DisputeWords: Sendable {
    let nothing: String
    let all: String
    let more: String
    let opened: String
    let reason: @Sendable (Dispute.Reason) -> String
    let state: @Sendable (Dispute.State) -> String
    let action: @Sendable (DisputeMachine.Action) -> String
    let amount: String
    let banks: String
    let due: String
    let history: String
    let whoIsRight: String
    let decision: @Sendable (Dispute.Decision) -> String
    /// The heading over what disputes are about.
    let about: String
}

struct ParticipantWords: Sendable {
    let name: String
    let rolesHeading: String
    let roles: @Sendable (Participant.Roles) -> String
    let country: String
    let waiting: String
    let active: String
    let suspended: String
    let checklist: String
    let stepSignedOn: String
    let stepKey: String
    let stepCertificate: String
    let stepSigning: String
    let stepEndpoint: String
    let stepCap: String
    let stepPayment: String
    let link: String
    let endpoint: String
    let inbox: String
    let linkKind: String
    let linkKindName: @Sendable (Participant.LinkKind) -> String
    let lastPayment: String
    let keys: String
    let kind: String
    let kindName: @Sendable (APIKey.Kind) -> String
    let grants: String
    let since: String
    let until: String
    let lastUsed: String
    let inForce: String
    let ended: String
}

struct MerchantWords: Sendable {
    let bank: String
    let name: String
    let city: String
    let category: String
    let code: String
    let travellers: String
    let yes: String
    let no: String
    let status: @Sendable (Merchant.Status) -> String
    let more: String
}

struct RateWords: Sendable {
    let rates: String
    let exchange: String
    let provider: String
    let mid: String
    let spread: String
    let published: String
    let fees: String
    let noFees: String
    let corridor: String
    let kind: String
    let kindName: @Sendable (FeeRule.Kind) -> String
    let scope: String
    let everybody: String
    let share: String
    let from: String
}

struct HealthWords: Sendable {
    let alerts: String
    let noAlerts: String
    let messages: String
    let commits: String
    let groupSize: String
    let commitTime: String
    let queueTime: String
    let failedCommits: String
    let alert: String
    let subject: String
    let since: String
    let ended: String
    let times: String
    let kind: @Sendable (Alert.Kind) -> String
}

struct ChaosWords: Sendable {
    let lead: String
    let mood: @Sendable (BankMood) -> String
    let pay: String
    let payWrong: String
    let dispute: String
    let clock: String
    /// By how many minutes the clock is put forward; negative for back.
    let jump: @Sendable (Int64) -> String
    /// How many minutes it is ahead; negative for behind.
    let clockAhead: @Sendable (Int64) -> String
    let switchItself: String
    let kill: String
    let killHint: String
    /// How often the switch has been started.
    let started: @Sendable (Int) -> String
    let invariants: String
    let holdsTrue: String
    let broken: String
    /// How many lines of the journal were gone through.
    let balanced: @Sendable (Int) -> String
    /// How many holds are open.
    let holds: @Sendable (Int) -> String
    /// What the banks have credited, and what the switch knows of it.
    let recorded: @Sendable (Invariants) -> String
}

extension Participant.Roles {
    /// What an institution does, in some language's words.
    func names(issuer: String, acquirer: String, provider: String) -> String {
        let words: [(role: Participant.Roles, name: String)] = [
            (.issuer, issuer), (.acquirer, acquirer), (.fxProvider, provider),
        ]
        return words.filter { contains($0.role) }.map(\.name).joined(separator: " · ")
    }
}
