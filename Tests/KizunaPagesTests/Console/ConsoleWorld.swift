import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Synchronization

@testable import KizunaPages

/// A switch with three people who work for it, and its console without a socket.
final class ConsoleWorld: Sendable {
    static let password = "correct horse battery"
    private static let passwordHash = PasswordHash.make(of: password, using: SystemRandom())
    private static let authenticatorKey = Array("12345678901234567890".utf8)
    private static let people: [(name: String, roles: Grants)] = [
        ("sokha", [.operator, .approver]), ("yuki", [.operator, .approver]), ("mao", .auditor),
    ]
    /// A printed JPQR (vector `v-jm-007`).
    static let code =
        "00020101021126680019jp.or.paymentsjapan0113000000000000102040001030600"
        + "000104060000015204549953033925802JP5913KIZUNA SHOTEN6010CHIYODA-KU6107"
        + "100000164200002JA0110きずな商店ー東京駅前63041349"

    let clock = MovingClock()
    let engine: Switch
    let site: Site
    private let store = MemoryStore(digester: OpenSSLDigester())

    init(isSecure: Bool = false) async throws {
        let digester = OpenSSLDigester()
        engine = try Switch(
            store: store,
            links: NoLinks(),
            clock: clock,
            digester: digester,
            random: SystemRandom()
        )
        let desk = SignInDesk(
            engine,
            credentials: OpenSSLCredentialChecker(),
            authenticator: TestAuthenticator()
        ) {
            var random = SystemRandom()
            let key = KizunaCrypto.APIKey.generate(using: &random)
            return SignInDesk.Secret(text: key.text, digest: key.sha256)
        }
        let tools = Site.Tools(
            clock: clock,
            digester: digester,
            authenticator: TestAuthenticator(),
            isSecure: isSecure
        ) {
            var random = SystemRandom()
            return .version4(using: &random)
        }
        site = Site(
            [ConsolePages(engine, door: ConsoleDoor(desk: desk, isSecure: isSecure))],
            before: EchoAPI(),
            tools: tools
        )
        for person in Self.people { try await add(person.name, person.roles) }
    }

    private func add(_ name: String, _ roles: Grants) async throws {
        guard let id = OperatorID(name) else { preconditionFailure("A test names a person badly") }
        let person = AddPerson(
            id: id,
            name: "\(name) of the night shift",
            roles: roles,
            passwordHash: Self.passwordHash,
            authenticatorKey: Self.authenticatorKey
        )
        try await operate(.people(.add(person)))
    }

    private func operate(_ command: Command) async throws {
        _ = try await engine.submit(Submission(caller: .operations, command: command)).result.get()
    }

    /// What the authenticator shows now.
    var currentCode: String {
        OneTimeCode.code(at: OneTimeCode.step(at: clock.now()), key: Self.authenticatorKey)
    }

    /// A browser in which a person has signed in.
    func signIn(_ name: String, in browser: Browser? = nil) async throws -> Browser {
        let browser = browser ?? Browser(self)
        let answer = await browser.signIn(name)
        guard answer.status == 303 else { throw Surprise(status: answer.status) }
        return browser
    }

    // MARK: What there is to see

    func exceptionCase(of payment: Payment) throws -> ExceptionCase? {
        try store.read { reader throws(StoreError) in try reader.exceptionCase(of: payment.id) }
    }

    func dispute(_ id: DisputeID) throws -> Dispute? {
        try store.read { reader throws(StoreError) in try reader.dispute(id) }
    }

    func payments() throws -> [Payment] {
        try store.read { reader throws(StoreError) in try reader.payments(PaymentSearch()).payments }
    }

    func merchants() throws -> [Merchant] {
        try store.read { reader throws(StoreError) in try reader.merchants(MerchantSearch("")).merchants }
    }

    func messages(of payment: Payment) throws -> [OutboxMessage] {
        try store.read { reader throws(StoreError) in
            try reader.messages(of: payment.id, writtenAt: payment.moments([], [], []), limit: 50)
        }
    }

    func entries() throws -> [AuditEntry] {
        try store.read { reader throws(StoreError) in try reader.auditEntries(AuditSearch()) }
    }

    func person(_ name: String) throws -> Person? {
        try store.read { reader throws(StoreError) in
            try OperatorID(name).flatMap { id throws(StoreError) in
                try reader.person(id)
            }
        }
    }

    /// A person's keys and sessions.
    func keys(of name: String) throws -> [KizunaSwitch.APIKey] {
        try store.read { reader throws(StoreError) in try reader.apiKeys() }
            .filter { $0.owner.person?.description == name }
    }

    func payment(_ id: PaymentID) throws -> Payment? {
        try store.read { reader throws(StoreError) in try reader.payment(id) }
    }
}

struct Surprise: Error { let status: Int }

/// A clock that goes on when it is told to.
final class MovingClock: Clock {
    private let milliseconds = Atomic<Int64>(1_795_973_108_000)

    func now() -> Timestamp { Timestamp(milliseconds: milliseconds.load(ordering: .relaxed)) }
    func advance(by duration: Duration) { milliseconds.add(duration.wholeMilliseconds, ordering: .relaxed) }
}

/// A browser that keeps its cookies and sends the token of the form that it sends.
final class Browser: Sendable {
    private let world: ConsoleWorld
    private let cookies: Mutex<[String: String]>

    init(_ world: ConsoleWorld, cookies: [String: String] = [:]) {
        self.world = world
        self.cookies = Mutex(cookies)
    }

    /// One with the same cookies.
    func copy() -> Browser { Browser(world, cookies: cookies.withLock { $0 }) }

    func plant(_ name: String, _ value: String) { cookies.withLock { $0[name] = value } }
    func cookie(_ name: String) -> String? { cookies.withLock { $0[name] } }

    func get(_ target: String, lastEvent: String? = nil) async -> HTTPResponse {
        var headers: HTTPHeaders = ["Accept-Language": "en"]
        if let lastEvent { headers.add("Last-Event-ID", lastEvent) }
        return await send("GET", target, headers, [])
    }

    /// The token that the forms of a page bear.
    func token(on path: String) async -> String { await get(path).formToken }

    /// - Parameter token: of a page of the same browser unless told otherwise.
    func post(
        _ path: String,
        _ fields: [String: String],
        token: String? = nil,
        site: String = "same-origin",
        origin: String? = nil
    ) async -> HTTPResponse {
        let page = cookie("kizuna_session") == nil ? "/console/sign-in" : "/console/payments"
        let given = if let token { token } else { await self.token(on: page) }
        var headers: HTTPHeaders = [
            "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": site, "Host": "console.example",
            "Accept-Language": "en",
        ]
        if let origin { headers.add("Origin", origin) }
        let pairs = (fields.map { ($0.key, $0.value) } + [("token", given)]).sorted { $0.0 < $1.0 }
        let body = pairs.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        return await send("POST", path, headers, Array(body.utf8))
    }

    func signIn(_ name: String, password: String = ConsoleWorld.password, code: String? = nil) async -> HTTPResponse {
        await post(
            "/console/sign-in",
            ["person": name, "password": password, "code": code ?? world.currentCode],
            token: await token(on: "/console/sign-in")
        )
    }

    private func send(
        _ method: String,
        _ target: String,
        _ headers: HTTPHeaders,
        _ body: [UInt8]
    ) async -> HTTPResponse {
        var headers = headers
        let kept = cookies.withLock { $0.sorted { $0.key < $1.key } }
        headers.add("Cookie", kept.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))
        let parts = target.split(separator: "?", maxSplits: 1)
        let response = await world.site.respond(
            to: HTTPRequest(
                method: method,
                path: String(parts[0]),
                query: parts.count == 2 ? String(parts[1]) : "",
                headers: headers,
                body: body,
                remoteAddress: "192.0.2.1"
            )
        )
        for field in response.headers.fields where field.name == "Set-Cookie" { take(field.value) }
        return response
    }

    private func take(_ cookie: String) {
        let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
        cookies.withLock { $0[String(pair[0])] = pair.count == 2 ? String(pair[1]) : nil }
    }
}
