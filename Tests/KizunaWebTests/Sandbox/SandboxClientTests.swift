import KizunaSimulation
import KizunaWeb
import Synchronization
import Testing

/// The way out of a sandbox: its own banks inside the process, everybody else over the network.
@Suite struct SandboxClientTests {
    @Test(
        arguments: [
            (#"{"merchantAmount":{"value":"9011","currency":"JPY"}}"#, 2),
            (#"{"merchantAmount":{"value":"9011","currency":"KHR"}}"#, 2),
            (#"{"merchantAmount":{"value":"190.11","currency":"USD"}}"#, 2),
            (#"{"type":"merchant.paid","data":{"amount":{"value":"9011","currency":"JPY"}}}"#, 2),
            (#"{"merchantAmount":{"value":"9010","currency":"JPY"}}"#, 1), (#"{"merchantAmount":"9011"}"#, 1),
            ("9011", 1), ("", 1),
        ]
    )
    func magicMessagesGoOutTwice(body: String, times: Int) async throws {
        let (network, bank) = (Recorder(), Recorder())
        let client = SandboxClient(banks: ["bank.sandbox.invalid": bank], network: network)
        _ = try await client.send(
            "POST",
            "https://sokha.example/kizuna/credit-requests",
            headers: [:],
            body: Array(body.utf8),
            timeout: .seconds(1)
        )
        #expect(network.places == Array(repeating: "https://sokha.example/kizuna/credit-requests", count: times))
        #expect(bank.places.isEmpty)
    }

    @Test func itsOwnBanksAreNotOnTheNetwork() async throws {
        let (network, bank) = (Recorder(), Recorder())
        let client = SandboxClient(banks: ["bank.sandbox.invalid": bank], network: network)
        for url in ["https://bank.sandbox.invalid/credit-requests", "https://bank.sandbox.invalid:443/x"] {
            _ = try await client.send("POST", url, headers: [:], body: [], timeout: .seconds(1))
        }
        #expect(bank.places == ["/credit-requests"])
        #expect(network.places == ["https://bank.sandbox.invalid:443/x"])
    }
}

/// Remembers where it was called.
private final class Recorder: HTTPClient, HTTPHandler {
    private let called = Mutex<[String]>([])
    var places: [String] { called.withLock { $0 } }

    func send(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration
    ) async throws(HTTPClientError) -> HTTPResponse {
        called.withLock { $0.append(url) }
        return HTTPResponse(status: 204)
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        called.withLock { $0.append(request.path) }
        return HTTPResponse(status: 204)
    }
}
