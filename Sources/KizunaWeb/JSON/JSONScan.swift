/// Looks over bytes before they are parsed: the structure, the limits, and names that come twice.
///
/// Foundation's parser takes UTF-16, a byte order mark and a comma before a closing bracket, keeps the last of two
/// equal names, and says nothing about where a fault is. Here none of that passes; what is left to the parser are the
/// insides of strings, numbers and literals.
struct JSONScan {
    /// Our deepest body has four levels.
    static let deepest = 16
    /// Our longest body, a hundred rates, has about five hundred values.
    static let mostItems = 2_000
    /// Our widest object has about thirty members.
    static let mostMembers = 64

    private enum Expecting { case value, valueOrClose, name, nameOrClose, colon, commaOrClose }

    private struct Container {
        let isObject: Bool
        /// Where the names stand, quotes included.
        var names: [Range<Int>] = []
    }

    private let bytes: [UInt8]
    private var position = 0
    private var open: [Container] = []
    private var expecting = Expecting.value
    private var items = 0
    private var members = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Checks the bytes.
    ///
    /// - Returns: how many members all objects have together.
    static func check(_ bytes: [UInt8]) throws(JSONFault) -> Int {
        if let position = firstInvalidUTF8(in: bytes) { throw JSONFault(code: .invalidUTF8, position: position) }
        var scan = JSONScan(bytes)
        try scan.run()
        return scan.members
    }

    private mutating func run() throws(JSONFault) {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: "{"): try openContainer(isObject: true)
            case UInt8(ascii: "["): try openContainer(isObject: false)
            case UInt8(ascii: "}"): try close(isObject: true)
            case UInt8(ascii: "]"): try close(isObject: false)
            case UInt8(ascii: ":"): try pass(.colon, thenExpecting: .value)
            case UInt8(ascii: ","): try passComma()
            case UInt8(ascii: "\""): try passString()
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "a")...UInt8(ascii: "z"):
                try passLiteral()
            default: throw fault(.syntax)
            }
        }
        guard items > 0 else { throw JSONFault(code: .empty, position: nil) }
        guard open.isEmpty, expecting == .commaOrClose else { throw fault(.syntax) }
    }

    // MARK: Structure

    private mutating func openContainer(isObject: Bool) throws(JSONFault) {
        try beginValue()
        guard open.count < JSONScan.deepest else { throw fault(.tooDeep) }
        open.append(Container(isObject: isObject))
        expecting = isObject ? .nameOrClose : .valueOrClose
        position += 1
    }

    private mutating func close(isObject: Bool) throws(JSONFault) {
        let isEmpty = expecting == (isObject ? .nameOrClose : .valueOrClose)
        guard isEmpty || expecting == .commaOrClose, open.popLast()?.isObject == isObject else { throw fault(.syntax) }
        expecting = .commaOrClose
        position += 1
    }

    private mutating func pass(_ expected: Expecting, thenExpecting next: Expecting) throws(JSONFault) {
        guard expecting == expected else { throw fault(.syntax) }
        expecting = next
        position += 1
    }

    private mutating func passComma() throws(JSONFault) {
        guard let container = open.last else { throw fault(.syntax) }
        try pass(.commaOrClose, thenExpecting: container.isObject ? .name : .value)
    }

    private mutating func beginValue() throws(JSONFault) {
        guard expecting == .value || expecting == .valueOrClose, items == 0 || !open.isEmpty else {
            throw fault(.syntax)
        }
        items += 1
        guard items <= JSONScan.mostItems else { throw fault(.tooManyItems) }
    }

    // MARK: Tokens

    private mutating func passLiteral() throws(JSONFault) {
        try beginValue()
        while position < bytes.count, JSONScan.isPartOfLiteral(bytes[position]) { position += 1 }
        expecting = .commaOrClose
    }

    private static func isPartOfLiteral(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private mutating func passString() throws(JSONFault) {
        let isName = expecting == .name || expecting == .nameOrClose
        if !isName { try beginValue() }
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            guard bytes[position] >= 0x20 else { throw fault(.syntax) }
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else {
            position = bytes.count
            throw fault(.syntax)
        }
        position += 1
        if isName { try note(start..<position) }
        expecting = isName ? .colon : .commaOrClose
    }

    private mutating func note(_ name: Range<Int>) throws(JSONFault) {
        members += 1
        let names = open[open.count - 1].names
        if names.contains(where: { bytes[$0] == bytes[name] }) {
            let text = String(decoding: bytes[name.dropFirst().dropLast()], as: UTF8.self)
            throw JSONFault(code: .repeatedMember(text.isPlainName ? text : ""), position: name.lowerBound)
        }
        guard names.count < JSONScan.mostMembers else {
            throw JSONFault(code: .tooManyItems, position: name.lowerBound)
        }
        open[open.count - 1].names.append(name)
    }

    private func fault(_ code: JSONFault.Code) -> JSONFault { JSONFault(code: code, position: position) }

    // MARK: UTF-8

    private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
        guard let firstNonASCII = bytes.firstIndex(where: { $0 >= 0x80 }) else { return nil }
        var position = firstNonASCII
        var rest = bytes[firstNonASCII...].makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let scalar): position += scalar.count
            case .error: return position
            case .emptyInput: return nil
            }
        }
    }
}

extension String {
    /// Whether the text may be repeated in an error: it looks like the name of a field and not like what a person
    /// might have typed into one.
    var isPlainName: Bool {
        1...40 ~= utf8.count
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
