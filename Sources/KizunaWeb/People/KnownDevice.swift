import KizunaSwitch

/// Browsers in which a person has signed in before, by a cookie that only the switch can have made.
///
/// Its key is the hash of the person's password, so that every node knows it and a new password forgets every browser.
struct KnownDevice: Sendable {
    private let authenticator: any MessageAuthenticator
    /// Longer than any that we give out.
    private static let longest = 256

    init(authenticator: any MessageAuthenticator) { self.authenticator = authenticator }

    /// What a browser is given: a text of its own, sealed.
    func mark(_ text: String, of person: Person) -> String { "\(text).\(hexadecimal(code(of: text, person)))" }

    /// Whether a browser's mark is one that was given to it for this person.
    func vouch(for mark: String?, of person: Person) -> Bool {
        guard let mark, mark.utf8.count <= KnownDevice.longest, let point = mark.lastIndex(of: ".") else {
            return false
        }
        let expected = Array(hexadecimal(code(of: String(mark[..<point]), person)).utf8)
        return authenticator.areEqual(Array(mark[mark.index(after: point)...].utf8), expected)
    }

    private func code(of text: String, _ person: Person) -> [UInt8] {
        authenticator.code(of: Array("device \(person.id) \(text)".utf8), key: Array(person.passwordHash.utf8))
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}
