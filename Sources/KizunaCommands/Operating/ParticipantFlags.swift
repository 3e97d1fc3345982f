import KizunaPayments

/// What is said of an institution, for each command that is told of one.
enum ParticipantFlags {
    static let country = Flag("--country", "KH|JP", help: "where it is")
    static let roles = Flag("--roles", "LIST", help: "issuer, acquirer, fx-provider, joined by commas")
    static let link = Flag("--link", "KIND", help: "two-phase (standard) or single-phase")

    static func country(_ arguments: Arguments) throws(UsageError) -> Country {
        guard let country = Country(rawValue: try arguments.required(country)) else {
            throw arguments.error("--country takes KH or JP")
        }
        return country
    }

    static func roles(_ arguments: Arguments) throws(UsageError) -> Participant.Roles {
        var roles: Participant.Roles = []
        for name in try arguments.required(self.roles).split(separator: ",") {
            switch name {
            case "issuer": roles.insert(.issuer)
            case "acquirer": roles.insert(.acquirer)
            case "fx-provider": roles.insert(.fxProvider)
            default: throw arguments.error("--roles takes issuer, acquirer and fx-provider, not \(name)")
            }
        }
        return roles
    }

    static func linkKind(_ arguments: Arguments) throws(UsageError) -> Participant.LinkKind {
        switch arguments[link] {
        case nil, "two-phase": return .twoPhase
        case "single-phase": return .singlePhase
        case let other?: throw arguments.error("--link takes two-phase or single-phase, not \(other)")
        }
    }
}
