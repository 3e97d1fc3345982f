import Glibc
import KizunaCurl
import KizunaMicrohttpd
import KizunaWeb
import Testing

/// Every way in which no answer arrives, and what the caller may conclude from it.
@Suite struct ClientFailureTests {
    private static let patience = Duration.seconds(120)
    private let client = CurlClient(reach: .loopback)

    /// The error of a request, which has to have one.
    private func failure(
        _ url: String,
        method: String = "POST",
        headers: HTTPHeaders = [:],
        body: [UInt8] = [1],
        timeout: Duration = patience,
        client other: CurlClient? = nil
    ) async throws -> HTTPClientError {
        do throws(HTTPClientError) {
            let answer = try await (other ?? client).send(method, url, headers: headers, body: body, timeout: timeout)
            Issue.record("An answer arrived: \(answer.status)")
            throw HTTPClientError(code: .badURL, message: "no error")
        } catch {
            return error
        }
    }

    // MARK: Nothing has left

    @Test func aRefusedConnection() async throws {
        let error = try await failure("http://127.0.0.1:\(try unusedPort())/secret?token=1")
        #expect(error.code == .neverSent)
        #expect(!error.description.contains("127.0.0.1") && !error.description.contains("secret"))
    }

    @Test func anUnknownHost() async throws {
        let error = try await failure("http://nonexistent.invalid/")
        #expect(error.code == .neverSent)
        #expect(!error.description.contains("nonexistent"))
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func noTimeLeft(timeout: Duration) async throws {
        let server = try RawServer()
        #expect(try await failure(server.url, timeout: timeout).code == .neverSent)
    }

    @Test func timeUpWhileWaitingForAConnection() async throws {
        var limits = ClientLimits()
        limits.connectionsPerHost = 1
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let url = "http://127.0.0.1:\(server.port)/"
        let narrow = CurlClient(limits: limits, reach: .loopback)
        async let first = narrow.send("GET", url, headers: [:], body: [], timeout: Self.patience)
        try await eventually("The first request arrives") { gate.arrived == 1 }
        #expect(try await failure(url, timeout: .milliseconds(100), client: narrow).code == .neverSent)
        #expect(gate.arrived == 1)
        gate.open()
        #expect(try await first.status == 200)
        narrow.shutdown()
        await server.stop()
    }

    @Test func aTLSServerThatIsNone() async throws {
        let server = try RawServer()
        async let error = failure(server.url.replacing("http:", with: "https:"))
        let peer = try await server.accept()
        try await peer.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        #expect(try await error.code == .neverSent)
    }

    // MARK: Something has left

    @Test func noAnswerInTime() async throws {
        let server = try RawServer()
        async let error = failure(server.url, timeout: .seconds(2))
        let peer = try await server.accept()
        _ = try await peer.readMessage()
        #expect(try await error.code == .timedOut)
    }

    @Test func halfAnAnswerInTime() async throws {
        let server = try RawServer()
        async let error = failure(server.url, timeout: .seconds(2))
        let peer = try await server.accept()
        _ = try await peer.readMessage()
        try await peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        #expect(try await error.code == .timedOut)
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "no HTTP at all",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    ])
    func theOtherSideHangsUp(answer: String) async throws {
        let server = try RawServer()
        async let error = failure(server.url)
        let peer = try await server.accept()
        _ = try await peer.readMessage()
        try await peer.send(answer)
        peer.close()
        #expect(try await error.code == .connectionLost)
    }

    @Test func theOtherSideResets() async throws {
        let server = try RawServer()
        async let error = failure(server.url)
        let peer = try await server.accept()
        _ = try await peer.readMessage()
        peer.reset()
        #expect(try await error.code == .connectionLost)
    }

    /// libcurl repeats on a new connection what a kept one took without an answer. That the repeat cannot connect
    /// must not turn into "never sent": the first one may have been acted on.
    @Test func aRepeatThatCannotConnectDoesNotHideThatItWasSent() async throws {
        let server = try RawServer()
        async let first = client.send("POST", server.url, headers: [:], body: [1], timeout: Self.patience)
        let peer = try await server.accept()
        _ = try await peer.readMessage()
        try await peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(try await first.status == 200)

        async let error = failure(server.url)
        _ = try await peer.readMessage()
        server.stopListening()
        peer.close()
        #expect(try await error.code == .connectionLost)
    }

    // MARK: Cancelling and closing

    @Test func cancellingARequestUnderWay() async throws {
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let url = "http://127.0.0.1:\(server.port)/"
        let request = Task { try await failure(url) }
        try await eventually("The request arrives") { gate.arrived == 1 }
        request.cancel()
        let error = try await request.value
        #expect(error.code == .connectionLost)
        #expect(error.message == "Operation was aborted by an application callback")
        gate.open()
        try await eventually("The connection is let go") { server.connections == 0 }
        await server.stop()
    }

    @Test func cancellingBeforeItBegins() async throws {
        let server = try RawServer()
        let url = server.url
        let request = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await failure(url)
        }
        #expect(try await request.value.code == .neverSent)
    }

    @Test func cancellingWhatWaitsForAConnection() async throws {
        var limits = ClientLimits()
        limits.connectionsPerHost = 1
        let narrow = CurlClient(limits: limits, reach: .loopback)
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let url = "http://127.0.0.1:\(server.port)/"
        async let first = narrow.send("GET", url, headers: [:], body: [], timeout: Self.patience)
        try await eventually("The first request arrives") { gate.arrived == 1 }
        let second = Task { try await failure(url, client: narrow) }
        try await Task.sleep(for: .milliseconds(50))
        second.cancel()
        #expect(try await second.value.code == .neverSent)
        gate.open()
        #expect(try await first.status == 200)
        narrow.shutdown()
        await server.stop()
    }

    @Test func cancellingAtAnyMoment() async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let url = "http://127.0.0.1:\(server.port)/"
        await withTaskGroup { group in
            for index in 0..<500 {
                group.addTask { [client] in
                    let request = Task {
                        try await client.send("POST", url, headers: [:], body: [1], timeout: Self.patience)
                    }
                    try? await Task.sleep(for: .microseconds(index * 10))
                    request.cancel()
                    _ = await request.result
                }
            }
        }
        let after = try await client.send("POST", url, headers: [:], body: [2], timeout: Self.patience)
        #expect(after.body == [2])
        await server.stop()
    }

    @Test func shuttingDownEndsWhatIsUnderWayAndRefusesTheRest() async throws {
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let url = "http://127.0.0.1:\(server.port)/"
        let requests = (0..<10).map { _ in Task { try await failure(url) } }
        try await eventually("All requests arrive") { gate.arrived == 10 }
        client.shutdown()
        for request in requests { #expect(try await request.value.code == .connectionLost) }
        let error = try await failure(url)
        #expect(error.code == .neverSent)
        #expect(error.message == "The client is shut down")
        client.shutdown()
        gate.open()
        await server.stop()
    }

    @Test func aClientNobodyHoldsLetsItsConnectionsGo() async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        var brief: CurlClient? = CurlClient(reach: .loopback)
        let url = "http://127.0.0.1:\(server.port)/"
        _ = try await brief?.send("GET", url, headers: [:], body: [], timeout: Self.patience)
        #expect(server.connections == 1)
        brief = nil
        try await eventually("The connection is let go") { server.connections == 0 }
        await server.stop()
    }

    // MARK: The environment

    /// In a process of its own, for the environment belongs to everybody.
    @Test func theEnvironmentsProxiesAreIgnored() async {
        await #expect(processExitsWith: .success) {
            for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"] {
                setenv(name, "http://127.0.0.1:9", 1)
            }
            unsetenv("no_proxy")
            unsetenv("NO_PROXY")
            let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
            let url = "http://127.0.0.1:\(server.port)/"
            let answer = try await CurlClient(reach: .loopback).send(
                "GET",
                url,
                headers: [:],
                body: [],
                timeout: .seconds(120)
            )
            #expect(answer.headers["Seen-Path"] == "/")
        }
    }
}
