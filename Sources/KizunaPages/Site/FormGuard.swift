import KizunaLedger
package import KizunaWeb

/// Knows forms that our own pages sent from forms that somebody else's page has a browser send.
///
/// Every visitor has a number in a cookie that scripts do not see and other sites do not send; a form's token is a keyed
/// digest of it. Nothing is kept for a visitor. For somebody who has signed in, the session is the key: so a token is
/// worth nothing in any other session, and every node of the switch knows it.
struct FormGuard: Sendable {
    static let field = "token"
    /// For requests of our own script, which have no fields.
    static let header = "X-Form-Token"
    private static let cookie = "kizuna_visitor"

    private let authenticator: any MessageAuthenticator
    private let key: [UInt8]
    private let newID: @Sendable () -> UniqueID

    init(authenticator: any MessageAuthenticator, key: [UInt8], newID: @escaping @Sendable () -> UniqueID) {
        self.authenticator = authenticator
        self.key = key
        self.newID = newID
    }

    /// Who asks; whoever has no number yet gets one.
    struct Visitor: Sendable {
        let id: UniqueID
        let isNew: Bool
        /// The secret of the session that the visitor shows, whether it is in force or not.
        let session: String?

        /// Gives the number to the browser.
        func cookie(isSecure: Bool) -> String? {
            guard isNew else { return nil }
            return "\(FormGuard.cookie)=\(id.compact); Path=/; HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
        }
    }

    func visitor(of request: HTTPRequest) -> Visitor {
        let cookies = Cookies(request)
        let session = cookies[ConsoleDoor.sessionCookie]
        if let text = cookies[FormGuard.cookie], text.utf8.count == 32, let id = UniqueID(text) {
            return Visitor(id: id, isNew: false, session: session)
        }
        return Visitor(id: newID(), isNew: true, session: session)
    }

    func token(for visitor: Visitor) -> String { Hexadecimal.text(code(for: visitor)) }

    /// Whether a form comes from a page that we sent to this visitor.
    func admits(_ request: HTTPRequest, _ form: Form, of visitor: Visitor) -> Bool {
        if let site = request.headers["Sec-Fetch-Site"], site != "same-origin", site != "none" { return false }
        guard isFromHere(request) else { return false }
        guard !visitor.isNew, let token = form[FormGuard.field] ?? request.headers[FormGuard.header],
            let given = Hexadecimal.bytes(token)
        else { return false }
        return authenticator.areEqual(given, code(for: visitor))
    }

    /// Whether the page with the form was ours, as far as the browser says where it was.
    private func isFromHere(_ request: HTTPRequest) -> Bool {
        guard let origin = request.headers["Origin"], let host = request.headers["Host"] else { return true }
        return ["https://\(host)", "http://\(host)"].contains(origin)
    }

    private func code(for visitor: Visitor) -> [UInt8] {
        let key = visitor.session.map { Array($0.utf8) } ?? key
        return authenticator.code(of: Array("form \(visitor.id.compact)".utf8), key: key)
    }
}

/// The cookies that a browser sent.
package struct Cookies: Sendable {
    private var values: [String: String] = [:]

    package init(_ request: HTTPRequest) {
        for pair in (request.headers["Cookie"] ?? "").split(separator: ";") {
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            values[String(parts[0])] = String(parts[1])
        }
    }

    package subscript(name: String) -> String? { values[name] }
}

/// Bytes as hexadecimal digits.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef")

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.reduce(into: "") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }

    /// `nil` for anything but pairs of small digits.
    static func bytes(_ text: String) -> [UInt8]? {
        let values = text.map { digits.firstIndex(of: $0) }
        guard values.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: values.count, by: 2) {
            guard let high = values[place], let low = values[place + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}
