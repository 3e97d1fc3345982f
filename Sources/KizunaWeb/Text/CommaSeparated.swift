/// Rows of comma-separated values (RFC 4180): lines end with LF or CRLF, and what holds commas, quotes or line ends stands
/// in quotes.
package struct CommaSeparated: Sendable {
    /// A row with the number of the line that it begins on, counted from 1.
    package struct Row: Sendable, Hashable {
        package let line: Int
        package let fields: [String]
    }

    /// Why a text is no such table.
    package enum Fault: Error, Sendable, Hashable {
        case notUTF8
        /// A quote that is never closed, or that something follows; with its line.
        case quote(line: Int)
        /// More rows than are read.
        case tooMany(most: Int)
    }

    /// Without empty lines, and without a byte order mark.
    package let rows: [Row]

    /// - Parameter most: how many rows are read, the header among them.
    package init(_ bytes: [UInt8], most: Int) throws(Fault) {
        var reader = Reader(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...])
        var rows: [Row] = []
        while let row = try reader.row() {
            if row.fields == [""] { continue }
            guard rows.count < most else { throw .tooMany(most: most) }
            rows.append(row)
        }
        self.rows = rows
    }

    private struct Reader {
        private var bytes: ArraySlice<UInt8>
        private var line = 1

        init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

        /// The next row; `nil` at the end.
        mutating func row() throws(Fault) -> Row? {
            guard !bytes.isEmpty else { return nil }
            let start = line
            var fields: [String] = []
            while true {
                let field = bytes.first == UInt8(ascii: "\"") ? try quoted() : plain()
                guard let text = String(validating: field, as: UTF8.self) else { throw .notUTF8 }
                fields.append(text)
                guard let end = bytes.popFirst() else { break }
                if end == UInt8(ascii: ",") { continue }
                if end == UInt8(ascii: "\r"), bytes.first == UInt8(ascii: "\n") { bytes.removeFirst() }
                line += 1
                break
            }
            return Row(line: start, fields: fields)
        }

        private mutating func plain() -> [UInt8] {
            let field = Array(bytes.prefix { !$0.endsField })
            bytes = bytes.dropFirst(field.count)
            return field
        }

        private mutating func quoted() throws(Fault) -> [UInt8] {
            let start = line
            bytes.removeFirst()
            var field: [UInt8] = []
            while let byte = bytes.popFirst() {
                if byte == UInt8(ascii: "\n") { line += 1 }
                guard byte == UInt8(ascii: "\"") else {
                    field.append(byte)
                    continue
                }
                guard bytes.first == UInt8(ascii: "\"") else {
                    guard bytes.first?.endsField ?? true else { break }
                    return field
                }
                field.append(bytes.removeFirst())
            }
            throw .quote(line: start)
        }
    }
}

extension UInt8 {
    fileprivate var endsField: Bool {
        self == UInt8(ascii: ",") || self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r")
    }
}
