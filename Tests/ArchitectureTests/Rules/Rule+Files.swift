extension Rule {
    /// A file past this usually holds two ideas.
    static let maximumLines = 600

    static let filesAreShort = Rule(description: "files are short") { tree in
        tree.swiftFiles.filter { $0.lineCount > maximumLines }.map { file in
            Finding(
                path: file.path,
                line: maximumLines + 1,
                problem: "\(file.lineCount) lines, \(maximumLines) are the limit",
                remedy: "Give its second idea a file of its own, such as Type+Idea.swift"
            )
        }
    }

    /// Each public type and operation of the core says in a doc comment what it promises.
    static let coreIsDocumented = Rule(description: "the public core is documented") { tree in
        tree.sources.filter { Layout.kizuna[$0.module]?.layer == .core }.flatMap { file in
            file.tokens.indices.compactMap { index in
                guard let declaration = PublicDeclaration(in: file.tokens, at: index), !declaration.speaksForItself,
                    !isDocumented(line: declaration.firstLine, in: file)
                else { return nil }
                return Finding(
                    path: file.path,
                    line: declaration.firstLine,
                    problem: "the public \(declaration.keyword) \(declaration.name) has no doc comment",
                    remedy: "Say above it, in ///, what it promises and what it throws"
                )
            }
        }
    }

    /// Whether one of the comment lines right above is a doc comment.
    private static func isDocumented(line: Int, in file: SourceFile) -> Bool {
        var above = line - 1
        while file.commentLines.contains(above) {
            if file.documentationLines.contains(above) { return true }
            above -= 1
        }
        return false
    }
}

/// A declaration that starts, apart from attributes and other modifiers, with `public` or `open`.
struct PublicDeclaration {
    /// `func`, `struct`, `var` and so on.
    var keyword: String
    /// What is declared; for an initialiser, its parameter list's first label.
    var name: String
    /// Where it begins, attributes included.
    var firstLine: Int
    /// Whether it is an initialiser that can refuse.
    private var mayFail = false
    /// Whether it is a property that is worked out each time it is asked for.
    private var isComputed = false

    init?(in tokens: [Token], at index: Int) {
        guard ["public", "open"].contains(where: tokens[index].isIdentifier) else { return nil }
        var place = index + 1
        while place < tokens.count, !PublicDeclaration.keywords.contains(tokens[place].text) {
            let isModifier =
                tokens[place].kind == .identifier || ["(", ")"].contains(where: tokens[place].isPunctuation)
            guard isModifier else { return nil }
            place += 1
        }
        // `class func`: there `class` is a modifier.
        if place + 1 < tokens.count, tokens[place].isIdentifier("class"),
            PublicDeclaration.keywords.contains(tokens[place + 1].text)
        {
            place += 1
        }
        guard place + 1 < tokens.count else { return nil }
        keyword = tokens[place].text
        name = tokens[place + 1].text
        firstLine = tokens[PublicDeclaration.start(of: index, in: tokens)].line
        if keyword == "init" {
            let isOptional = ["?", "!"].contains(where: tokens[place + 1].isPunctuation)
            mayFail = isOptional || PublicDeclaration.throwsAfter(place + 1, in: tokens)
            name = tokens[(place + 1)...].first { $0.kind == .identifier }?.text ?? "()"
        }
        if keyword == "var" {
            let rest = tokens[(place + 2)...].prefix { $0.line == tokens[place].line }
            isComputed = rest.first { $0.isPunctuation("{") || $0.isPunctuation("=") }?.text == "{"
        }
    }

    /// What needs no words: an import, an extension, what a protocol of the standard library has already promised, a
    /// stored property (its name and its type's words say it), and an initialiser that only stores what it is given.
    var speaksForItself: Bool {
        switch keyword {
        case "import", "extension", "let": true
        case "init": !mayFail
        case "func": PublicDeclaration.promisedElsewhere.contains(name) || !(name.first?.isLetter ?? false)
        case "var": !isComputed || PublicDeclaration.promisedElsewhere.contains(name)
        default: false
        }
    }

    private static let keywords: Set<String> = [
        "import", "extension", "struct", "enum", "class", "actor", "protocol", "typealias", "func", "var", "let",
        "init", "subscript", "macro", "associatedtype",
    ]

    private static let promisedElsewhere: Set<String> = [
        "description", "debugDescription", "hash", "rawValue", "encode", "makeIterator", "next",
    ]

    /// Back over attributes, with or without arguments, and modifiers.
    private static func start(of index: Int, in tokens: [Token]) -> Int {
        let modifiers: Set<String> = ["final", "static", "nonisolated", "override", "indirect", "private", "package"]
        var start = index
        while start > 0 {
            var before = start - 1
            if tokens[before].isPunctuation(")") {
                while before > 0, !tokens[before].isPunctuation("(") { before -= 1 }
                before -= 1
            }
            guard before >= 0 else { break }
            if before > 0, tokens[before - 1].isPunctuation("@") {
                start = before - 1
            } else if modifiers.contains(tokens[before].text) {
                start = before
            } else {
                break
            }
        }
        return start
    }

    /// Whether `throws` stands behind the parameter list that opens at or after this token.
    private static func throwsAfter(_ index: Int, in tokens: [Token]) -> Bool {
        var depth = 0
        for token in tokens[index...] {
            if token.isPunctuation("(") { depth += 1 }
            if token.isPunctuation(")") { depth -= 1 }
            guard depth == 0 else { continue }
            if token.isPunctuation("{") || token.isPunctuation("}") { return false }
            if token.isIdentifier("throws") || token.isIdentifier("rethrows") { return true }
        }
        return false
    }
}
