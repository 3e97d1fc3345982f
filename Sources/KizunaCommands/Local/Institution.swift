package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// The invented institutions of the demo and the benchmarks: no real bank bears these names.
package enum Institution: String, Sendable, CaseIterable {
    case mekongBank = "mekong-bank"
    case sakuraPay = "sakura-pay"
    case angkorAcquiring = "angkor-acquiring"
    case naniwaAcquiring = "naniwa-acquiring"
    case tonleFX = "tonle-fx"

    package var title: String {
        switch self {
        case .mekongBank: "Mekong Bank"
        case .sakuraPay: "Sakura Pay"
        case .angkorAcquiring: "Angkor Acquiring"
        case .naniwaAcquiring: "Naniwa Acquiring"
        case .tonleFX: "Tonle FX"
        }
    }

    package var country: Country {
        switch self {
        case .mekongBank, .angkorAcquiring, .tonleFX: .cambodia
        case .sakuraPay, .naniwaAcquiring: .japan
        }
    }

    package var roles: Participant.Roles {
        switch self {
        case .mekongBank, .sakuraPay: .issuer
        case .angkorAcquiring, .naniwaAcquiring: .acquirer
        case .tonleFX: .fxProvider
        }
    }

    /// One of the two banks of shops credits as it accepts, so that both kinds can be tried.
    package var linkKind: Participant.LinkKind {
        switch self {
        case .angkorAcquiring: .singlePhase
        case .mekongBank, .sakuraPay, .naniwaAcquiring, .tonleFX: .twoPhase
        }
    }

    package var id: ParticipantID {
        guard let id = ParticipantID(rawValue) else { preconditionFailure("\(rawValue) is no participant's id") }
        return id
    }

    /// What the institution is to the switch.
    package func participant(endpoint: String?) -> Participant {
        Participant(
            id: id,
            name: title,
            country: country,
            roles: roles,
            linkKind: linkKind,
            endpoint: endpoint,
            issuerFeeBasisPoints: roles.contains(.issuer) ? 50 : 0
        )
    }

    /// What each may owe before payments wait for settlement, in minor units: ample, so that no benchmark meets it.
    package static let netDebitCaps: [Currency: Int64] = [
        .khr: 4_000_000_000_000_00, .usd: 1_000_000_000_00, .jpy: 150_000_000_000,
    ]
}
