package import KizunaLedger

extension UniqueID {
    /// Takes 16 bytes, the first of them in front.
    package init(bytes: ArraySlice<UInt8>) {
        precondition(bytes.count == 16, "A unique id has 16 bytes")
        let word = { (bytes: ArraySlice<UInt8>) in bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(high: word(bytes.prefix(8)), low: word(bytes.suffix(8)))
    }
}
