/// Why the facade says no: the error codes of the Bakong Open API.
enum BakongError: Int, Error, Sendable, Hashable, CaseIterable {
    case notFound = 1
    case staticCode = 2
    case failed = 3
    case linksUnavailable = 4
    case missingFields = 5
    case unauthorized = 6
    case mailUnavailable = 7
    case alreadyRegistered = 8
    case serverUnavailable = 9
    case notRegistered = 10
    case accountNotFound = 11
    case accountInvalid = 12

    /// The words on the wire. Clients compare some of them.
    var message: String {
        switch self {
        case .notFound: "Transaction could not be found. Please check and try again."
        case .staticCode: "Sorry, the system does not support static QR code."
        case .failed: "Transaction failed."
        case .linksUnavailable: "Error occurred on requesting deeplink from provider."
        case .missingFields: "Missing required fields."
        case .unauthorized: "Unauthorized, not yet requested for token or code invalid"
        case .mailUnavailable: "Email server has been down."
        case .alreadyRegistered: "Email has been registered already."
        case .serverUnavailable: "Cannot connect to server. Please try again later."
        case .notRegistered: "Not registered yet"
        case .accountNotFound: "Account ID not found"
        case .accountInvalid: "Account ID invalid"
        }
    }

    /// A "no" of the business is an answer like any other: libraries that throw at other statuses would hide the code.
    var status: Int {
        switch self {
        case .unauthorized: 401
        case .serverUnavailable: 500
        case .notFound, .staticCode, .failed, .linksUnavailable, .missingFields, .mailUnavailable, .alreadyRegistered,
            .notRegistered, .accountNotFound, .accountInvalid:
            200
        }
    }
}

/// What a call of the facade came to.
struct BakongAnswer: Sendable {
    var message: String
    var data: JSON = .null

    var response: HTTPResponse { .bakong(code: 0, message: message, data: data) }
}

extension HTTPResponse {
    /// An answer with exactly the four members that clients map to a fixed record.
    fileprivate static func bakong(
        code: Int,
        message: String,
        error: Int? = nil,
        data: JSON = .null,
        status: Int = 200
    ) -> HTTPResponse {
        let body: JSON = [
            "responseCode": JSON(code), "responseMessage": .string(message),
            "errorCode": error.map { JSON($0) } ?? .null, "data": data,
        ]
        var response = HTTPResponse.json(body, status: status)
        response.headers.add("Cache-Control", "no-store")
        response.headers.add("X-Content-Type-Options", "nosniff")
        return response
    }

    /// A refusal with one of the contract's codes.
    ///
    /// - Parameter status: where it is another than the code's own.
    static func bakong(_ error: BakongError, status: Int? = nil) -> HTTPResponse {
        bakong(code: 1, message: error.message, error: error.rawValue, status: status ?? error.status)
    }

    /// A refusal by HTTP's own rules, for which the contract has no code.
    static func bakong(refusing status: Int, _ message: String) -> HTTPResponse {
        bakong(code: 1, message: message, status: status)
    }
}
