import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import Synchronization

@testable import KizunaWeb

/// A switch with five institutions, called through its API without a socket.
final class APIWorld: Sendable {
    let clock = ManualClock()
    let links = ScriptedLinks()
    let store: FragileStore
    let engine: Switch
    let api: DocumentedAPI
    private let calls = Atomic<Int>(0)

    /// - Parameters:
    ///   - cap: how far below zero everybody's position may go, in minor units.
    ///   - rates: how often may be called, by a clock that stands still.
    init(cap: Int64? = nil, rates: CallLimits.Rates = .none, log: any EventLog = NoLog()) async throws {
        let digester = OpenSSLDigester()
        store = FragileStore(MemoryStore(digester: digester))
        engine = try Switch(
            store: store,
            links: links,
            clock: clock,
            digester: digester,
            random: SystemRandomNumberGenerator()
        )
        api = DocumentedAPI(
            KizunaAPI(
                engine,
                lock: Lock(
                    engine,
                    signatures: OpenSSLSignatureChecker(),
                    needsCertificates: false,
                    limits: CallLimits(rates)
                ),
                signer: WritingSigner(),
                reach: .internet,
                log: log
            )
        )
        for bank in Bank.allCases { try await join(bank, cap: cap) }
        try await publishRates()
        try await registerShops()
    }

    private func join(_ bank: Bank, cap: Int64?) async throws {
        var caps: [Currency: Int64] = [:]
        for currency in Participant.settlementCurrencies { caps[currency] = cap }
        try await operate(.joinParticipant(bank.participant, netDebitCaps: caps))
        try await operate(.addAPIKey(AddAPIKey(participant: bank.id, digest: Digest.sha256(Array(bank.key.utf8)))))
    }

    /// Has the operator of the switch do something.
    @discardableResult
    func operate(_ command: Command) async throws -> Reply {
        try await engine.submit(Submission(caller: .operations, command: command)).result.get()
    }

    // MARK: Calling

    /// A request as a participant's system sends it.
    func request(
        _ method: String,
        _ path: String,
        as bank: Bank?,
        body: JSON? = nil,
        key: String? = nil,
        headers: HTTPHeaders = [:]
    ) -> HTTPRequest {
        var headers = headers
        if let bank { headers.add("Authorization", "Bearer \(bank.key)") }
        if body != nil, headers["Content-Type"] == nil { headers.add("Content-Type", "application/json") }
        if method == "POST" {
            headers.add("Idempotency-Key", key ?? "call-\(calls.add(1, ordering: .relaxed).newValue)")
        }
        let parts = path.split(separator: "?", maxSplits: 1)
        return HTTPRequest(
            method: method,
            path: String(parts[0]),
            query: parts.count == 2 ? String(parts[1]) : "",
            headers: headers,
            body: body?.encoded ?? []
        )
    }

    func post(_ path: String, _ body: JSON, as bank: Bank, key: String? = nil) async -> HTTPResponse {
        await api.respond(to: request("POST", path, as: bank, body: body, key: key))
    }

    func get(_ path: String, as bank: Bank? = nil, headers: HTTPHeaders = [:]) async -> HTTPResponse {
        await api.respond(to: request("GET", path, as: bank, headers: headers))
    }
}

/// The institutions of the world.
enum Bank: String, CaseIterable, Sendable {
    case mekong = "mekong-bank"
    case sakura = "sakura-pay"
    case naniwa = "naniwa-acquiring"
    case angkor = "angkor-acquiring"
    case tonle = "tonle-fx"

    /// The key's text, as the bank would keep it in its vault.
    var key: String { "kz_secret-of-\(rawValue)" }

    var id: ParticipantID {
        guard let id = ParticipantID(rawValue) else { preconditionFailure("A test names a participant badly") }
        return id
    }

    var participant: Participant {
        let (country, roles): (Country, Participant.Roles) =
            switch self {
            case .mekong: (.cambodia, .issuer)
            case .sakura: (.japan, .issuer)
            case .naniwa: (.japan, .acquirer)
            case .angkor: (.cambodia, .acquirer)
            case .tonle: (.japan, .fxProvider)
            }
        return Participant(
            id: id,
            name: "The \(rawValue)",
            country: country,
            roles: roles,
            endpoint: "https://\(rawValue).example/k",
            issuerFeeBasisPoints: roles.contains(.issuer) ? 50 : 0
        )
    }
}

/// A clock that stands still until it is told to go on.
final class ManualClock: Clock {
    private let milliseconds = Atomic<Int64>(1_760_000_000_000)

    func now() -> Timestamp { Timestamp(milliseconds: milliseconds.load(ordering: .relaxed)) }
    func set(_ moment: Int64) { milliseconds.store(moment, ordering: .relaxed) }
    func advance(by duration: Duration) { milliseconds.add(duration.wholeMilliseconds, ordering: .relaxed) }
}

struct OpenSSLDigester: Digester {
    func sha256(_ bytes: [UInt8]) -> [UInt8] { Digest.sha256(bytes) }
    func md5(_ bytes: [UInt8]) -> [UInt8] { Digest.md5(bytes) }
}

/// Links on which every shop's bank answers the same until it is told otherwise, and everybody takes notices.
final class ScriptedLinks: Links {
    private let answer = Mutex(DeliveryOutcome.pending)
    private let sent = Mutex<[OutboxMessage.Kind]>([])

    /// What shops' banks answer from now on.
    func answer(_ outcome: DeliveryOutcome) { answer.withLock { $0 = outcome } }

    var kinds: [OutboxMessage.Kind] { sent.withLock { $0 } }

    private let away = Mutex<Set<ParticipantID>>([])

    /// Who does not answer from now on.
    func sendAway(_ participants: Set<ParticipantID>) { away.withLock { $0 = participants } }

    func deliver(_ delivery: Delivery, timeout: Duration, answer: @escaping @Sendable (DeliveryOutcome) -> Void) {
        sent.withLock { $0.append(delivery.message.kind) }
        guard !away.withLock({ $0.contains(delivery.destination.id) }) else { return answer(.noAnswer) }
        // A recall is taken at once, and answered by a call.
        let isAnswered = delivery.message.kind.isQuestion && delivery.message.kind != .recallRequest
        answer(isAnswered ? self.answer.withLock { $0 } : .acknowledged)
    }

    private let announced = Mutex<[Announcement]>([])
    private let status = Mutex<Int?>(204)

    /// What webhooks were told.
    var announcements: [Announcement] { announced.withLock { $0 } }

    /// What webhooks answer from now on.
    func answerEvents(_ status: Int?) { self.status.withLock { $0 = status } }

    func announce(_ announcement: Announcement, timeout: Duration, answer: @escaping @Sendable (Int?) -> Void) {
        announced.withLock { $0.append(announcement) }
        answer(status.withLock { $0 })
    }
}

/// Signatures and secrets that say what they are made of.
struct WritingSigner: MessageSigner {
    func signature(id: String, timestampSeconds: Int64, body: [UInt8], with secret: SigningSecret) -> String {
        "signed \(id).\(timestampSeconds).\(body.count) for \(secret.name)"
    }

    func text(of secret: SigningSecret) -> String { "secret of \(secret.name)" }
}
