import Glibc
import KizunaCurl
import KizunaMicrohttpd
import KizunaWeb
import Testing

/// A process without descriptors left. Each test has a process of its own.
@Suite struct ExhaustionTests {
    @Test(arguments: [0, 1, 2])
    func aServerDoesNotStart(descriptorsLeft: Int) async {
        await #expect(processExitsWith: .success) { [descriptorsLeft] in
            let taken = leaveDescriptors(descriptorsLeft)
            let error = #expect(throws: ServerError.self) {
                try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
            }
            #expect(error?.code == .outOfResources)
            for descriptor in taken { close(descriptor) }
        }
    }

    @Test func aServerAcceptsAgainWhenThereAreSome() async {
        await #expect(processExitsWith: .success) {
            let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
            let taken = leaveDescriptors(1)
            let socket = try RawSocket(port: server.port)
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            try await Task.sleep(for: .milliseconds(200))
            #expect(server.connections == 0)
            for descriptor in taken { close(descriptor) }
            #expect(try await socket.readMessage().status == 200)
            await server.stop()
        }
    }

    @Test func aClientSendsNothing() async {
        await #expect(processExitsWith: .success) {
            let client = CurlClient()
            let server = try RawServer()
            let taken = leaveDescriptors(0)
            let error = await #expect(throws: HTTPClientError.self) {
                try await client.send("POST", server.url, headers: [:], body: [1], timeout: .seconds(120))
            }
            #expect(error?.code == .neverSent)
            for descriptor in taken { close(descriptor) }
        }
    }
}
