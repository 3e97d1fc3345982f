/// Where the switch may send: to public addresses over TLS, and to what its operator adds.
///
/// Participants choose where they are called. Without this bound, one could have the switch call the machines beside
/// it: a database, a cloud's metadata service, itself.
package struct Reach: Sendable, Hashable {
    /// Blocks that may be reached although they are not public.
    package var allowed: [AddressBlock]
    /// Whether `http` may be used as well as `https`.
    package var allowsPlainHTTP: Bool

    package init(allowing allowed: [AddressBlock] = [], plainHTTP: Bool = false) {
        self.allowed = allowed
        allowsPlainHTTP = plainHTTP
    }

    /// Public addresses over TLS: what a switch has unless its operator says otherwise.
    package static let internet = Reach()

    /// This machine too, without TLS: for demos, benchmarks, tests and sandboxes.
    package static let loopback = Reach(allowing: blocks(["127.0.0.0/8", "::1/128"]), plainHTTP: true)

    /// Wherever a person says who runs a command: nobody else chooses the address.
    package static let wherever = Reach(allowing: blocks(["0.0.0.0/0", "::/0"]), plainHTTP: true)

    /// Whether a connection to an address may be made.
    package func permits(_ address: IPAddress) -> Bool {
        let reached = address.reached
        return allowed.contains { $0.contains(reached) } || Reach.isPublic(reached)
    }

    private static func isPublic(_ address: IPAddress) -> Bool {
        switch address {
        case .v4: !withheld.contains { $0.contains(address) }
        case .v6: globalUnicast.contains { $0.contains(address) } && !withheld.contains { $0.contains(address) }
        }
    }

    /// Where public addresses of version 6 are (RFC 4291, section 2.4): what lies outside is the unspecified address,
    /// loopback, unique-local, link-local, multicast, or not handed out.
    private static let globalUnicast = blocks(["2000::/3"])

    /// Blocks that are no destination on the open Internet, after IANA's registries of special-purpose addresses
    /// (RFC 6890), and those by which tunnels reach addresses that are not seen from outside.
    private static let withheld = blocks([
        "0.0.0.0/8",  // this network; Linux takes 0.0.0.0 for itself
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",  // private
        "100.64.0.0/10",  // shared by a provider's customers; a cloud's metadata
        "127.0.0.0/8",  // loopback
        "168.63.129.16/32",  // a cloud's agent beside each machine, although the address is public
        "169.254.0.0/16",  // link-local; most clouds' metadata
        "192.0.0.0/24",  // protocol assignments; a cloud's metadata
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",  // documentation
        "192.88.99.0/24",  // 6to4 relays
        "198.18.0.0/15",  // benchmarks
        "224.0.0.0/4", "240.0.0.0/4",  // multicast; reserved, and broadcast
        "2001::/23",  // protocol assignments, Teredo among them
        "2001:db8::/32", "3fff::/20",  // documentation
        "2002::/16",  // 6to4: an address of version 4 inside
    ])

    private static func blocks(_ texts: [String]) -> [AddressBlock] {
        texts.map { text in
            guard let block = AddressBlock(text) else { preconditionFailure("\(text) is no block of addresses") }
            return block
        }
    }
}
