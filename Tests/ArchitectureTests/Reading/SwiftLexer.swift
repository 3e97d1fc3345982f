/// A piece of Swift source that is neither blank nor comment.
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case identifier, number, punctuation
        /// A string or regex literal; its text is what stands between the quotes, without interpolations.
        case literal
    }

    var kind: Kind
    /// An identifier in backticks keeps them, so that it never looks like a keyword. Punctuation comes byte by byte.
    var text: String
    /// Counted from 1.
    var line: Int

    func isIdentifier(_ name: String) -> Bool { kind == .identifier && text == name }
    func isPunctuation(_ mark: String) -> Bool { kind == .punctuation && text == mark }
}

/// Cuts Swift source into tokens; comments and what strings say are left out, code inside interpolations is not.
///
/// It knows nested comments, raw and multi-line strings and regex literals, as far as telling code from text needs it.
struct SwiftLexer {
    private(set) var tokens: [Token] = []
    /// The lines that hold nothing but comment; the documenting ones also stand in ``documentationLines``.
    private(set) var commentLines: Set<Int> = []
    private(set) var documentationLines: Set<Int> = []

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        readCode(untilParenthesisCloses: false)
    }

    // MARK: Code

    private mutating func readCode(untilParenthesisCloses: Bool) {
        var depth = 0
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                position += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                skipLineComment()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                skipBlockComment()
            case UInt8(ascii: "/"):
                if !readBareRegex() { readPunctuation() }
            case UInt8(ascii: "\""):
                readString(hashes: 0)
            case UInt8(ascii: "#"):
                readHash()
            case UInt8(ascii: "`"):
                readQuotedIdentifier()
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                readNumber()
            case _ where isIdentifierByte(byte):
                readIdentifier()
            default:
                if untilParenthesisCloses, byte == UInt8(ascii: ")"), depth == 0 {
                    position += 1
                    return
                }
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                readPunctuation()
            }
        }
    }

    private mutating func readPunctuation() {
        append(.punctuation, from: position, to: position + 1)
        position += 1
    }

    private mutating func readIdentifier() {
        let start = position
        while let byte = peek(), isIdentifierByte(byte) { position += 1 }
        append(.identifier, from: start, to: position)
    }

    private mutating func readQuotedIdentifier() {
        let start = position
        position += 1
        while let byte = peek(), byte != UInt8(ascii: "`"), byte != UInt8(ascii: "\n") { position += 1 }
        if peek() == UInt8(ascii: "`") { position += 1 }
        append(.identifier, from: start, to: position)
    }

    private mutating func readNumber() {
        let start = position
        while let byte = peek() {
            // A point belongs to the number only when a digit follows: `0...9` is a range.
            let isInnerPoint = byte == UInt8(ascii: ".") && peek(1).map { isDigit($0) } == true
            guard isInnerPoint || isIdentifierByte(byte) else { break }
            position += 1
        }
        append(.number, from: start, to: position)
    }

    /// A hash opens a raw string, an extended regex, or a directive or macro.
    private mutating func readHash() {
        var hashes = 0
        while peek(hashes) == UInt8(ascii: "#") { hashes += 1 }
        switch peek(hashes) {
        case UInt8(ascii: "\""):
            position += hashes
            readString(hashes: hashes)
        case UInt8(ascii: "/"):
            position += hashes
            readExtendedRegex(hashes: hashes)
        default:
            readPunctuation()
        }
    }

    // MARK: Comments

    private mutating func skipLineComment() {
        let isDocumentation = peek(2) == UInt8(ascii: "/") && peek(3) != UInt8(ascii: "/")
        noteComment(isDocumentation: isDocumentation)
        while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipBlockComment() {
        let isDocumentation = peek(2) == UInt8(ascii: "*") && peek(3) != UInt8(ascii: "/")
        noteComment(isDocumentation: isDocumentation)
        var depth = 0
        while let byte = peek() {
            if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                position += 2
            } else if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else {
                position += 1
                guard byte == UInt8(ascii: "\n") else { continue }
                line += 1
                noteComment(isDocumentation: isDocumentation)
            }
        }
    }

    /// Only a comment that has its line to itself counts: one behind code documents nothing.
    private mutating func noteComment(isDocumentation: Bool) {
        guard tokens.last?.line != line else { return }
        commentLines.insert(line)
        if isDocumentation { documentationLines.insert(line) }
    }

    // MARK: Literals

    private mutating func readString(hashes: Int) {
        let quotes = peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"") ? 3 : 1
        // A literal stands before the code inside it, where its opening quote is.
        let index = tokens.count
        tokens.append(Token(kind: .literal, text: "", line: line))
        position += quotes
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == UInt8(ascii: "\""), closes(quotes: quotes, hashes: hashes) {
                position += quotes + hashes
                break
            }
            if byte == UInt8(ascii: "\\"), (0..<hashes).allSatisfy({ peek(1 + $0) == UInt8(ascii: "#") }) {
                position += 1 + hashes
                guard peek() != UInt8(ascii: "(") else {
                    position += 1
                    readCode(untilParenthesisCloses: true)
                    continue
                }
                // The escaped byte; a line break at the end of a line is counted by the loop.
                if let escaped = peek(), escaped != UInt8(ascii: "\n") {
                    content.append(escaped)
                    position += 1
                }
                continue
            }
            if byte == UInt8(ascii: "\n") {
                // A single-line string ends with its line, closed or not.
                guard quotes == 3 else { break }
                line += 1
            }
            content.append(byte)
            position += 1
        }
        tokens[index].text = String(decoding: content, as: UTF8.self)
    }

    private func closes(quotes: Int, hashes: Int) -> Bool {
        (0..<quotes).allSatisfy { peek($0) == UInt8(ascii: "\"") }
            && (0..<hashes).allSatisfy { peek(quotes + $0) == UInt8(ascii: "#") }
    }

    private mutating func readExtendedRegex(hashes: Int) {
        let start = position
        let startLine = line
        position += 1
        while let byte = peek() {
            if byte == UInt8(ascii: "/"), (0..<hashes).allSatisfy({ peek(1 + $0) == UInt8(ascii: "#") }) {
                position += 1 + hashes
                break
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            position += byte == UInt8(ascii: "\\") && peek(1) != UInt8(ascii: "\n") ? 2 : 1
        }
        position = min(position, bytes.count)
        tokens.append(Token(kind: .literal, text: text(from: start, to: position), line: startLine))
    }

    /// Reads `/…/` where an expression may begin and the line closes it; else it is an operator, and nothing is read.
    private mutating func readBareRegex() -> Bool {
        guard mayBeginExpression, let next = peek(1), !" \t\n)".utf8.contains(next) else { return false }
        var end = position + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "/") {
            guard bytes[end] != UInt8(ascii: "\n") else { return false }
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < bytes.count else { return false }
        append(.literal, from: position, to: end + 1)
        position = end + 1
        return true
    }

    private var mayBeginExpression: Bool {
        guard let last = tokens.last else { return true }
        switch last.kind {
        case .punctuation: return "(,=:[{;&|!?<>+-*%".contains(last.text)
        case .identifier: return ["return", "case", "in", "where", "if", "while", "try", "await"].contains(last.text)
        case .number, .literal: return false
        }
    }

    // MARK: Bytes

    private func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private func isIdentifierByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...: true
        default: isDigit(byte)
        }
    }

    private func text(from start: Int, to end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    private mutating func append(_ kind: Token.Kind, from start: Int, to end: Int) {
        tokens.append(Token(kind: kind, text: text(from: start, to: end), line: line))
    }
}
