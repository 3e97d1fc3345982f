package import KizunaLedger
import KizunaMoney
package import KizunaPayments

extension JSON {
    /// A participant as it sees itself.
    package init(_ participant: Participant, with accounts: [Account], _ rests: [RoundingRest]) {
        self = [
            "id": JSON(name: participant.id),
            "name": .string(participant.name),
            "country": .string(participant.country.rawValue),
            "roles": .array(participant.roles.names.map(JSON.string)),
            "status": .string(participant.status == .active ? "active" : "suspended"),
            "link": .string(participant.linkKind == .twoPhase ? "two-phase" : "single-phase"),
            "endpoint": JSON(participant.endpoint),
            "issuerFeeBasisPoints": JSON(participant.issuerFeeBasisPoints),
            "accounts": .array(accounts.map { JSON($0) }),
            "roundingRests": .array(rests.map { JSON($0) }),
        ]
    }

    /// What a provider's gains come to beyond what its account shows, exactly.
    private init(_ rest: RoundingRest) {
        self = ["currency": JSON(name: rest.key.currency), "rest": .string(rest.majorUnits)]
    }

    /// An account with its position, what is held against it, and how far it may go.
    private init(_ account: Account) {
        let money = { (minorUnits: Int64) in Money(minorUnits: minorUnits, currency: account.id.currency) }
        self = [
            "role": .string("\(account.id.role)"),
            "currency": JSON(name: account.id.currency),
            "position": JSON(money(account.positionMinorUnits)),
            "held": JSON(money(account.debitsHeld)),
            "cap": JSON(account.netDebitCapMinorUnits.map(money)),
            "headroom": JSON(account.headroomMinorUnits.map(money)),
            "utilisationBasisPoints": account.netDebitCapMinorUnits.map { _ in JSON(account.utilisationBasisPoints) }
                ?? .null,
        ]
    }
}

extension Participant.Roles {
    fileprivate var names: [String] {
        let all: [(role: Participant.Roles, name: String)] = [
            (.issuer, "issuer"), (.acquirer, "acquirer"), (.fxProvider, "fxProvider"),
        ]
        return all.filter { contains($0.role) }.map(\.name)
    }
}

extension Schema {
    static let me = answer([
        "id": .participant("mekong-bank"),
        "name": .text(1...140, "Mekong Bank"),
        "country": .country(.cambodia),
        "roles": .list(of: .words(["issuer", "acquirer", "fxProvider"])),
        "status": .words(["active", "suspended"]),
        "link": .words(["two-phase", "single-phase"]),
        "endpoint": .text(1...512, "https://mekong-bank.example/kizuna").nullable
            .saying("Where the switch calls; null for a participant that asks its inbox."),
        "issuerFeeBasisPoints": .count(50),
        "accounts": .list(of: account),
        "roundingRests": .list(of: roundingRest),
    ])
    .named("Participant", "A participant as it sees itself.")

    private static let account = answer([
        "role": .words(AccountID.Role.allCases.map { "\($0)" }),
        "currency": .currency(.khr),
        "position": .riel("-53375"),
        "held": .riel("0"),
        "cap": .riel("40000000").null.saying("How far below zero the position may go; null for without limit."),
        "headroom": .riel("39946625").null,
        "utilisationBasisPoints": .integer(Int64.min...Int64.max, 13).null,
    ])
    .named("Account", "An account with its position, what is held against it, and how far it may go.")

    private static let roundingRest = answer(["currency": .currency(.khr), "rest": .decimal("0.42474776")])
        .named("RoundingRest", "What a provider's gains come to beyond what its account shows, exactly.")
}
