import KizunaCrypto
import KizunaLedger
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaWeb

/// Persons who work for the switch, each with a key.
extension APIWorld {
    func addPersons(_ names: [String] = ["sokha", "yuki"]) async throws {
        for name in names {
            let person = try #require(OperatorID(name))
            try await operate(
                .addAPIKey(AddAPIKey(person: person, digest: Digest.sha256(Array("kz_key-of-\(name)".utf8))))
            )
        }
    }

    func ask(_ method: String, _ path: String, as name: String, _ body: JSON? = nil) async -> HTTPResponse {
        let headers: HTTPHeaders = ["Authorization": "Bearer kz_key-of-\(name)"]
        return await api.respond(to: request(method, path, as: nil, body: body, headers: headers))
    }
}
