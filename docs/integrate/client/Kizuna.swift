// A client of Kizuna for a bank or a shop: Foundation, and OpenSSL for checking signatures.
import Foundation
import OpenSSL

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One JSON object of the API; `/v1/openapi.json` says what is in each.
typealias Object = [String: Any]

/// The switch said no: `code` says why, `detail` says what would be right (RFC 9457).
struct Refused: Error, CustomStringConvertible {
    let code: String
    let detail: String
    var description: String { "\(code): \(detail)" }
}

/// Nobody answered in time: it may have been done. Ask what became of it, or send the same again.
struct NoAnswer: Error {}

/// Calls the switch, and repeats what was not answered until it is.
struct Kizuna {
    let baseURL: String
    let key: String
    /// How long a request is repeated, and how long one attempt may take, in seconds.
    var patience = 20.0
    var timeout = 40.0

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        baseURL = environment["SWITCH"] ?? ""
        key = environment["KEY"] ?? ""
    }

    func get(_ path: String) async throws -> Object { try await ask("GET", path) }

    /// Every attempt bears the same Idempotency-Key, so the switch does it once and answers alike.
    func post(_ path: String, _ body: Object, idempotencyKey: String = newID()) async throws -> Object {
        try await ask("POST", path, JSONSerialization.data(withJSONObject: body), idempotencyKey)
    }

    private func ask(_ method: String, _ path: String, _ body: Data? = nil, _ idempotencyKey: String? = nil)
        async throws -> Object
    {
        guard let url = URL(string: baseURL + path) else { throw Refused(code: "bad_url", detail: baseURL + path) }
        var request = URLRequest(url: url, timeoutInterval: timeout)
        request.httpMethod = method
        request.httpBody = body
        request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization")
        if body != nil { request.setValue("application/json", forHTTPHeaderField: "Content-Type") }
        if let idempotencyKey { request.setValue(idempotencyKey, forHTTPHeaderField: "Idempotency-Key") }
        // Foundation on Linux does not send a body again when a connection that it kept turns out to be lost, and waits.
        request.setValue("close", forHTTPHeaderField: "Connection")
        let deadline = Date(timeIntervalSinceNow: patience)
        var pause = 0.2
        while true {
            let answer = await attempt(request)
            if let answer, 200..<300 ~= answer.status { return answer.json }
            let code = answer?.json["code"] as? String ?? ""
            let comesBack = answer.map { [429, 503].contains($0.status) } ?? true || code == "idempotency_in_progress"
            if !comesBack || Date() > deadline {
                guard let answer else { throw NoAnswer() }
                throw Refused(code: code, detail: answer.json["detail"] as? String ?? "")
            }
            try await Task.sleep(for: .seconds(pause))
            pause = min(2 * pause, 2)
        }
    }

    /// The answer; nil where there is no connection, one that was lost, or an answer that was cut off.
    private func attempt(_ request: URLRequest) async -> (status: Int, json: Object)? {
        guard let (data, response) = try? await URLSession.shared.data(for: request),
            let json = try? JSONSerialization.jsonObject(with: data) as? Object
        else { return nil }
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, json)
    }
}

/// A new version 4 UUID.
func newID() -> String { UUID().uuidString.lowercased() }

/// Prints a line at once, also into a pipe.
func say(_ sentence: String) { FileHandle.standardOutput.write(Data((sentence + "\n").utf8)) }

/// Prints an object as one line.
func say(_ object: Object) {
    guard let data = try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys) else { return }
    say(String(decoding: data, as: UTF8.self))
}

/// Tells the person at the terminal.
func complain(_ sentence: String) { FileHandle.standardError.write(Data((sentence + "\n").utf8)) }

/// Whether a message was signed by the switch within five minutes (Standard Webhooks).
///
/// - Parameter headers: under small letters.
func isFromSwitch(secret: String, headers: [String: String], body: Data) -> Bool {
    guard let id = headers["webhook-id"], let moment = headers["webhook-timestamp"], let seconds = Double(moment),
        abs(Date().timeIntervalSince1970 - seconds) <= 300,
        let key = Data(base64Encoded: String(secret.dropFirst("whsec_".count)))
    else { return false }
    let right = hmacSHA256(key: key, Data("\(id).\(moment).".utf8) + body)
    return (headers["webhook-signature"] ?? "").split(separator: " ").contains { given in
        guard given.hasPrefix("v1,"), let given = Data(base64Encoded: String(given.dropFirst(3))) else { return false }
        // In the same time whatever differs.
        return given.count == right.count && zip(given, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

private func hmacSHA256(key: Data, _ message: Data) -> Data {
    var code = [UInt8](repeating: 0, count: 32)
    _ = HMAC(EVP_sha256(), [UInt8](key), Int32(key.count), [UInt8](message), message.count, &code, nil)
    return Data(code)
}
