import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Who lives in a world: banks, wallets, providers and shops of both countries, drawn from the seed.
package struct Cast: Sendable {
    let issuers: [Participant]
    let acquirers: [Participant]
    let providers: [Participant]
    let shops: [Shop]
    /// What each may owe, by currency; the same for all.
    let caps: [Currency: Int64]
    /// Whether the caps are so narrow that payments meet them.
    let areCapsTight: Bool
    /// What rounding has left with providers before the world begins; some a few units short of a lot.
    let rests: [RoundingRest]

    var participants: [Participant] { issuers + acquirers + providers }

    init(using dice: inout SeededDice) {
        issuers = [
            Cast.institution("mekong-bank", .cambodia, .issuer, fee: dice.pick([0, 25, 50, 100])),
            Cast.institution("tonle-wallet", .cambodia, .issuer, fee: dice.pick([0, 33, 50])),
            Cast.institution("sakura-pay", .japan, .issuer, fee: dice.pick([0, 50, 77])),
            Cast.institution("fuji-wallet", .japan, .issuer, fee: dice.pick([0, 50, 120])),
        ]
        acquirers = [
            Cast.institution("angkor-acquiring", .cambodia, .acquirer),
            Cast.institution("riel-switch", .cambodia, .acquirer, link: .singlePhase),
            Cast.institution("naniwa-acquiring", .japan, .acquirer),
            Cast.institution("edo-switch", .japan, .acquirer, link: .singlePhase),
        ]
        providers = ["tonle-fx", "sumida-fx", "bayon-fx"].map { Cast.institution($0, .japan, .fxProvider) }
        shops = acquirers.flatMap { acquirer -> [Shop] in
            acquirer.country == .japan
                ? [Shop.japanese(1, acquirer.id), Shop.japanese(2, acquirer.id)]
                : [Shop.cambodian(.khr, acquirer.id), Shop.cambodian(.usd, acquirer.id)]
        }
        areCapsTight = dice.chance(inHundred: 20)
        let scale: Int64 = areCapsTight ? dice.number(2...8) : 100_000
        caps = [.khr: scale * 1_300_000_00, .usd: scale * 330_00, .jpy: scale * 50_000]
        rests = providers.flatMap { provider in
            [Currency.khr, .usd, .jpy].compactMap { currency in
                Cast.rest(RoundingKey(provider: provider.id, currency: currency), using: &dice)
            }
        }
    }

    private static func rest(_ key: RoundingKey, using dice: inout SeededDice) -> RoundingRest? {
        guard dice.chance(inHundred: 50) else { return nil }
        let unit =
            RoundingGain.partsPerMajorUnit / key.currency.minorUnitsPerMajor * key.currency.customerUnitMinorUnits
        return RoundingRest(key: key, parts: dice.number((RoundingRest.lot - 3) * unit...RoundingRest.lot * unit - 1))
    }

    private static func institution(
        _ text: String,
        _ country: Country,
        _ roles: Participant.Roles,
        link: Participant.LinkKind = .twoPhase,
        fee: Int64 = 0
    ) -> Participant {
        Participant(
            id: participantID(text),
            name: text,
            country: country,
            roles: roles,
            linkKind: link,
            endpoint: "http://\(text).example",
            issuerFeeBasisPoints: fee
        )
    }

    static func participantID(_ text: String) -> ParticipantID {
        guard let id = ParticipantID(text) else { preconditionFailure("\(text) is no participant's id") }
        return id
    }

    func participant(_ id: ParticipantID) -> Participant? { participants.first { $0.id == id } }

    /// Those whose payers can pay at a shop: the other country's.
    func issuers(for shop: Shop) -> [Participant] { issuers.filter { $0.country != shop.key.country } }
}
