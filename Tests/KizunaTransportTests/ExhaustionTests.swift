import Glibc
import KizunaCurl
import KizunaWeb
import Testing

@testable import KizunaMicrohttpd

/// A process without descriptors left. Each test has a process of its own.
@Suite struct ExhaustionTests {
    @Test func noPartOfAServerStarts() async {
        await #expect(processExitsWith: .success) {
            let core = ServerCore(limits: ServerLimits(), handler: Echo())
            let listening = refusal(descriptorsLeft: 0) { _ = try ListenSocket(host: "127.0.0.1", port: 0).port }
            #expect(listening?.code == .outOfResources)
            // A daemon needs two: to be woken, and to wait.
            for left in 0...1 {
                let serving = refusal(descriptorsLeft: left) { _ = try Daemon(core: core) }
                #expect(serving?.code == .outOfResources)
            }
            let accepting = refusal(descriptorsLeft: 1) {
                _ = try Acceptor(ListenSocket(host: "127.0.0.1", port: 0), core: core, daemons: [])
            }
            #expect(accepting?.code == .outOfResources)
        }
    }

    /// What was made before a start failed goes again.
    @Test func aDaemonThatNeverRanGoesQuietly() throws {
        _ = try Daemon(core: ServerCore(limits: ServerLimits(), handler: Echo()))
    }

    @Test func aServerAcceptsAgainWhenThereAreSome() async {
        await #expect(processExitsWith: .success) {
            let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
            var connected: RawSocket?
            try await eventually("The last descriptor is ours") {
                connected = try? withDescriptorsLeft(1) {
                    let socket = try RawSocket(port: server.port)
                    usleep(2_000)
                    return socket
                }
                return connected != nil
            }
            let socket = try #require(connected)
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            #expect(try await socket.readMessage().status == 200)
            await server.stop()
        }
    }

    @Test func aClientIsNotMade() async {
        await #expect(processExitsWith: .failure) {
            for _ in 0..<100 { withDescriptorsLeft(1) { CurlClient(reach: .loopback).shutdown() } }
        }
    }

    /// More connections than the process may have descriptors would abort it one day.
    @Test func aServerTakesNoMoreConnectionsThanTheProcessMayHave() async {
        await #expect(processExitsWith: .success) {
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            var limit = rlimit(rlim_cur: 1_000, rlim_max: 2_000)
            setrlimit(resource, &limit)
            let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
            getrlimit(resource, &limit)
            #expect(limit.rlim_cur == 2_000)
            #expect(server.life.core.limits.connections == 2_000 - DescriptorLimit.reserved)
            await server.stop()
        }
    }

    @Test func aServerKeepsItsLimitWhereThereIsRoom() async throws {
        var limits = ServerLimits()
        limits.connections = 10
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: Echo())
        #expect(server.life.core.limits.connections == 10)
        await server.stop()
    }
}

/// What a part that needs descriptors says when there are not enough. The runtime may give one back meanwhile, and
/// then there are: so it is asked more than once.
private func refusal(descriptorsLeft left: Int, _ make: () throws -> Void) -> ServerError? {
    for _ in 0..<100 {
        do {
            try withDescriptorsLeft(left, make)
        } catch {
            return error as? ServerError
        }
    }
    return nil
}
