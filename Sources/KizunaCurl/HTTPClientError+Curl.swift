import CCurl
import KizunaWeb

extension HTTPClientError {
    /// What the end of a transfer means for the caller.
    ///
    /// - Parameter mayHaveSent: whether a byte of the request may have left. It outweighs libcurl's code: after a
    ///   repeat on a new connection, "could not connect" says nothing about what the first attempt reached.
    init(_ code: CURLcode, mayHaveSent: Bool, isTooLarge: Bool = false) {
        let meaning: Code =
            switch code {
            case _ where isTooLarge: .answerTooLarge
            case CURLE_OPERATION_TIMEDOUT where mayHaveSent: .timedOut
            case _ where mayHaveSent: .connectionLost
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_LOGIN_DENIED: .badURL
            default: .neverSent
            }
        self.init(code: meaning, message: isTooLarge ? "The answer is larger than the limit" : Self.text(code))
    }

    /// libcurl did not even take the request.
    static func refused(by code: CURLcode) -> HTTPClientError { HTTPClientError(code: .neverSent, message: text(code)) }

    private static func text(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}
