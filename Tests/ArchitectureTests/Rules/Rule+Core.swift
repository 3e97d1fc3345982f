extension Rule {
    /// The core has no clock, no chance, no concurrency and no input or output of its own.
    static let coreIsPure = Rule(description: "the core is pure") { tree in
        tree.sources.filter { Layout.kizuna[$0.module]?.layer == .core }.flatMap { file in
            file.tokens.indices.compactMap { index in
                guard let (problem, remedy) = impurity(of: file.tokens, at: index) else { return nil }
                return Finding(path: file.path, line: file.tokens[index].line, problem: problem, remedy: remedy)
            }
        }
    }

    private static let concurrency = "Return what is to be done as a value and let KizunaSwitch do it"
    private static let clock = "Time comes as an argument: take a Timestamp"
    private static let chance = "Chance comes as an argument: take `using random: inout some RandomNumberGenerator`"
    private static let output = "Return a value and let the caller show it"

    /// Names that have no place in the core however they are used.
    private static let forbiddenNames: [String: String] = [
        "Task": concurrency, "async": concurrency, "await": concurrency, "ContinuousClock": clock,
        "SuspendingClock": clock, "SystemRandomNumberGenerator": chance, "CommandLine": output,
    ]

    /// Names that are only wrong when called as a function of nothing and nobody.
    private static let forbiddenCalls: [String: String] = [
        "Date": clock, "UUID": "Identifiers come in as values, or are made from a generator that is passed in",
        "print": output, "debugPrint": output, "readLine": output,
    ]

    private static let chanceMethods: Set<String> = ["random", "randomElement", "shuffle", "shuffled"]

    private static func impurity(of tokens: [Token], at index: Int) -> (problem: String, remedy: String)? {
        let token = tokens[index]
        guard token.kind == .identifier else { return nil }
        if let remedy = forbiddenNames[token.text] { return ("`\(token.text)` in the core", remedy) }

        let isCall = index + 1 < tokens.count && tokens[index + 1].isPunctuation("(")
        guard isCall else { return nil }
        let isMember = index > 0 && tokens[index - 1].isPunctuation(".")
        let isDeclaration = index > 0 && tokens[index - 1].isIdentifier("func")
        if !isMember, !isDeclaration, let remedy = forbiddenCalls[token.text] {
            return ("`\(token.text)()` in the core", remedy)
        }
        if isMember, chanceMethods.contains(token.text), !hasUsing(tokens[(index + 1)...]) {
            return ("`.\(token.text)()` without `using:` in the core", chance)
        }
        return nil
    }

    /// Whether a call, from its opening parenthesis on, has the label `using:` among its own arguments.
    private static func hasUsing(_ call: ArraySlice<Token>) -> Bool {
        var depth = 0
        for (index, token) in zip(call.indices, call) {
            if ["(", "[", "{"].contains(where: token.isPunctuation) { depth += 1 }
            if [")", "]", "}"].contains(where: token.isPunctuation) { depth -= 1 }
            if depth == 0 { return false }
            if depth == 1, token.isIdentifier("using"), index + 1 < call.endIndex, call[index + 1].isPunctuation(":") {
                return true
            }
        }
        return false
    }
}
