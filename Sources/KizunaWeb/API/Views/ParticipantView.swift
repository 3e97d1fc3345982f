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
