extension Rule {
    /// Bytes of secrets are compared by `ConstantTime` alone, whose time does not tell where two differ.
    static let secretsAreComparedInConstantTime = Rule(description: "secrets are compared in constant time") { tree in
        tree.sources.flatMap { file in
            comparedSecrets(in: file).filter { publicComparisons[file.path]?.contains($0.name) != true }.map {
                Finding(
                    path: file.path,
                    line: $0.line,
                    problem: "`\($0.name)` is compared in a time that tells where two differ",
                    remedy:
                        "Use ConstantTime.equal, or areEqual of the port; or say in Rule+Secrets.swift why it is known"
                )
            }
        }
    }

    /// The secrets that a file compares by operators.
    static func comparedSecrets(in file: SourceFile) -> [(name: String, line: Int)] {
        guard holdsSecrets(file.module) else { return [] }
        return Comparison.all(in: file.tokens).compactMap { comparison in
            // Whether there is one at all is no secret.
            guard !comparison.names.contains("nil") else { return nil }
            return comparison.names.sorted().first { secretNames.contains($0) }.map { ($0, comparison.line) }
        }
    }

    /// The core knows of no secrets, and who only plays the other side keeps none of the switch's.
    private static func holdsSecrets(_ module: String) -> Bool {
        Layout.kizuna[module]?.layer != .core && !["KizunaSimulation", "KizunaCertification"].contains(module)
    }

    /// The comparison itself is OpenSSL's.
    static let constantTimeIsOpenSSLs = Rule(description: "the comparison in constant time is OpenSSL's") { tree in
        tree.sources.filter { $0.path == constantTime }.compactMap { file in
            let calls = file.tokens.count { $0.isIdentifier("CRYPTO_memcmp") }
            let allowed: Set<String> = ["count", "0", "CRYPTO_memcmp()"]
            let others = Comparison.all(in: file.tokens).filter { !$0.names.isSubset(of: allowed) }
            guard calls != 1 || !others.isEmpty else { return nil }
            return Finding(
                path: file.path,
                line: others.first?.line ?? 1,
                problem: "ConstantTime compares by something else than CRYPTO_memcmp",
                remedy: "Leave the bytes to CRYPTO_memcmp, and compare nothing of them but their counts"
            )
        }
    }

    static let constantTime = "Sources/KizunaCrypto/ConstantTime.swift"

    /// What the compared value is called at its end: `person.passwordHash`, `code(of: message, key: key)`.
    private static let secretNames: Set<String> = [
        "secret", "password", "passwordHash", "hash()", "authenticatorKey", "token", "session", "cookie", "mac",
        "hmac", "signature", "digest", "codeDigest", "sha256", "sha256()", "sha1()", "code()", "authenticate()",
        "fingerprint", "apiKey",
    ]

    /// Comparisons of what everybody may know, or of what nobody from outside has brought.
    static let publicComparisons: [String: Set<String>] = [
        // Which first request an idempotency key came with: its sender's own.
        "Sources/KizunaSwitch/Engine/GroupCommitter.swift": ["token"],
        "Sources/KizunaSwitch/Steps/Step.swift": ["fingerprint"],
        // The seal of a group of the journal, which everybody who reads the database can work out.
        "Sources/KizunaSwitch/Records/JournalGroup.swift": ["digest"],
        // The SHA-256 of a code that was mailed, and of what is shown: where they differ says nothing of the code.
        "Sources/KizunaSwitch/Steps/KeepingBakong.swift": ["codeDigest"],
        // The hash that was read from the database a moment ago, with the one that is there now.
        "Sources/KizunaSwitch/Steps/KeepingPeople.swift": ["passwordHash"],
        // The digest of a body that whoever asks has sent beside it.
        "Sources/KizunaWeb/Signatures/MessageSignature.swift": ["digest"],
    ]
}

/// Two values with `==`, `!=` or `~=` between them, as far as tokens tell.
struct Comparison {
    let sign: String
    let line: Int
    /// What the compared values are called at their ends; a call bears `()`.
    let names: Set<String>

    static func all(in tokens: [Token]) -> [Comparison] {
        tokens.indices.dropFirst().dropLast().compactMap { index in
            let (first, second) = (tokens[index], tokens[index + 1])
            guard second.isPunctuation("="), let mark = ["=", "!", "~"].first(where: first.isPunctuation),
                !tokens[index - 1].isIdentifier("func"), !tokens[index - 1].isPunctuation("=")
            else { return nil }
            let left = Operand(before: index, in: tokens), right = Operand(after: index + 1, in: tokens)
            return Comparison(sign: "\(mark)=", line: first.line, names: left.names.union(right.names))
        }
    }
}

/// One side of a comparison.
private struct Operand {
    let names: Set<String>

    private static let words: Set<String> = [
        "guard", "if", "while", "return", "where", "in", "case", "let", "var", "else", "try", "await", "throw", "is",
        "as",
    ]
    private static let ends: Set<String> = [",", ";", "{", "}", "&", "|", ":", "=", "<", ">", "+", "-", "*", "/", "%"]
    /// Members under which a value is the same value.
    private static let views: Set<String> = [
        "utf8", "bytes", "rawValue", "description", "lowercased", "map", "flatMap", "prefix", "suffix", "dropFirst",
        "dropLast", "value", "text",
    ]

    init(after index: Int, in tokens: [Token]) {
        var (position, depth) = (index + 1, 0)
        while position < tokens.count {
            let token = tokens[position]
            let isFirst = position == index + 1
            if depth == 0, !isFirst, Operand.isEnd(token, behind: tokens[position - 1], in: tokens, position) { break }
            if Operand.opens(token) { depth += 1 }
            if Operand.closes(token) { depth -= 1 }
            if depth < 0 { break }
            position += 1
        }
        names = Operand.names(of: tokens[(index + 1)..<position])
    }

    init(before index: Int, in tokens: [Token]) {
        var (position, depth) = (index - 1, 0)
        while position >= 0 {
            let token = tokens[position]
            let next = position + 1
            if depth == 0, next < index, Operand.isEnd(tokens[next], behind: token, in: tokens, next) { break }
            if Operand.closes(token) { depth += 1 }
            if Operand.opens(token) { depth -= 1 }
            if depth < 0 || depth == 0 && Operand.stops(token) { break }
            position -= 1
        }
        names = Operand.names(of: tokens[(position + 1)..<index])
    }

    private static func opens(_ token: Token) -> Bool { ["(", "[", "{"].contains(where: token.isPunctuation) }
    private static func closes(_ token: Token) -> Bool { [")", "]", "}"].contains(where: token.isPunctuation) }

    private static func stops(_ token: Token) -> Bool {
        token.kind == .identifier ? words.contains(token.text) : token.kind == .punctuation && ends.contains(token.text)
    }

    /// Whether an operand that has come to `previous` ends before `token`.
    private static func isEnd(_ token: Token, behind previous: Token, in tokens: [Token], _ position: Int) -> Bool {
        if stops(token) { return true }
        let isChained = token.isPunctuation(".") || previous.isPunctuation(".")
        if token.line != previous.line, !isChained, !opens(previous), !closes(token) { return true }
        // `a ? b : c` ends at its mark, `a?.b` and `a?[b]` do not.
        if token.isPunctuation("?"), position + 1 < tokens.count {
            let next = tokens[position + 1]
            return ![".", "[", "?", ")"].contains(where: next.isPunctuation)
        }
        return token.kind == .identifier && previous.kind == .identifier
    }

    /// What a chain of members is called at its end, views left out; of a conversion, what its arguments are called.
    private static func names(of tokens: ArraySlice<Token>) -> Set<String> {
        // A case of an enumeration is no value of anybody's.
        if tokens.first?.isPunctuation(".") == true { return [] }
        var links: [(name: String, arguments: ArraySlice<Token>?)] = []
        var position = tokens.startIndex
        while position < tokens.endIndex {
            let token = tokens[position]
            guard opens(token) else {
                if token.kind != .punctuation { links.append((token.text, nil)) }
                position += 1
                continue
            }
            let end = close(of: position, in: tokens)
            let inner = tokens[(position + 1)..<max(position + 1, end)]
            if let last = links.last {
                if token.isPunctuation("("), last.arguments == nil { links[links.count - 1].arguments = inner }
            } else {
                links.append(("", inner))
            }
            position = end + 1
        }
        while links.count > 1, let last = links.last, views.contains(last.name) { links.removeLast() }
        guard let last = links.last else { return [] }
        guard let arguments = last.arguments else { return [last.name] }
        // `Array(…)` is what is in it; `EVP_DigestVerify(…)` is what C says.
        let isConversion = last.name.first?.isUppercase ?? true && !last.name.contains("_")
        guard isConversion else { return ["\(last.name)()"] }
        return arguments.split { $0.isPunctuation(",") || $0.isPunctuation(":") }
            .reduce(into: []) { $0.formUnion(names(of: $1)) }
    }

    private static func close(of open: Int, in tokens: ArraySlice<Token>) -> Int {
        var depth = 0
        for position in open..<tokens.endIndex {
            if opens(tokens[position]) { depth += 1 }
            if closes(tokens[position]) { depth -= 1 }
            if depth == 0 { return position }
        }
        return tokens.endIndex
    }
}
