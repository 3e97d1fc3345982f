import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A type of PostgreSQL's that values are sent as.
struct PostgresType: Sendable, Hashable {
    let name: String
    /// The type's number, fixed in PostgreSQL's `pg_type.dat`.
    let oid: UInt32
    /// The bytes of a number; 0 for what is no number.
    let width: Int

    static let bool = PostgresType(name: "bool", oid: 16, width: 1)
    static let int2 = PostgresType(name: "int2", oid: 21, width: 2)
    static let int4 = PostgresType(name: "int4", oid: 23, width: 4)
    static let int8 = PostgresType(name: "int8", oid: 20, width: 8)
    static let text = PostgresType(name: "text", oid: 25, width: 0)
    static let bytea = PostgresType(name: "bytea", oid: 17, width: 0)
    static let uuid = PostgresType(name: "uuid", oid: 2950, width: 0)
}

/// The values of one command in PostgreSQL's binary form: numbers have their highest byte first, an array is a header
/// and its elements, each behind its length.
struct Parameters {
    private let context: WritingContext?
    private(set) var bytes: [UInt8] = []
    private(set) var ranges: [Range<Int>] = []

    init(in context: WritingContext? = nil) { self.context = context }

    mutating func add(_ value: Int64) { single { $0.write(UInt64(bitPattern: value)) } }
    mutating func add(_ value: Int32) { single { $0.write(UInt32(bitPattern: value)) } }
    mutating func add(_ value: UniqueID) { single { $0.write(value) } }
    mutating func add(_ value: String) { single { $0.bytes += PostgresText.escaped(value).utf8 } }
    mutating func add(_ value: [UInt8]) { single { $0.bytes += value } }

    private mutating func single(_ write: (inout Parameters) -> Void) {
        let start = bytes.count
        write(&self)
        ranges.append(start..<bytes.count)
    }

    /// Adds an array of a type, which a body fills with exactly `count` elements.
    mutating func addArray<Failure: Error>(
        of type: PostgresType,
        count: Int,
        _ fill: (inout ArrayElements) throws(Failure) -> Void
    ) throws(Failure) {
        let start = bytes.count
        write(UInt32(count == 0 ? 0 : 1))
        write(1 as UInt32)  // It may hold NULL.
        write(type.oid)
        if count > 0 {
            write(UInt32(count))
            write(1 as UInt32)  // Elements are counted from 1.
        }
        bytes.reserveCapacity(bytes.count + count * (4 + max(type.width, 16)))
        var elements = ArrayElements(type: type, context: context, bytes: bytes)
        bytes = []
        defer { ranges.append(start..<bytes.count) }
        try fill(&elements)
        precondition(elements.count == count, "An array has another number of elements than it says")
        bytes = elements.bytes
    }

    fileprivate mutating func write(_ value: UInt32) { bytes.append(bigEndian: value) }
    private mutating func write(_ value: UInt64) { bytes.append(bigEndian: value) }

    private mutating func write(_ value: UniqueID) {
        bytes.append(bigEndian: value.high)
        bytes.append(bigEndian: value.low)
    }
}

/// What is known where values are written.
struct WritingContext {
    let names: Names
    /// The number of the node that writes.
    let node: Int32
    /// Accounts that this commit opens.
    var newAccounts: [AccountID: Int32] = [:]

    func number(_ id: AccountID) -> Int32? { newAccounts[id] ?? names.number(id) }
}

/// The elements of an array on their way.
struct ArrayElements {
    fileprivate let type: PostgresType
    fileprivate let context: WritingContext?
    fileprivate var bytes: [UInt8]
    fileprivate var count = 0

    mutating func add(_ value: Int64) {
        begin(length: type.width)
        switch type.width {
        case 8: bytes.append(bigEndian: UInt64(bitPattern: value))
        case 4: bytes.append(bigEndian: UInt32(bitPattern: narrow(value)))
        case 2: bytes.append(bigEndian: UInt16(bitPattern: narrow(value)))
        default: bytes.append(value == 0 ? 0 : 1)
        }
    }

    mutating func addNull() { begin(length: -1) }

    mutating func add(_ value: Int) { add(Int64(value)) }
    mutating func add(_ value: Bool) { add(value ? 1 : 0 as Int64) }
    mutating func add(_ value: Timestamp) { add(value.milliseconds) }
    mutating func add(_ value: some RawRepresentable<Int>) { add(Int64(value.rawValue)) }
    mutating func add(_ value: Currency) { add(Int64(value.numeric)) }
    mutating func add(_ value: Identifier<some Any>) { add(value.value) }

    mutating func add(_ value: UniqueID) {
        begin(length: 16)
        bytes.append(bigEndian: value.high)
        bytes.append(bigEndian: value.low)
    }

    mutating func add(_ value: String) {
        let text = PostgresText.escaped(value)
        begin(length: text.utf8.count)
        bytes += text.utf8
    }

    mutating func add(_ value: [UInt8]) {
        begin(length: value.count)
        bytes += value
    }

    mutating func add(_ value: Int64?) { if let value { add(value) } else { addNull() } }
    mutating func add(_ value: Timestamp?) { add(value?.milliseconds) }
    mutating func add(_ value: String?) { if let value { add(value) } else { addNull() } }
    mutating func add(_ value: Bool?) { add(value.map { $0 ? 1 : 0 as Int64 }) }
    mutating func add(_ value: UniqueID?) { if let value { add(value) } else { addNull() } }
    mutating func add(_ value: Identifier<some Any>?) { add(value?.value) }
    mutating func add(_ value: ParticipantID?) { if let value { add(value) } else { addNull() } }
    mutating func add(_ value: Currency?) { add((value?.numeric).map(Int64.init)) }

    /// An institution's number. One that has none comes out as NULL, which the column refuses.
    mutating func add(_ id: ParticipantID) { add(context?.names.number(id).map(Int64.init)) }

    /// An account's number, in the same way.
    mutating func add(_ id: AccountID) { add(context?.number(id).map(Int64.init)) }

    /// The node that writes.
    mutating func addNode() { add((context?.node).map(Int64.init)) }

    private mutating func begin(length: Int) {
        count += 1
        bytes.append(bigEndian: UInt32(bitPattern: Int32(length)))
    }

    /// A column's type is chosen so that every value of ours fits; one that does not is a defect.
    private func narrow<Small: FixedWidthInteger>(_ value: Int64) -> Small {
        guard let small = Small(exactly: value) else { preconditionFailure("A number is too large for its column") }
        return small
    }
}

extension [UInt8] {
    fileprivate mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}

/// PostgreSQL's texts cannot hold U+0000; ours can. It goes in as U+001A and a nought, U+001A itself with a one.
enum PostgresText {
    private static let escape: UInt8 = 0x1A

    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0 || $0 == escape }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0: bytes += [escape, UInt8(ascii: "0")]
            case escape: bytes += [escape, UInt8(ascii: "1")]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func restored(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.contains(escape) else { return String(validating: bytes, as: UTF8.self) }
        var restored: [UInt8] = []
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                restored.append(byte == UInt8(ascii: "0") ? 0 : escape)
                isEscaped = false
            } else if byte == escape {
                isEscaped = true
            } else {
                restored.append(byte)
            }
        }
        return String(validating: restored, as: UTF8.self)
    }
}
