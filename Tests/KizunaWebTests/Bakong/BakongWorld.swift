import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaWeb

/// A switch with the Bakong facade in front of it, and a project that has a token.
struct BakongWorld {
    let world: APIWorld
    let facade: BakongFacade
    let mails = Mailbox()
    let project: BakongProject
    let token: String

    static let authenticator = OpenSSLAuthenticator()

    init(hasMail: Bool = true, rate: RateLimiter.Rate = RateLimiter.Rate()) async throws {
        world = try await APIWorld()
        facade = BakongFacade(
            world.engine,
            settings: BakongSettings(publicURL: "https://bakong.example", rate: rate),
            tools: BakongTools(
                authenticator: Self.authenticator,
                mailer: hasMail ? mails : nil
            )
        )
        project = try await Self.add("till@shop.example", to: world)
        token = try await BakongTokens(world.engine.bakongKeeper, authenticator: Self.authenticator).issue(for: project)
    }

    static func add(_ email: String, to world: APIWorld) async throws -> BakongProject {
        let command = RegisterBakongProject(email: email, organisation: "Shop", name: "Till", codeDigest: nil)
        guard case .bakongProject(let project) = try await world.operate(.bakong(.register(command))) else {
            throw Unexpected()
        }
        return project
    }

    struct Unexpected: Error {}

    // MARK: Calling

    /// A call as a client makes it; with the token unless told otherwise.
    func call(_ name: String, _ body: JSON, token: String? = nil) async -> HTTPResponse {
        await send("/v1/\(name)", body.encoded, headers: ["Authorization": "Bearer \(token ?? self.token)"])
    }

    /// A call without a token.
    func callOpenly(_ name: String, _ body: JSON) async -> HTTPResponse { await send("/v1/\(name)", body.encoded) }

    func send(
        _ path: String,
        _ body: [UInt8],
        query: String = "",
        method: String = "POST",
        headers: HTTPHeaders = [:],
        from address: String = "192.0.2.1"
    ) async -> HTTPResponse {
        await facade.respond(
            to: HTTPRequest(
                method: method,
                path: path,
                query: query,
                headers: headers,
                body: body,
                remoteAddress: address
            )
        )
    }

    // MARK: Payments

    /// 50,000 riel, which the code fixes.
    func pay() async throws -> JSON { try await world.pay(Code.dynamicKHQR, nil, in: .jpy, as: .sakura) }

    /// The same, and the shop's bank has accepted.
    func paid() async throws -> JSON { try await world.paid(Code.dynamicKHQR, nil, in: .jpy, as: .sakura) }

    func answer(_ payment: JSON, _ body: JSON) async throws {
        let response = await world.post(world.path(payment, "/answer"), body, as: .angkor)
        try #require(response.status == 200, "\(response.text)")
    }

    func refund(_ payment: JSON, _ riel: String) async throws {
        let amount: JSON = ["value": .string(riel), "currency": "KHR"]
        let body: JSON = ["uetr": .string(newUETR()), "amount": amount, "reason": "MD06"]
        let response = await world.post(world.path(payment, "/refunds"), body, as: .angkor)
        try #require(response.status == 201, "\(response.text)")
    }

    /// What a client asks for by the code.
    static let md5 = md5(of: Code.dynamicKHQR)

    static func md5(of code: String) -> String { UniqueID(bytes: Digest.md5(Array(code.utf8))[...]).compact }

    /// What the facade tells of the code's payment.
    func transaction() async -> JSON {
        await call("check_transaction_by_md5", ["md5": .string(Self.md5)]).json["data"] ?? .null
    }
}

/// Keyed digests by OpenSSL.
struct OpenSSLAuthenticator: MessageAuthenticator {
    func code(of message: [UInt8], key: [UInt8]) -> [UInt8] { HMAC.sha256(key: key, message: message) }
    func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool { ConstantTime.equal(left, right) }
}

/// Mail that nobody carries away.
final class Mailbox: Mailer {
    private let mails = Mutex<[Mail]>([])
    private let isOpen = Mutex(true)

    func send(_ mail: Mail) async -> Bool {
        guard isOpen.withLock({ $0 }) else { return false }
        mails.withLock { $0.append(mail) }
        return true
    }

    func close() { isOpen.withLock { $0 = false } }
    var all: [Mail] { mails.withLock { $0 } }

    /// The code in the latest mail.
    var code: String? {
        all.last?.text.split(separator: "\n").first { $0.hasPrefix("    ") }.map { String($0.drop { $0 == " " }) }
    }
}

extension HTTPResponse {
    /// The error code of an answer; `nil` for null.
    var errorCode: Int? {
        guard case .number(let text)? = json["errorCode"] else { return nil }
        return Int(text)
    }
}
