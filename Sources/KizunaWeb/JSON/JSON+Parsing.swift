import Foundation

extension JSON {
    /// Reads a JSON text.
    ///
    /// The members of an object come out in the order of their names, so that equal bodies are equal values; a number
    /// comes out as the shortest text for its value.
    ///
    /// - Throws: ``JSONFault`` for anything that is not UTF-8, not RFC 8259, past a limit, or ambiguous because an
    ///   object names a member twice.
    package static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSON {
        let scannedMembers = try JSONScan.check(bytes)
        let parsed: Any
        do {
            parsed = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        } catch {
            throw JSONFault(code: .syntax, position: nil)
        }
        var keptMembers = 0
        let value = JSON(parsed, members: &keptMembers)
        // Names that are spelt differently and mean the same, by an escape or by how an accent is composed.
        guard keptMembers == scannedMembers else { throw JSONFault(code: .repeatedMember(""), position: nil) }
        return value
    }

    private init(_ parsed: Any, members: inout Int) {
        switch parsed {
        case let text as String:
            self = .string(text)
        case let object as [String: Any]:
            members += object.count
            self = .object(
                object.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                    .map { Member(name: $0.key, value: JSON($0.value, members: &members)) }
            )
        case let items as [Any]:
            self = .array(items.map { JSON($0, members: &members) })
        case let number as NSNumber:
            self = number.isTruthValue ? .bool(number.boolValue) : .number(number.stringValue)
        default:
            self = .null
        }
    }
}

extension NSNumber {
    /// Whether it stands for `true` or `false`: the parser makes no other number of one byte.
    fileprivate var isTruthValue: Bool { objCType.pointee == CChar(UInt8(ascii: "c")) }
}
