import Foundation
import KizunaMicrohttpd
import KizunaWeb
import TestAuthority
import Testing

/// A server over TLS, as a client of another make sees it.
@Suite struct ServerTLSTests {
    private static let request = "GET /here?now HTTP/1.1\r\nHost: kizuna\r\nConnection: close\r\n\r\n"

    /// What the client says when its offer was sent and the server went away.
    private static let hungUp = "unexpected eof while reading"

    private let authority: TestAuthority
    private let identity: TestAuthority.Identity

    init() throws {
        authority = try TestAuthority()
        identity = try authority.issue("server")
    }

    private func server(
        asking: Bool = false,
        limits: ServerLimits = ServerLimits(),
        _ handler: any HTTPHandler = Echo()
    ) throws -> MicrohttpdServer {
        var options = ServerOptions()
        options.tls = ServerTLS(
            certificates: try identity.certificate,
            privateKey: try identity.key,
            clientAuthorities: asking ? try authority.root.certificate : nil
        )
        return try MicrohttpdServer(
            listen: "127.0.0.1",
            port: 0,
            limits: limits,
            options: options,
            handler: handler
        )
    }

    private func client(
        of server: MicrohttpdServer,
        as identity: TestAuthority.Identity? = nil,
        _ flags: String...
    ) -> TLSClient { TLSClient(port: server.port, root: authority.root, identity: identity, flags: flags) }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func answersOver(version: String) async throws {
        let server = try server()
        let answer = try await client(of: server, as: nil, version).send(Self.request).answer
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.contains("Seen-Path: /here\r\nSeen-Query: now\r\n"))
        await server.stop()
    }

    /// The client would: it is told to take everything.
    @Test(arguments: ["-tls1", "-tls1_1"])
    func refusesWhatIsOlder(version: String) async throws {
        let server = try server()
        let client = client(of: server, as: nil, version, "-cipher", "ALL:@SECLEVEL=0")
        let (answer, words) = try await client.send(Self.request)
        #expect(answer.isEmpty)
        #expect(words.contains(Self.hungUp), "\(words)")
        await server.stop()
    }

    /// Without a key of the connection's own, or without a seal over what is encrypted.
    @Test(arguments: ["AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-CCM8", "NULL"])
    func refusesWeakCiphers(cipher: String) async throws {
        let server = try server()
        let client = client(of: server, as: nil, "-tls1_2", "-cipher", "\(cipher):@SECLEVEL=0")
        let (answer, words) = try await client.send(Self.request)
        #expect(answer.isEmpty)
        #expect(words.contains(Self.hungUp), "\(words)")
        await server.stop()
    }

    @Test func requestsFollowEachOtherAndHandlersMayWait() async throws {
        let server = try server(
            Answering { request in
                try? await Task.sleep(for: .milliseconds(20))
                return HTTPResponse(status: 200, body: request.body)
            }
        )
        let body = String(repeating: "b", count: ServerLimits().bodyBytes)
        let first = "POST / HTTP/1.1\r\nHost: kizuna\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let answer = try await client(of: server).send(first + Self.request).answer
        #expect(answer.components(separatedBy: "HTTP/1.1 200 OK").count == 3)
        #expect(answer.contains("\r\n\r\n\(body)HTTP/1.1 200 OK"))
        await server.stop()
    }

    /// Says what the client has shown.
    private static let mirror = Answering { request in
        guard let shown = request.clientCertificate else { return HTTPResponse(status: 200, body: Array("none".utf8)) }
        let digits = shown.fingerprint.map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }
        return HTTPResponse(status: 200, body: Array("\(digits.joined()) \(shown.isTrusted)".utf8))
    }

    private func shown(by identity: TestAuthority.Identity?, asking: Bool = true) async throws -> String {
        let server = try server(asking: asking, Self.mirror)
        let answer = try await client(of: server, as: identity).send(Self.request).answer
        await server.stop()
        return answer.components(separatedBy: "\r\n\r\n").last ?? ""
    }

    @Test func aClientsCertificateIsHandedOverByItsFingerprint() async throws {
        let bank = try authority.issue("bank")
        #expect(try await shown(by: bank) == "\(TestAuthority.fingerprint(of: bank)) true")
    }

    @Test func aCertificateOfNobodysIsNotTrusted() async throws {
        let stranger = try authority.selfSigned("stranger")
        #expect(try await shown(by: stranger) == "\(TestAuthority.fingerprint(of: stranger)) false")
    }

    @Test func aCertificateThatHasEndedIsNotTrusted() async throws {
        let late = try authority.issue("late", days: -1)
        #expect(try await shown(by: late) == "\(TestAuthority.fingerprint(of: late)) false")
    }

    @Test func aClientMayShowNone() async throws { #expect(try await shown(by: nil) == "none") }

    @Test func whereNobodyIsAskedNothingIsHandedOver() async throws {
        let bank = try authority.issue("bank")
        #expect(try await shown(by: bank, asking: false) == "none")
    }

    @Test func plainHTTPIsNotAnsweredAndDisturbsNobody() async throws {
        let server = try server()
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.request)
        #expect(!(try await socket.readToEnd()).contains("HTTP/1.1"))
        #expect(try await client(of: server).send(Self.request).answer.hasPrefix("HTTP/1.1 200"))
        await server.stop()
    }

    @Test func aClientThatNeverShakesHandsIsCutOff() async throws {
        var limits = ServerLimits()
        (limits.idleSeconds, limits.receiveTime) = (1, .milliseconds(100))
        let server = try server(limits: limits)
        let socket = try RawSocket(port: server.port)
        #expect(!(try await socket.readToEnd()).contains("HTTP"))
        try await eventually("the connection is gone") { server.connections == 0 }
        await server.stop()
    }

    @Test func oneConnectionTooManyIsClosedWithoutAWord() async throws {
        var limits = ServerLimits()
        limits.connections = 1
        let server = try server(limits: limits)
        let first = try RawSocket(port: server.port)
        try await eventually("the first is in") { server.connections == 1 }
        let second = try RawSocket(port: server.port)
        #expect(try await second.readToEnd().isEmpty)
        first.close()
        await server.stop()
    }

    @Test func whatDoesNotBelongTogetherIsRefusedAtTheStart() throws {
        let other = try authority.issue("other")
        let noise = Array("-----BEGIN CERTIFICATE-----\n".utf8)
        let cases: [(certificates: [UInt8], key: [UInt8], authorities: [UInt8]?)] = [
            (try identity.certificate, try other.key, nil),
            (noise, try identity.key, nil),
            (try identity.certificate, [], nil),
            (try identity.certificate, try identity.key, noise),
            (try identity.certificate, try identity.key, []),
        ]
        for (certificates, key, authorities) in cases {
            var options = ServerOptions()
            options.tls = ServerTLS(certificates: certificates, privateKey: key, clientAuthorities: authorities)
            let error = #expect(throws: ServerError.self) {
                try MicrohttpdServer(listen: "127.0.0.1", port: 0, options: options, handler: Echo())
            }
            #expect(error?.code == .certificateUnusable)
        }
    }
}
