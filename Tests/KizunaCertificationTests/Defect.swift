import KizunaCertification
import KizunaMicrohttpd
import KizunaMoney
import KizunaPayments
import KizunaWeb
import Synchronization
import Testing

/// A bank with one thing wrong, on which one check must fail.
struct Defect: Sendable, CustomTestStringConvertible {
    let check: String
    let side: Target.Side
    let country: Country
    let link: Participant.LinkKind
    let limits: ServerLimits
    let terms: Terms
    /// Made anew for each run, for some remember what they have seen.
    let manners: @Sendable () -> Manners

    init(
        _ check: String,
        _ side: Target.Side = .acquirer,
        in country: Country = .japan,
        link: Participant.LinkKind = .twoPhase,
        limits: ServerLimits = ServerLimits(),
        terms: Terms = Terms(allowsPlainHTTP: true),
        remembering manners: @escaping @Sendable () -> Manners
    ) {
        self.check = check
        self.side = side
        self.country = country
        self.link = link
        self.limits = limits
        self.terms = terms
        self.manners = manners
    }

    /// One that answers some messages by itself and leaves the others to the bank.
    init(
        _ check: String,
        _ side: Target.Side = .acquirer,
        in country: Country = .japan,
        link: Participant.LinkKind = .twoPhase,
        answering answer: @escaping @Sendable (Message) -> HTTPResponse?
    ) {
        self.init(check, side, in: country, link: link) {
            { request, bank in
                if let response = answer(Message(request)) { return response }
                return await bank.signed.respond(to: request)
            }
        }
    }

    var testDescription: String { "\(check) (\(side.rawValue))" }
}

/// A request with its body read.
struct Message: Sendable {
    let request: HTTPRequest
    let body: JSON?

    init(_ request: HTTPRequest) {
        self.request = request
        body = try? JSON.parse(request.body)
    }

    var path: String { request.path }
    /// What it is about: a payment, or a refund.
    var subject: String { body?.text(at: "paymentId") ?? body?.text(at: "id") ?? "" }
    var amount: String { body?.text(at: "merchantAmount", "value") ?? "" }
    var payer: String { body?.text(at: "payer", "name") ?? "" }
    var isCreditRequest: Bool { path == "/credit-requests" }
    var decision: String? { path == "/credit-decisions" ? body?.text(at: "decision") : nil }
    var state: String? { body?.text(at: "state") }

    /// The same request with another body.
    func saying(_ body: [UInt8]) -> HTTPRequest {
        var request = request
        request.body = body
        return request
    }
}

/// Counts how often things have come before.
final class Memory: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// Counts one more.
    ///
    /// - Returns: how often it had come before.
    func count(_ thing: String) -> Int {
        counts.withLock { counts in
            counts[thing, default: 0] += 1
            return counts[thing, default: 1] - 1
        }
    }

    func has(_ thing: String) -> Bool { counts.withLock { $0[thing] != nil } }

    /// What came behind a word.
    func things(beginning word: String) -> Set<Substring> {
        counts.withLock { counts in Set(counts.keys.filter { $0.hasPrefix(word) }.map { $0.dropFirst(word.count) }) }
    }
}

/// Holds the first of some requests until another one has come, so that two are under way for certain.
final class Crossing: Sendable {
    private let arrived = Mutex(0)

    /// - Returns: whether somebody else was there before.
    func enter() async -> Bool {
        let place = arrived.withLock { count in
            count += 1
            return count
        }
        guard place == 1 else { return true }
        for _ in 0..<10_000 where arrived.withLock({ $0 == 1 }) { try? await Task.sleep(for: .milliseconds(1)) }
        return false
    }
}

extension HTTPResponse {
    static func status(_ status: Int) -> HTTPResponse { HTTPResponse(status: status) }

    static func saying(_ word: String, reason: String? = nil, status: Int = 200) -> HTTPResponse {
        let body: JSON = reason.map { ["status": .string(word), "reason": .string($0)] } ?? ["status": .string(word)]
        return HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: body.encoded)
    }
}
