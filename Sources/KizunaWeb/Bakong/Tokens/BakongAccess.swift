import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// How software comes to a token: an address is registered, a code is mailed there and comes back; later the address
/// alone is enough for a new token, as the Open API has it.
struct BakongAccess: Sendable {
    let desk: BakongDesk
    let tokens: BakongTokens
    let mailer: (any Mailer)?
    let settings: BakongSettings

    private static let longestName = 100
    /// Codes that are on their way at one time; more are refused as if no mail could be sent.
    private static let mostUnconfirmed = 10_000
    /// How many lapsed ones each new one clears away.
    private static let clearedAtOnce = 4

    var operations: [BakongOperation] {
        [
            BakongOperation("request_token", .open) { body throws(BakongError) in try await requestToken(body) },
            BakongOperation("verify", .open) { body throws(BakongError) in try await verify(body) },
            BakongOperation("renew_token", .open) { body throws(BakongError) in try await renew(body) },
        ]
    }

    private func requestToken(_ body: JSON) async throws(BakongError) -> BakongAnswer {
        guard let email = BakongEmail(try BakongBody.text(body, "email", longest: BakongEmail.longest)) else {
            throw .missingFields
        }
        // Each under its own name: a body that is one text says too little here.
        guard let organisation = name(body["organization"]), let project = name(body["project"]) else {
            throw .missingFields
        }
        guard let mailer else { throw .mailUnavailable }
        let waiting = try desk.read { reader throws(StoreError) in
            try reader.bakongProjects(.unconfirmed, limit: BakongAccess.mostUnconfirmed)
        }
        guard waiting.count < BakongAccess.mostUnconfirmed else { throw .mailUnavailable }
        let now = desk.engine.clock.now()
        let lapsed = waiting.prefix(BakongAccess.clearedAtOnce).filter { $0.isLapsed(at: now) }.map(\.email)
        let code = MailedCode.random()
        _ = try await perform(
            .register(
                RegisterBakongProject(
                    email: email.text,
                    organisation: organisation,
                    name: project,
                    codeDigest: desk.engine.digester.sha256(Array(code.text.utf8)),
                    removing: lapsed.filter { $0 != email.text }
                )
            ),
            refusedAs: .alreadyRegistered
        )
        guard await mailer.send(code.mail(to: email.text, from: settings.mailSender)) else { throw .mailUnavailable }
        return BakongAnswer(message: "Email has been sent")
    }

    private func name(_ json: JSON?) -> String? {
        guard let text = json?.text, 1...BakongAccess.longestName ~= text.unicodeScalars.count else { return nil }
        return text
    }

    private func verify(_ body: JSON) async throws(BakongError) -> BakongAnswer {
        let code = try BakongBody.text(body, "code", longest: 255)
        let digest = desk.engine.digester.sha256(Array(code.utf8))
        let found = try desk.read { reader throws(StoreError) in try reader.bakongProject(codeDigest: digest) }
        guard let found else { throw .unauthorized }
        let reply = try await perform(.confirm(email: found.email, codeDigest: digest), refusedAs: .unauthorized)
        guard case .bakongProject(let project) = reply else { unexpected(reply) }
        return try await answer(project)
    }

    private func renew(_ body: JSON) async throws(BakongError) -> BakongAnswer {
        guard let email = BakongEmail(try BakongBody.text(body, "email", longest: BakongEmail.longest)) else {
            throw .missingFields
        }
        let found = try desk.read { reader throws(StoreError) in try reader.bakongProject(email: email.text) }
        guard let found, found.standing == .active else { throw .notRegistered }
        return try await answer(found)
    }

    private func answer(_ project: BakongProject) async throws(BakongError) -> BakongAnswer {
        guard let token = try? await tokens.issue(for: project) else { throw .serverUnavailable }
        return BakongAnswer(message: "Token has been issued", data: ["token": .string(token)])
    }

    private func perform(
        _ command: BakongCommand,
        refusedAs refusal: BakongError
    ) async throws(BakongError) -> Reply {
        do {
            return try await desk.engine.bakongKeeper.perform(command)
        } catch is Refusal {
            throw refusal
        } catch {
            throw .serverUnavailable
        }
    }
}

/// An address that mail goes to, in lower case.
package struct BakongEmail: Sendable, Hashable {
    package static let longest = 30

    package let text: String

    /// Accepts `local@domain` in printable ASCII without what mail headers treat apart.
    ///
    /// - Parameter longest: the most characters; 30 where clients name it.
    package init?(_ text: String, longest: Int = longest) {
        let bytes = text.utf8
        guard 3...longest ~= bytes.count,
            bytes.allSatisfy({ 0x21...0x7E ~= $0 && !"()<>,;:\\\"[]".utf8.contains($0) }),
            text.first != "@", text.first != "-", text.last != "@", bytes.count(where: { $0 == UInt8(ascii: "@") }) == 1
        else { return nil }
        self.text = text.lowercased()
    }
}

/// The code that comes by mail: 20 characters that are not mistaken for each other, of 100 random bits.
struct MailedCode: Sendable, Hashable {
    let text: String

    private static let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    private static let length = 20

    static func random() -> MailedCode {
        var random = SystemRandomNumberGenerator()
        return MailedCode(
            text: String((0..<length).map { _ in alphabet[Int(random.next(upperBound: UInt64(alphabet.count)))] })
        )
    }

    func mail(to address: String, from sender: String) -> Mail {
        Mail(
            from: sender,
            to: address,
            subject: "Your code for the Bakong Open API of Kizuna",
            text: """
                Your code is

                    \(text)

                Send it to /v1/verify within half an hour to receive a token. If you have not asked for it, do nothing.

                """
        )
    }
}
