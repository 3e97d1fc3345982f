import Foundation
import KizunaCrypto
import KizunaWeb

/// What `kizuna serve --config F` reads: one JSON object. Flags go before it.
///
/// ```json
/// {"listen": "127.0.0.1:8080", "database": "sqlite:kizuna.db", "signingSecret": "whsec_…",
///  "allowAddresses": ["10.20.0.0/16"], "allowHTTP": false}
/// ```
struct Configuration {
    var listen: ListenAddress?
    var database: DatabaseAddress?
    /// From which the secrets are derived that participants check signatures with.
    var signingSecret: WebhookSecret?
    /// Where participants may be called.
    var reach = Reach.internet

    /// More blocks are a list that nobody looks after.
    private static let mostBlocks = 64
    /// More than any configuration needs: a wrong path should not read a database into memory.
    private static let mostBytes = 64 * 1_024

    init() {}

    init(file path: String) throws(ConfigurationError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ConfigurationError(path, "cannot be read")
        }
        guard let bytes = try? handle.read(upToCount: Configuration.mostBytes + 1),
            bytes.count <= Configuration.mostBytes
        else { throw ConfigurationError(path, "is no configuration: it has more than 64 KiB") }
        do {
            try self.init(JSON.parse([UInt8](bytes)))
        } catch let fault as JSONFault {
            throw ConfigurationError(path, fault.detail.replacing("The body", with: "the file"))
        } catch let problem as Problem {
            throw ConfigurationError(path, problem.detail)
        } catch {
            throw ConfigurationError(path, "\(error)")
        }
    }

    private init(_ json: JSON) throws {
        var fields = try JSONFields(json)
        if let text = try fields.optionalString("listen", maximum: 300) {
            guard let address = ListenAddress(text) else { throw fields.invalid("listen", "must be HOST:PORT") }
            listen = address
        }
        if let text = try fields.optionalString("database", maximum: 4_096) {
            guard let address = DatabaseAddress(text) else {
                throw fields.invalid("database", "must be \(DatabaseAddress.forms)")
            }
            database = address
        }
        if let text = try fields.optionalString("signingSecret", maximum: 200) {
            guard let secret = WebhookSecret(text) else {
                throw fields.invalid("signingSecret", "must be whsec_ and the base64 of 24 to 64 bytes")
            }
            signingSecret = secret
        }
        reach.allowsPlainHTTP = try fields.optionalBoolean("allowHTTP") ?? false
        for text in try fields.optionalStrings("allowAddresses", most: Configuration.mostBlocks) {
            guard let block = AddressBlock(text) else {
                throw fields.invalid("allowAddresses", "must hold blocks such as 10.20.0.0/16 or fd00::/8")
            }
            reach.allowed.append(block)
        }
        try fields.finish()
    }
}

/// Why a configuration cannot be used.
struct ConfigurationError: Error, CustomStringConvertible {
    let description: String

    init(_ path: String, _ problem: String) { description = "\(path): \(problem)" }
}
