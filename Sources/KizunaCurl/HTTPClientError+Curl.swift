import CCurl
import KizunaWeb

extension HTTPClientError {
    /// What the end of a transfer means for the caller.
    ///
    /// - Parameter hasSent: whether a byte of the request has left. It outweighs libcurl's code: after a repeat on a
    ///   new connection, "could not connect" says nothing about what the first attempt reached.
    init(_ code: CURLcode, hasSent: Bool, isTooLarge: Bool) {
        switch code {
        case _ where isTooLarge: self.init(code: .answerTooLarge, message: "The answer is larger than the limit")
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_LOGIN_DENIED:
            self.init(code: .badURL, message: Self.text(code))
        case CURLE_OPERATION_TIMEDOUT where hasSent: self.init(code: .timedOut, message: Self.text(code))
        case _ where hasSent: self.init(code: .connectionLost, message: Self.text(code))
        default: self.init(code: .neverSent, message: Self.text(code))
        }
    }

    /// libcurl did not even take the request.
    static func refused(by code: CURLcode) -> HTTPClientError { HTTPClientError(code: .neverSent, message: text(code)) }

    private static func text(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}
