import KizunaCrypto
import KizunaCurl
import KizunaMicrohttpd
import KizunaPages
import KizunaSwitch
import KizunaWeb

/// How a switch serves the database that it is given.
struct SwitchOptions {
    let listen: ListenAddress
    /// Where participants may be called.
    var reach: Reach
    var signer = SwitchSigner()
    /// Who the listener is over TLS; `nil` for plain HTTP. Where it asks for client certificates, every participant needs
    /// one.
    var tls: ServerTLS?
    /// Whom it believes where it calls participants and webhooks, and who it is to them.
    var linkTLS = ClientTLS()
    /// Where figures for Prometheus are, if they are anywhere; plain HTTP.
    var metrics: ListenAddress?
    /// Where the Bakong facade is, if it is anywhere.
    var bakong: BakongListener?
    /// Where the operators' console is, if it is anywhere.
    var console: ConsoleListener?
    /// How often the API may be called.
    var calls = CallLimits.Rates()
    /// Is told of requests and deliveries.
    var log: any EventLog = NoLog()
    /// Who plays the other side, where this is a sandbox.
    var sandbox: Sandbox?
    /// What the switch goes by.
    var clock: any KizunaSwitch.Clock = SystemClock()
    /// What people see beside the API; what any switch has, unless told otherwise.
    var pages: ((Switch) -> [any PageSection])?

    init(listen: ListenAddress, reach: Reach) {
        self.listen = listen
        self.reach = reach
    }

    var environment: Environment { sandbox == nil ? .live : .sandbox }

    /// A handler whose every answer says where this is a sandbox.
    func marked(_ handler: any HTTPHandler) -> any HTTPHandler { sandbox == nil ? handler : SandboxMark(handler) }

    func sections(of engine: Switch) -> [any PageSection] {
        pages?(engine) ?? [PublicPages(engine, of: environment == .live ? .live : .sandbox)]
    }
}
