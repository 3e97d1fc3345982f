import KizunaPayments

/// Why the switch or a bank said no, in the reader's language, and what the reader can do.
package struct RefusalWords: Sendable {
    package struct Refusal: Sendable {
        package let title: String
        package let advice: String

        init(_ title: String, _ advice: String) {
            self.title = title
            self.advice = advice
        }
    }

    /// Every code has its words, or this does not compile.
    let known: @Sendable (RefusalCode) -> Refusal
    /// Nobody answered, or what was answered made no sense.
    let noAnswer: Refusal

    /// - Parameter code: as the API writes it, such as `quote_expired`.
    package func refusal(_ code: String) -> Refusal { RefusalCode(rawValue: code).map(known) ?? noAnswer }
}
