import KizunaCrypto
import KizunaCurl
import KizunaLedger
import KizunaMoney
import KizunaPages
import KizunaSimulation
import KizunaSwitch
import KizunaWeb

/// Makes the trouble that the demo's panel asks for: the panel is in the switch's process, and the banks, the clock and
/// whoever kills the switch are in this one.
struct ChaosDesk: HTTPHandler {
    let password: String
    let banks: SimulatedBanks
    let clock: DemoClock
    let process: DemoSwitchProcess
    /// Has the rates published anew, which a clock that is put forward makes stale.
    let refreshRates: @Sendable () async -> Void
    /// How many payments the switch had recorded as paid before the banks kept any books.
    let paidBefore: Int

    /// How many payments one push makes, each way.
    private static let fewEachWay = 5
    /// The amount at which a simulated bank does not undo what it has credited.
    private static let wrongAmount = Money(minorUnits: 9_010_00, currency: .khr)
    /// How long payments run before the switch is killed in the middle of them.
    private static let beforeKilling = Duration.milliseconds(150)

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let given = Array((request.headers["Authorization"] ?? "").utf8)
        guard ConstantTime.equal(given, Array("Bearer \(password)".utf8)) else { return HTTPResponse(status: 401) }
        guard let body = try? JSON.parse(request.body), let trouble = Trouble(json: body) else {
            return HTTPResponse(status: 400)
        }
        await make(trouble)
        let headers: HTTPHeaders = ["Content-Type": "application/json"]
        return HTTPResponse(status: 200, headers: headers, body: standing.json.encoded)
    }

    private func make(_ trouble: Trouble) async {
        switch trouble {
        case .look: break
        case .mood(let mood, let bank):
            guard let mood = SimulatedAcquirer.Mood(rawValue: mood.rawValue) else { return }
            acquirers.first { $0.id == bank }?.bank.behave(mood)
        case .payments: payAFew()
        case .exception: pay(DemoShop.kizunaCafe, ChaosDesk.wrongAmount, .yuki, at: banks.yenWallet)
        case .dispute: Task { try? await dispute() }
        case .kill:
            payAFew()
            Task {
                try? await Task.sleep(for: ChaosDesk.beforeKilling)
                process.kill()
            }
        case .clock(let jump):
            clock.ahead += jump
            await refreshRates()
        }
    }

    private func payAFew() {
        for number in 0..<ChaosDesk.fewEachWay {
            let yen = Money(minorUnits: Int64(500 + 10 * number), currency: .jpy)
            let riel = Money(minorUnits: Int64(12_000_00 + 100_00 * number), currency: .khr)
            pay(.kizunaShoten, yen, .sokhaRiel, at: banks.rielBank)
            pay(.kizunaCafe, riel, .yuki, at: banks.yenWallet)
        }
    }

    /// Has somebody pay; what becomes of it is on the pages.
    private func pay(_ shop: DemoShop, _ amount: Money, _ payer: DemoPayer, at bank: SimulatedIssuer) {
        Task { _ = try? await bank.pay(shop.payload, amount: amount, from: payer.account) }
    }

    /// Has a payer's bank dispute a payment, the shop's bank say no, and the first take it to the operators.
    private func dispute() async throws {
        let amount = Money(minorUnits: 1_200, currency: .jpy)
        let story = try await banks.rielBank.pay(
            DemoShop.kizunaShoten.payload,
            amount: amount,
            from: DemoPayer.sokhaRiel.account
        )
        let opened = try await banks.rielBank.ask(
            "/v1/payments/\(story.paymentID)/disputes",
            ["reason": "not_received", "note": "The goods have not come."]
        )
        guard let id = opened.text(at: "id") else { return }
        let actions = "/v1/disputes/\(id)/actions"
        _ = try await banks.yenAcquirer.ask(actions, ["action": "REJECT", "note": "The shop has a receipt."])
        _ = try await banks.rielBank.ask(actions, ["action": "ESCALATE"])
    }

    private var acquirers: [(id: ParticipantID, bank: SimulatedAcquirer)] {
        [(Institution.angkorAcquiring.id, banks.rielAcquirer), (Institution.naniwaAcquiring.id, banks.yenAcquirer)]
    }

    private var standing: ChaosStanding {
        ChaosStanding(
            banks: acquirers.map { ($0.id, BankMood(rawValue: $0.bank.mood.rawValue) ?? .well) },
            credited: acquirers.reduce(0) { $0 + $1.bank.credited.payments },
            creditedBefore: paidBefore,
            clockAhead: clock.ahead,
            starts: process.starts
        )
    }
}

/// The panel's way to ``ChaosDesk``.
struct ChaosCaller: ChaosControls {
    private let desk: (url: String, password: String)
    private let clock: DemoClock
    private let client = CurlClient(reach: .loopback)
    private static let patience = Duration.seconds(10)

    init(_ desk: (url: String, password: String), clock: DemoClock) {
        self.desk = desk
        self.clock = clock
    }

    func make(_ trouble: Trouble) async -> ChaosStanding? {
        let answer = try? await client.send(
            "POST",
            desk.url,
            headers: ["Authorization": "Bearer \(desk.password)", "Content-Type": "application/json"],
            body: trouble.json.encoded,
            timeout: ChaosCaller.patience
        )
        guard let answer, let standing = (try? JSON.parse(answer.body)).flatMap(ChaosStanding.init) else { return nil }
        // The switch goes by the same clock as its banks.
        clock.ahead = standing.clockAhead
        return standing
    }
}
