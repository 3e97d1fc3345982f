import CSQLite
import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Gives values to a statement's parameters, in their order.
struct Parameters {
    private let handle: OpaquePointer
    private let identifiers: UnsafeMutablePointer<UInt64>
    private let limit: Int32
    private var index: Int32 = 0
    /// The first return code that was no success.
    private(set) var code = SQLITE_OK

    init(_ handle: OpaquePointer, _ identifiers: UnsafeMutablePointer<UInt64>, limit: Int32) {
        self.handle = handle
        self.identifiers = identifiers
        self.limit = limit
    }

    mutating func add(_ value: Int64) {
        let index = next()
        note(sqlite3_bind_int64(handle, index, value))
    }

    mutating func add(_ value: Int) { add(Int64(value)) }
    mutating func add(_ value: Bool) { add(value ? 1 : 0 as Int64) }
    mutating func add(_ value: Timestamp) { add(value.milliseconds) }
    mutating func add(_ value: some RawRepresentable<Int>) { add(Int64(value.rawValue)) }
    mutating func add(_ value: Currency) { add(Int64(value.numeric)) }

    mutating func addNull() {
        let index = next()
        note(sqlite3_bind_null(handle, index))
    }

    mutating func add(_ value: UniqueID) {
        let index = next()
        guard index <= limit else { return note(SQLITE_RANGE) }
        let place = identifiers + 2 * Int(index - 1)
        place[0] = value.high.bigEndian
        place[1] = value.low.bigEndian
        // Without a destructor: the words stay where they are until the statement runs again.
        note(sqlite3_bind_blob(handle, index, place, 16, nil))
    }

    mutating func add(_ value: Identifier<some Any>) { add(value.value) }

    mutating func add(_ value: String) {
        let index = next()
        var value = value
        note(
            value.withUTF8 { text in
                text.withMemoryRebound(to: CChar.self) { characters in
                    // An empty text may have no address, and without one SQLite binds NULL.
                    characters.isEmpty
                        ? kizuna_bind_text(handle, index, "", 0)
                        : kizuna_bind_text(handle, index, characters.baseAddress, UInt64(characters.count))
                }
            }
        )
    }

    mutating func add(_ bytes: [UInt8]) {
        let index = next()
        note(bytes.withUnsafeBytes { kizuna_bind_bytes(handle, index, $0.baseAddress, UInt64($0.count)) })
    }

    mutating func add(_ value: Int64?) { if let value { add(value) } else { addNull() } }
    mutating func add(_ value: Timestamp?) { add(value?.milliseconds) }
    mutating func add(_ value: String?) { if let value { add(value) } else { addNull() } }
    mutating func add(_ value: UniqueID?) { if let value { add(value) } else { addNull() } }
    mutating func add(_ value: Identifier<some Any>?) { add(value?.value) }

    private mutating func next() -> Int32 {
        index += 1
        return index
    }

    private mutating func note(_ result: Int32) {
        if code == SQLITE_OK { code = result }
    }
}
