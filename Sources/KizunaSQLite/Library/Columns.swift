import CSQLite
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Takes values out of a row, in the order of its columns.
struct Columns {
    private let handle: OpaquePointer
    private var index: Int32 = -1

    init(_ handle: OpaquePointer) { self.handle = handle }

    mutating func int64() -> Int64 { sqlite3_column_int64(handle, next()) }
    mutating func int() -> Int { Int(int64()) }
    mutating func bool() -> Bool { int64() != 0 }
    mutating func timestamp() -> Timestamp { Timestamp(milliseconds: int64()) }

    /// Leaves out as many columns.
    mutating func skip(_ count: Int32) { index += count }

    mutating func optionalInt64() -> Int64? {
        let column = next()
        return isNull(column) ? nil : sqlite3_column_int64(handle, column)
    }

    mutating func optionalTimestamp() -> Timestamp? { optionalInt64().map { Timestamp(milliseconds: $0) } }

    mutating func value<Value: RawRepresentable<Int>>(_ type: Value.Type = Value.self) throws(StoreError) -> Value {
        guard let value = Value(rawValue: int()) else { throw .unreadable("a number for \(type)") }
        return value
    }

    mutating func currency() throws(StoreError) -> Currency {
        guard let currency = Currency(numeric: int()) else { throw .unreadable("a currency") }
        return currency
    }

    mutating func uniqueID() throws(StoreError) -> UniqueID {
        let column = next()
        guard let bytes = sqlite3_column_blob(handle, column), sqlite3_column_bytes(handle, column) == 16 else {
            throw .unreadable("an id")
        }
        return UniqueID(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }

    mutating func id<Subject>() throws(StoreError) -> Identifier<Subject> { Identifier(try uniqueID()) }

    mutating func optionalUniqueID() throws(StoreError) -> UniqueID? {
        guard isNull(index + 1) else { return try uniqueID() }
        _ = next()
        return nil
    }

    mutating func optionalID<Subject>() throws(StoreError) -> Identifier<Subject>? {
        guard let id = try optionalUniqueID() else { return nil }
        return Identifier(id)
    }

    mutating func text() throws(StoreError) -> String {
        guard let text = try optionalText() else { throw .unreadable("a text") }
        return text
    }

    mutating func optionalText() throws(StoreError) -> String? {
        let column = next()
        guard let start = sqlite3_column_text(handle, column) else { return nil }
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable("a text") }
        return text
    }

    mutating func bytes() -> [UInt8] {
        let column = next()
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    mutating func optionalBytes() -> [UInt8]? {
        guard isNull(index + 1) else { return bytes() }
        _ = next()
        return nil
    }

    private mutating func next() -> Int32 {
        index += 1
        return index
    }

    private func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
}
