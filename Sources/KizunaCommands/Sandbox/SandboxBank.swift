import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation

/// The institutions that a sandbox has before anybody joins: those of the demo, and two that take no payments.
enum SandboxBank: Hashable, CaseIterable {
    case rielWallets, yenWallets, rielAcquirer, yenAcquirer, rates, rielOffline, yenOffline

    /// What the institution is to the switch.
    var participant: Participant {
        switch self {
        case .rielWallets: Institution.mekongBank.participant(endpoint: endpoint)
        case .yenWallets: Institution.sakuraPay.participant(endpoint: endpoint)
        case .rielAcquirer: Institution.angkorAcquiring.participant(endpoint: endpoint)
        case .yenAcquirer: Institution.naniwaAcquiring.participant(endpoint: endpoint)
        case .rates: Institution.tonleFX.participant(endpoint: nil)
        case .rielOffline: offline("bassac-acquiring", "Bassac Acquiring", .cambodia)
        case .yenOffline: offline("yodo-acquiring", "Yodo Acquiring", .japan)
        }
    }

    /// The name under which the switch finds it inside the process; nobody else can have it (RFC 2606).
    var host: String? {
        switch self {
        case .rielWallets: "mekong-bank.sandbox.invalid"
        case .yenWallets: "sakura-pay.sandbox.invalid"
        case .rielAcquirer: "angkor-acquiring.sandbox.invalid"
        case .yenAcquirer: "naniwa-acquiring.sandbox.invalid"
        case .rates, .rielOffline, .yenOffline: nil
        }
    }

    private var endpoint: String? { host.map { "https://\($0)" } }

    /// The shops that it registers.
    var shops: [MagicShop] {
        MagicShop.allCases.filter { shop in
            switch (self, shop.bank) {
            case (.rielAcquirer, .open), (.rielOffline, .offline): shop.country == .cambodia
            case (.yenAcquirer, .open), (.yenOffline, .offline): shop.country == .japan
            case (.rielWallets, _), (.yenWallets, _), (.rates, _), (_, .nobody), (_, .open), (_, .offline): false
            }
        }
    }

    private func offline(_ id: String, _ name: String, _ country: Country) -> Participant {
        guard let id = ParticipantID(id) else { preconditionFailure("\(id) is no participant's id") }
        return Participant(
            id: id,
            name: name,
            country: country,
            roles: .acquirer,
            linkKind: .twoPhase,
            endpoint: nil,
            issuerFeeBasisPoints: 0
        )
    }
}
