import Foundation
import KizunaCommands
import KizunaCrypto
import KizunaMicrohttpd
import KizunaMoney
import KizunaSimulation
import KizunaWeb
import TestAuthority
import Testing

/// The switch's own certificate, shown to banks that let nobody in without it.
@Suite struct LinkTLSTests {
    @Test func aBankThatAcceptsThisCertificateAloneIsPaid() async throws {
        let world = try LinkWorld()
        let banks = world.banks
        let keys = try banks.join(on: world.database)
        let bank = try world.guarded(banks.yenAcquirer, as: .naniwaAcquiring)
        let moved = try Executable.run([
            "participant", "add", "--id", "naniwa-acquiring", "--name", "Naniwa Acquiring", "--country", "JP",
            "--roles",
            "acquirer", "--allow-addresses", "127.0.0.0/8", "--endpoint", "https://127.0.0.1:\(bank.port)",
            "--database", world.database,
        ])
        #expect(moved.status == 0, "\(moved.complaint)")
        let server = try ServeProcess(
            database: world.database,
            listen: "127.0.0.1:0",
            config: world.config,
            flags: world.flags(showing: world.own)
        )
        _ = try await banks.connect(to: server.baseURL, keys: keys)
        let story = try await banks.rielBank.pay(
            DemoShop.kizunaShoten.payload,
            amount: try Money(majorUnits: "1980", currency: .jpy),
            from: DemoPayer.sokhaRiel.account
        )
        #expect(story.state == "COMPLETED")
        #expect(server.terminate() == 0)
        await bank.stop()
        await banks.stop()
    }

    /// Who has a server of its own is tried over the same way.
    @Test func certifyShowsTheCertificateToo() async throws {
        let world = try LinkWorld()
        let bank = try world.guarded(world.banks.rielBank, as: .mekongBank)
        let secret = world.folder.url.appendingPathComponent("secret").path
        try world.secret(of: .mekongBank).text.write(toFile: secret, atomically: true, encoding: .utf8)
        let common = [
            "certify", "--participant", "mekong-bank", "--secret-file", secret, "--roles", "issuer", "--country", "KH",
            "--allow-addresses", "127.0.0.0/8", "--endpoint", "https://127.0.0.1:\(bank.port)", "--checks", "signature",
        ]
        let authority = ["--link-ca", world.authority.root.certificateFile]
        for (flags, status) in [
            ([], 1), (authority, 1), (world.flags(showing: world.other), 1), (world.flags(showing: world.own), 0),
        ] as [([String], Int32)] {
            let result = try Executable.run(common + flags)
            #expect(result.status == status, "\(flags): \(result.output)")
        }
        await bank.stop()
        await world.banks.stop()
    }

    @Test func filesThatAreOfNoUseAreNamed() async throws {
        let world = try LinkWorld()
        let (own, other) = (world.own, world.other)
        let ended = try world.authority.issue("ended", days: -1)
        let nothing = world.folder.url.appendingPathComponent("nothing.pem").path
        let locked = world.folder.url.appendingPathComponent("locked.key").path
        try TestAuthority.openssl([
            "ec", "-in", own.keyFile, "-aes256", "-passout", "pass:secret", "-out", locked,
        ])
        for (flags, status, words) in [
            (["--link-cert", own.certificateFile], 2, "--link-cert and --link-key go together"),
            (["--link-key", own.keyFile], 2, "--link-cert and --link-key go together"),
            (["--link-ca", nothing], 3, "\(nothing) cannot be read"),
            (["--link-ca", own.keyFile], 3, "\(own.keyFile) holds no certificate in PEM"),
            (["--link-cert", nothing, "--link-key", own.keyFile], 3, "\(nothing) cannot be read"),
            (["--link-cert", own.certificateFile, "--link-key", nothing], 3, "\(nothing) cannot be read"),
            (
                ["--link-cert", own.certificateFile, "--link-key", own.certificateFile], 3,
                "\(own.certificateFile) holds no private key in PEM"
            ),
            (["--link-cert", own.certificateFile, "--link-key", locked], 3, "without a password"),
            (
                ["--link-cert", own.certificateFile, "--link-key", other.keyFile], 3,
                "the key in \(other.keyFile) is not that of the certificate in \(own.certificateFile)"
            ),
            (["--link-cert", ended.certificateFile, "--link-key", ended.keyFile], 3, "lapsed at"),
        ] as [([String], Int32, String)] {
            let result = try Executable.run(["serve", "--database", world.database, "--listen", "127.0.0.1:0"] + flags)
            #expect(result.status == status && result.complaint.contains(words), "\(flags): \(result.complaint)")
        }
        await world.banks.stop()
    }
}

/// Banks, and certificates that one authority has signed.
private struct LinkWorld {
    let folder: TemporaryFolder
    let authority: TestAuthority
    let own: TestAuthority.Identity
    let other: TestAuthority.Identity
    let banks: SimulatedBanks
    let config: String

    var database: String { "sqlite:\(folder.database)" }

    init() throws {
        folder = try TemporaryFolder()
        authority = try TestAuthority()
        (own, other) = (try authority.issue("switch"), try authority.issue("other"))
        var random = SystemRandom()
        let secret = WebhookSecret.generate(using: &random)
        config = folder.url.appendingPathComponent("kizuna.json").path
        try #"{"signingSecret": "\#(secret.text)"}"#.write(toFile: config, atomically: true, encoding: .utf8)
        banks = try SimulatedBanks(signingSecret: secret)
    }

    func flags(showing identity: TestAuthority.Identity) -> [String] {
        [
            "--link-ca", authority.root.certificateFile, "--link-cert", identity.certificateFile, "--link-key",
            identity.keyFile,
        ]
    }

    /// What the bank checks the switch's signatures with.
    func secret(of institution: Institution) throws -> WebhookSecret {
        let answer = try Executable.run(["participant", "secret", institution.rawValue, "--config", config])
        return try #require(WebhookSecret(String(answer.output.dropLast())))
    }

    /// A bank behind TLS, where it knows the switch by its certificate and by its signature.
    func guarded(_ bank: any HTTPHandler, as institution: Institution) throws -> MicrohttpdServer {
        let server = try authority.issue("bank")
        let certificate = try #require(PEM.certificate(try own.certificate))
        var options = ServerOptions()
        options.tls = ServerTLS(
            certificates: try server.certificate,
            privateKey: try server.key,
            clientAuthorities: try authority.root.certificate
        )
        let signed = SignedMessages(secret: try secret(of: institution), to: bank)
        return try MicrohttpdServer(
            listen: "127.0.0.1",
            port: 0,
            limits: ServerLimits(),
            options: options,
            handler: CertifiedMessages(fingerprint: certificate.fingerprint, handler: signed)
        )
    }
}

/// Lets one client in, by its certificate.
private struct CertifiedMessages: HTTPHandler {
    let fingerprint: [UInt8]
    let handler: any HTTPHandler

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let isKnown =
            request.clientCertificate?.isTrusted == true && request.clientCertificate?.fingerprint == fingerprint
        return isKnown ? await handler.respond(to: request) : HTTPResponse(status: 403)
    }
}
