import CCurl
import KizunaWeb

extension HTTPClientError {
    /// What the end of a transfer means for the caller.
    ///
    /// - Parameter mayHaveSent: whether a byte of the request may have left. It outweighs libcurl's code: after a
    ///   repeat on a new connection, "could not connect" says nothing about what the first attempt reached.
    /// - Parameter wasHeldBack: whether an address of the host lay outside the reach.
    init(_ code: CURLcode, mayHaveSent: Bool, isTooLarge: Bool = false, wasHeldBack: Bool = false) {
        let meaning: Code =
            switch code {
            case _ where isTooLarge: .answerTooLarge
            case CURLE_OPERATION_TIMEDOUT where mayHaveSent: .timedOut
            case _ where mayHaveSent: .connectionLost
            case _ where wasHeldBack: .notReachable
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_LOGIN_DENIED: .badURL
            default: .neverSent
            }
        let message =
            switch meaning {
            case .answerTooLarge: "The answer is larger than the limit"
            case .notReachable: "The operator does not let the switch call the address that this name stands for"
            case .neverSent, .timedOut, .connectionLost, .badURL: Self.text(code)
            }
        self.init(code: meaning, message: message)
    }

    /// libcurl did not even take the request.
    static func refused(by code: CURLcode) -> HTTPClientError { HTTPClientError(code: .neverSent, message: text(code)) }

    private static func text(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}
