import CPostgres
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What one command answered: rows, and how many it touched.
final class Rows {
    fileprivate let handle: OpaquePointer

    /// Takes over a result that is no error.
    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    /// How many rows came.
    var count: Int { Int(PQntuples(handle)) }

    /// How many rows a command inserted, changed, removed or brought.
    var touched: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    func forEach(_ body: (inout Columns) throws(StoreError) -> Void) throws(StoreError) {
        for row in 0..<PQntuples(handle) {
            var columns = Columns(self, row)
            try body(&columns)
        }
    }

    func all<Value>(_ read: (inout Columns) throws(StoreError) -> Value) throws(StoreError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        try forEach { columns throws(StoreError) in values.append(try read(&columns)) }
        return values
    }

    func first<Value>(_ read: (inout Columns) throws(StoreError) -> Value) throws(StoreError) -> Value? {
        guard count > 0 else { return nil }
        var columns = Columns(self, 0)
        return try read(&columns)
    }
}

/// Takes values out of a row, in the order of its columns.
struct Columns {
    private let rows: Rows
    private let row: Int32
    private var index: Int32 = -1

    fileprivate init(_ rows: Rows, _ row: Int32) {
        self.rows = rows
        self.row = row
    }

    /// A number of any width, or a truth as 1 and 0; 0 for NULL.
    mutating func int64() -> Int64 {
        let bytes = next()
        switch bytes.count {
        case 8: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case 4: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case 2: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        case 1: return Int64(bytes[0])
        default: return 0
        }
    }

    mutating func int() -> Int { Int(int64()) }
    mutating func bool() -> Bool { int64() != 0 }
    mutating func timestamp() -> Timestamp { Timestamp(milliseconds: int64()) }
    mutating func optionalInt64() -> Int64? { isNextNull() ? skip() : int64() }
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
        let bytes = next()
        guard bytes.count == 16 else { throw .unreadable("an id") }
        return UniqueID(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }

    mutating func id<Subject>() throws(StoreError) -> Identifier<Subject> { Identifier(try uniqueID()) }

    mutating func optionalID<Subject>() throws(StoreError) -> Identifier<Subject>? {
        try optionalUniqueID().map { Identifier($0) }
    }

    mutating func optionalUniqueID() throws(StoreError) -> UniqueID? {
        if isNextNull() { skip() } else { try uniqueID() }
    }

    mutating func optionalCurrency() throws(StoreError) -> Currency? {
        guard let number = optionalInt64() else { return nil }
        guard let currency = Currency(numeric: Int(clamping: number)) else { throw .unreadable("a currency") }
        return currency
    }

    /// Reads a currency and an amount that are there or not together.
    mutating func optionalMoney() throws(StoreError) -> Money? {
        let (currency, minorUnits) = (try optionalCurrency(), optionalInt64())
        guard let currency, let minorUnits else { return nil }
        return Money(minorUnits: minorUnits, currency: currency)
    }

    mutating func text() throws(StoreError) -> String {
        guard let text = try optionalText() else { throw .unreadable("a text") }
        return text
    }

    mutating func optionalText() throws(StoreError) -> String? {
        if isNextNull() { return skip() }
        guard let text = next().withMemoryRebound(to: UInt8.self, { PostgresText.restored($0) }) else {
            throw .unreadable("a text")
        }
        return text
    }

    mutating func bytes() -> [UInt8] { [UInt8](next()) }
    mutating func optionalBytes() -> [UInt8]? { isNextNull() ? skip() : bytes() }

    /// Leaves out as many columns.
    mutating func skip(_ count: Int32) { index += count }

    private func isNextNull() -> Bool { PQgetisnull(rows.handle, row, index + 1) != 0 }

    private mutating func skip<Value>() -> Value? {
        index += 1
        return nil
    }

    private mutating func next() -> UnsafeRawBufferPointer {
        index += 1
        let start = PQgetvalue(rows.handle, row, index)
        return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(rows.handle, row, index)))
    }
}
