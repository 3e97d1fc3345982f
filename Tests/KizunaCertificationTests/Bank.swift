import KizunaCertification
import KizunaCrypto
import KizunaCurl
import KizunaLedger
import KizunaMicrohttpd
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb

@testable import KizunaCommands

/// A simulated bank, or a shop's software, with and without the door that lets in what is signed.
struct Bank: Sendable {
    let signed: any HTTPHandler
    /// Believes whoever calls.
    let believing: any HTTPHandler
    let secret: WebhookSecret

    static let signer = SwitchSigner()

    init(_ target: Target) {
        switch target.side {
        case .issuer, .inbox, .rates: believing = SimulatedIssuer(identities: Identities.next)
        case .acquirer:
            let acquirer = SimulatedAcquirer(link: target.participant.linkKind, identities: Identities.next)
            if let shop = target.shop {
                acquirer.keep(shop.id.description, paidIn: shop.key.country == .japan ? [.jpy] : [.khr, .usd])
            }
            if let closed = target.closedShop { acquirer.keep(closed.id.description, paidIn: []) }
            believing = acquirer
        case .webhook: believing = ShopSoftware()
        }
        guard let name = target.secrets.first else { preconditionFailure("The switch signs what it sends") }
        guard let secret = WebhookSecret(Bank.signer.text(of: name)) else { preconditionFailure("No secret") }
        self.secret = secret
        signed = SignedMessages(secret: secret, to: believing)
    }
}

/// What listens to a shop's webhook: takes every event of whatever type.
private struct ShopSoftware: HTTPHandler {
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.method == "POST" else { return HTTPResponse(status: 405) }
        guard let event = try? JSON.parse(request.body), event.text(at: "type") != nil else {
            return HTTPResponse(status: 400)
        }
        return HTTPResponse(status: 204)
    }
}

/// A bank behind a server, with something wrong in front of it.
struct SpoiltBank: HTTPHandler {
    let bank: Bank
    let manners: Manners

    func respond(to request: HTTPRequest) async -> HTTPResponse { await manners(request, bank) }
}

/// How a bank answers.
typealias Manners = @Sendable (HTTPRequest, Bank) async -> HTTPResponse

// MARK: Who is tried

extension Target {
    static let moment = Timestamp(milliseconds: 1_780_000_000_000)

    /// A side of a bank in Japan or Cambodia; where it is called comes later.
    static func trying(
        _ side: Target.Side,
        in country: Country = .japan,
        link: Participant.LinkKind = .twoPhase,
        at url: String
    ) -> Target {
        let roles: Participant.Roles = side == .issuer ? .issuer : .acquirer
        let name = country == .japan ? "osaka-bank" : "battambang-bank"
        guard let id = ParticipantID(name) else { preconditionFailure("No participant's id") }
        let participant = Participant(id: id, name: "A Bank", country: country, roles: roles, linkKind: link)
        let (shop, closed) = (Target.shop(of: id, in: country, number: 1), Target.shop(of: id, in: country, number: 2))
        switch side {
        case .issuer: return Target(.issuer, of: participant, at: url)
        case .acquirer: return Target(.acquirer, of: participant, at: url, shop: shop, closedShop: closed)
        case .inbox: return Target(inboxOf: participant, waiting: [])
        case .rates: return Target(ratesOf: participant, among: [])
        case .webhook:
            let webhook = Webhook(
                id: UniqueID(high: 1, low: 1),
                url: url,
                events: Set(Webhook.Event.allCases),
                merchant: nil,
                createdAt: moment
            )
            return Target(webhook, of: participant, signedWith: [1], shop: shop)
        }
    }

    private static func shop(of acquirer: ParticipantID, in country: Country, number: UInt64) -> Merchant {
        Merchant(
            id: MerchantID(UniqueID(high: 2, low: number)),
            acquirer: acquirer,
            key: country == .japan
                ? .jpqr(levels: ["0000000000001", "0001", "000001", "00000\(number)"])
                : .khqr(account: "shop\(number)@bank", merchantID: nil),
            name: "A SHOP",
            localName: nil,
            city: "Osaka",
            categoryCode: "5812",
            acceptsForeignPayers: true,
            status: number == 1 ? .active : .closed
        )
    }
}

/// Runs checks against a bank behind a real server on the loopback.
///
/// - Parameter authorities: whom the caller trusts, as a file; the system's unless told.
func certify(
    _ side: Target.Side,
    in country: Country = .japan,
    link: Participant.LinkKind = .twoPhase,
    limits: ServerLimits = ServerLimits(),
    tls: ServerTLS? = nil,
    trusting authorities: String? = nil,
    terms: Terms = Terms(allowsPlainHTTP: true),
    checks: [Check] = Check.all,
    manners: @escaping Manners = { request, bank in await bank.signed.respond(to: request) }
) async throws -> Report {
    // The bank is made for a target whose address is known only once the server listens; nothing else of it matters.
    let bank = Bank(.trying(side, in: country, link: link, at: ""))
    var options = ServerOptions()
    options.tls = tls
    let server = try MicrohttpdServer(
        listen: "127.0.0.1",
        port: 0,
        limits: limits,
        options: options,
        handler: SpoiltBank(bank: bank, manners: manners)
    )
    let client = CurlClient(reach: .loopback, tls: ClientTLS(authoritiesFile: authorities))
    let url = "\(tls == nil ? "http" : "https")://127.0.0.1:\(server.port)/"
    let target = Target.trying(side, in: country, link: link, at: url)
    let certification = Certification(
        of: [target],
        checks: checks,
        terms: terms,
        client: client,
        signer: Bank.signer,
        clock: SystemClock(),
        certificateEnd: certificateEnd
    )
    let report = await certification.run()
    client.shutdown()
    await server.stop()
    return report
}

/// When a certificate in PEM ends.
let certificateEnd: @Sendable ([UInt8]) -> Timestamp? = { text in
    PEM.certificate(text).map { Timestamp(milliseconds: $0.notAfterSeconds * 1_000) }
}
