/// Where a participant wants to be called: an absolute address that the switch may reach, as far as its text tells.
///
/// What a name stands for shows only when a connection is made, and may change; there it is checked again.
package struct DestinationURL: Sendable, Hashable, CustomStringConvertible {
    /// As it was given, without slashes at its end.
    package let description: String

    /// Far below what servers take, with room for the paths that are put behind it.
    package static let longest = 512

    /// - Throws: ``DestinationFault``, which says what would be right.
    package init(_ text: String, within reach: Reach) throws(DestinationFault) {
        guard text.utf8.count <= DestinationURL.longest else { throw .tooLong }
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), !text.contains("\\") else { throw .malformed }
        guard let separator = text.firstRange(of: "://") else { throw .malformed }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { throw .malformed }
        guard scheme == "https" || reach.allowsPlainHTTP else { throw .notEncrypted }
        let rest = text[separator.upperBound...]
        guard !rest.contains("?"), !rest.contains("#") else { throw .hasQuery }
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else { throw .namesUser }
        try DestinationURL.check(authority, within: reach)
        let path = rest[authority.endIndex...]
        description = "\(scheme)://\(authority)\(path.dropLast(path.reversed().prefix { $0 == "/" }.count))"
    }

    private static func check(_ authority: Substring, within reach: Reach) throws(DestinationFault) {
        let host: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .malformed }
            host = authority[...end]
        } else {
            host = authority.prefix { $0 != ":" }
        }
        let port = authority[host.endIndex...]
        guard port.isEmpty || isPort(port) else { throw .malformed }
        guard let address = try address(of: host) else { return }
        guard reach.permits(address) else { throw .notReachable }
    }

    private static func isPort(_ text: Substring) -> Bool {
        let digits = text.dropFirst()
        guard text.first == ":", 1...5 ~= digits.utf8.count, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
            return false
        }
        return Int(digits).map { 1...65_535 ~= $0 } ?? false
    }

    /// The address that a host is, or is known to stand for; `nil` for a name.
    private static func address(of host: Substring) throws(DestinationFault) -> IPAddress? {
        if host.hasPrefix("[") {
            guard let address = IPAddress(host.dropFirst().dropLast()), case .v6 = address else { throw .malformed }
            return address
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, labels.allSatisfy(isLabel), let last = labels.last else { throw .malformed }
        // Everything of which the last part is a number would be read as an address of version 4 by some program:
        // 2130706433, 0177.0.0.1, 0x7f.1, 127.1 (WHATWG URL, "ends in a number"). One form is enough.
        if last.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) || last.lowercased().hasPrefix("0x") {
            guard let address = IPAddress(host) else { throw .unclearAddress }
            return address
        }
        // RFC 6761, section 6.3: names for this machine, whatever a server of names says.
        return last.lowercased() == "localhost" ? .v4(0x7F00_0001) : nil
    }

    /// Letters, digits and inner hyphens (RFC 1123, section 2.1); names in other scripts come as `xn--`.
    private static func isLabel(_ label: Substring) -> Bool {
        1...63 ~= label.utf8.count && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

/// Why the switch will not call an address.
package enum DestinationFault: Error, Sendable, Hashable, CaseIterable {
    case malformed
    case tooLong
    case notEncrypted
    case hasQuery
    case namesUser
    /// An address in one of the forms that programs read differently.
    case unclearAddress
    case notReachable

    /// What is wrong and what would be right; does not repeat the address.
    package var sentence: String {
        switch self {
        case .malformed: "must be an absolute address, such as https://bank.example/kizuna"
        case .tooLong: "has at most \(DestinationURL.longest) characters"
        case .notEncrypted: "must begin with https://, for the operator allows nothing else"
        case .hasQuery: "must end with the path: no query and no fragment"
        case .namesUser: "must not name a user; the switch signs what it sends"
        case .unclearAddress: "must write an address as four decimal numbers, such as 192.0.2.1, or use a name"
        case .notReachable: "is an address that the operator does not let the switch call"
        }
    }
}
