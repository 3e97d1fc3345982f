import KizunaCrypto
import KizunaCurl
import KizunaLedger
import KizunaMicrohttpd
import KizunaPages
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Synchronization

/// The demo: the banks of both countries with their wallets and shops in this process, the switch in another one that
/// can be killed, and one address in front of both.
final class DemoLink: Sendable {
    let database: DatabaseAddress
    let banks: SimulatedBanks
    let people: DemoPeople
    /// Where browsers come to.
    let address: ListenAddress
    private let process: DemoSwitchProcess
    private let front: MicrohttpdServer
    private let desk: MicrohttpdServer
    private let rates: Task<Void, Never>
    private let client: CurlClient

    init(database: DatabaseAddress, listen: ListenAddress) async throws {
        var random = SystemRandom()
        let (clock, people) = (DemoClock(), DemoPeople())
        let master = WebhookSecret.generate(using: &random)
        let banks = try SimulatedBanks(signingSecret: master, clock: clock)
        let keys = Dictionary(
            uniqueKeysWithValues: Institution.allCases.map { ($0, KizunaCrypto.APIKey.generate(using: &random)) }
        )
        // The desk is there before the switch that calls it, and is given what it works on when that is there.
        let deskHandler = LateHandler()
        let desk = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: ServerLimits(), handler: deskHandler)
        let password = KizunaCrypto.APIKey.generate(using: &random).text
        let process = DemoSwitchProcess(
            DemoSetting(
                database: database.text,
                listen: .anyFree,
                master: master,
                people: people,
                desk: ("http://127.0.0.1:\(desk.port)/", password),
                joining: keys.sorted { $0.key.rawValue < $1.key.rawValue }.map { institution, key in
                    DemoSetting.Bank(
                        institution: institution,
                        endpoint: banks.endpoint(of: institution),
                        keyDigest: key.sha256
                    )
                }
            ),
            clock: clock
        )
        try await process.start()
        var limits = ClientLimits()
        limits.connectionsPerHost = limits.connections
        let client = CurlClient(limits: limits, reach: .loopback)
        front = try MicrohttpdServer(
            listen: listen.host,
            port: listen.port,
            limits: ServerLimits(),
            handler: Site(
                DemoPages.ofBanks(banks, clock: clock),
                before: Forwarder(client) { await process.url() },
                tools: .real(isSecure: false, clock: clock)
            )
        )
        let provider = try await banks.connect(to: await process.url() ?? "", keys: keys.mapValues(\.text))
        deskHandler.give(
            ChaosDesk(
                password: password,
                banks: banks,
                clock: clock,
                process: process,
                refreshRates: { try? await provider.publish() },
                paidBefore: try DemoLink.paid(in: database)
            )
        )
        rates = Task { await provider.run() }
        address = ListenAddress(host: listen.host, port: front.port)
        self.database = database
        self.banks = banks
        self.people = people
        self.process = process
        self.desk = desk
        self.client = client
    }

    /// Stops the switch first, so that its last words still reach the banks.
    func stop() async {
        rates.cancel()
        await process.stop()
        await front.stop()
        await banks.stop()
        await desk.stop()
        client.shutdown()
    }

    private static func paid(in database: DatabaseAddress) throws -> Int {
        let store = try database.openForReading()
        let counts = try store.read { reader throws(StoreError) in try reader.paymentCounts() }
        return counts.reduce(0) { $1.key.isPaid ? $0 + $1.value : $0 }
    }
}

/// Stands in for a handler that is not there yet.
private final class LateHandler: HTTPHandler {
    private let handler = Mutex<(any HTTPHandler)?>(nil)

    func give(_ handler: any HTTPHandler) { self.handler.withLock { $0 = handler } }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard let handler = handler.withLock({ $0 }) else { return HTTPResponse(status: 503) }
        return await handler.respond(to: request)
    }
}
