package import KizunaLedger

/// Names one request in answers and logs, in the form of a UUID.
package struct TraceID: Sendable, Hashable, CustomStringConvertible {
    package let value: UniqueID

    package init(_ value: UniqueID) { self.value = value }

    /// Takes the trace of a W3C Trace Context header: `00-<32 hex>-<16 hex>-<2 hex>`, in lower case, neither id all
    /// zeros. Later versions may add fields behind.
    package init?(traceparent: String) {
        let parts = traceparent.split(separator: "-", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count >= 4, zip(parts, [2, 32, 16, 2]).allSatisfy({ TraceID.isLowerHexadecimal($0, $1) }),
            parts[0] != "ff", parts[0] != "00" || parts.count == 4, parts[2].contains(where: { $0 != "0" }),
            let value = UniqueID(String(parts[1])), value != UniqueID(high: 0, low: 0)
        else { return nil }
        self.value = value
    }

    package var description: String { value.description }

    private static func isLowerHexadecimal(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
                default: false
                }
            }
    }
}
