/// A command line read against a command's table.
package struct Arguments: Sendable {
    private var values: [Flag: String] = [:]
    /// What stood beside the flags, in order.
    package private(set) var operands: [String] = []
    private let verb: Verb

    /// Reads the arguments behind the command's name. `--flag value` and `--flag=value` are the same; behind `--`
    /// everything is an operand.
    ///
    /// - Throws: ``UsageError`` for an unknown flag, naming the nearest right one; for a flag given twice or without its
    ///   value; for too few or too many operands.
    package init(_ arguments: [String], for verb: Verb) throws(UsageError) {
        self.verb = verb
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                operands += rest
                break
            } else if argument.hasPrefix("-"), argument != "-" {
                try take(argument, &rest)
            } else {
                operands.append(argument)
            }
        }
        if has(Verb.help) { return }
        guard verb.operandCount ~= operands.count else { throw operandError }
    }

    /// The value of a flag, or nil when it was not given.
    package subscript(flag: Flag) -> String? { values[flag] }

    package func has(_ flag: Flag) -> Bool { values[flag] != nil }

    /// The value of a flag as a whole number within a range.
    package func integer(_ flag: Flag, in range: ClosedRange<Int64>) throws(UsageError) -> Int64? {
        guard let text = values[flag] else { return nil }
        guard let number = Int64(text), range ~= number else {
            throw error("\(flag.name) takes a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The value of a flag that the command cannot do without.
    package func required(_ flag: Flag) throws(UsageError) -> String {
        guard let text = values[flag] else { throw error("\(flag.usage) is needed") }
        return text
    }

    /// A usage error that names the command.
    package func error(_ problem: String) -> UsageError { UsageError("kizuna \(verb.name): \(problem)") }

    private var operandError: UsageError {
        let wanted = verb.operands.isEmpty ? "no operands" : verb.operands
        return error("it takes \(wanted) beside its flags; see kizuna \(verb.name) --help")
    }

    private mutating func take(_ argument: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts[0] == "-h" ? "--help" : String(parts[0])
        let flags = verb.flags + [Verb.help]
        guard let flag = flags.first(where: { $0.name == name }) else { throw unknown(name, flags) }
        guard values[flag] == nil else { throw error("\(name) is given twice") }
        guard let placeholder = flag.placeholder else {
            guard parts.count == 1 else { throw error("\(name) takes no value") }
            values[flag] = ""
            return
        }
        if parts.count == 2 {
            values[flag] = String(parts[1])
        } else if let next = rest.first, !flags.contains(where: { $0.name == next }) {
            values[flag] = rest.removeFirst()
        } else {
            throw error("\(name) needs a value: \(name) \(placeholder)")
        }
    }

    private func unknown(_ name: String, _ flags: [Flag]) -> UsageError {
        guard let nearest = NearestName.of(name, in: flags.map(\.name)) else {
            return error("there is no flag \(name); see kizuna \(verb.name) --help")
        }
        return error("there is no flag \(name); did you mean \(nearest)?")
    }
}
