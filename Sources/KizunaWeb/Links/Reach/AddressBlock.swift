/// Neighbouring addresses that begin with the same bits, as `10.0.0.0/8` or `fd00::/8`.
package struct AddressBlock: Sendable, Hashable, LosslessStringConvertible {
    package let base: IPAddress
    /// How many bits are the same: 0 to 32, or 0 to 128.
    package let prefixLength: Int
    package let description: String

    /// Accepts an address with a prefix length behind a slash, or one address alone; refuses a block whose base has
    /// bits behind its prefix, since one of the two is then a mistake.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let base = IPAddress(parts[0]) else { return nil }
        var prefixLength = base.bitCount
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(parts[1]), number <= base.bitCount
            else { return nil }
            prefixLength = number
        }
        guard base.first(prefixLength) == base else { return nil }
        self.base = base
        self.prefixLength = prefixLength
        description = text
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.bitCount == base.bitCount && address.first(prefixLength) == base
    }
}

extension IPAddress {
    fileprivate var bitCount: Int {
        switch self {
        case .v4: 32
        case .v6: 128
        }
    }

    /// The first bits, with zeros behind them.
    fileprivate func first(_ count: Int) -> IPAddress {
        switch self {
        case .v4(let number):
            .v4(number & UInt32.max << UInt32(32 - count))
        case .v6(let high, let low):
            .v6(
                high: high & UInt64.max << UInt64(64 - min(count, 64)),
                low: low & UInt64.max << UInt64(128 - max(count, 64))
            )
        }
    }
}
