/// One Swift file of the package, cut into tokens.
struct SourceFile: Sendable {
    /// From the package's root, such as `Sources/KizunaMoney/Money.swift`.
    let path: String
    let lineCount: Int
    let tokens: [Token]
    let commentLines: Set<Int>
    let documentationLines: Set<Int>

    init(path: String, text: String) {
        self.path = path
        lineCount = text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
        let lexer = SwiftLexer(text)
        tokens = lexer.tokens
        commentLines = lexer.commentLines
        documentationLines = lexer.documentationLines
    }

    /// The target's folder: `KizunaMoney`.
    var module: String { SourceTree.module(of: path) }

    /// Every module that is imported, with the line; `import struct Foundation.Date` imports Foundation.
    var imports: [(module: String, line: Int)] {
        tokens.indices.compactMap { index in
            let isImport = tokens[index].isIdentifier("import")
            let isMember = index > 0 && tokens[index - 1].isPunctuation(".")
            guard isImport, !isMember, var name = identifier(at: index + 1) else { return nil }
            let kinds = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
            if kinds.contains(name), let next = identifier(at: index + 2) { name = next }
            return (name, tokens[index].line)
        }
    }

    private func identifier(at index: Int) -> String? {
        tokens.indices.contains(index) && tokens[index].kind == .identifier ? tokens[index].text : nil
    }
}
