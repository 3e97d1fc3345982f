import KizunaPayments

/// Members whose value is one of a few words.
extension JSONFields {
    /// One of an enumeration's words, or of some of them.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        among choices: [Choice] = Array(Choice.allCases)
    ) throws(Problem) -> Choice {
        guard let choice: Choice = try optionalChoice(name, among: choices) else { throw missing(name) }
        return choice
    }

    /// One of some things, by the words that they have.
    mutating func choice<Choice>(
        _ name: String,
        among choices: [Choice],
        by word: (Choice) -> String
    ) throws(Problem) -> Choice {
        let text = try string(name, maximum: 64)
        guard let choice = choices.first(where: { word($0) == text }) else {
            throw invalid(name, "must be one of \(choices.map(word).joined(separator: ", "))")
        }
        return choice
    }

    /// One of an enumeration's words, or of some of them; `nil` for none.
    mutating func optionalChoice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        among choices: [Choice] = Array(Choice.allCases)
    ) throws(Problem) -> Choice? {
        // Longer than every word that we know; the answer lists them anyhow.
        guard let text = try optionalString(name, maximum: 64) else { return nil }
        guard let choice = choices.first(where: { $0.rawValue == text }) else {
            throw invalid(name, "must be one of \(choices.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }
}

extension Query {
    /// One of a few words, or none.
    func choice<Choice>(
        _ name: String,
        among choices: [Choice],
        by word: (Choice) -> String
    ) throws(Problem) -> Choice? {
        guard let text = self[name] else { return nil }
        guard let choice = choices.first(where: { word($0) == text }) else {
            throw Problem(
                .fieldInvalid,
                "\"\(name)\" must be one of \(choices.map(word).joined(separator: ", ")).",
                at: .parameter(name)
            )
        }
        return choice
    }
}
