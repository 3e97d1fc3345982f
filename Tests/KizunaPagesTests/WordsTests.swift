import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaPages

/// That no string is missing is the compiler's business; that each is in its own language is seen here.
@Suite struct WordsTests {
    /// What is the same in every language.
    private static let names = ["API", "Kizuna"]

    @Test(arguments: Language.allCases)
    func everyStringIsInItsLanguage(language: Language) {
        let words = Words[language]
        let texts = WordsTests.texts(of: words) + WordsTests.examples(of: words)
        #expect(texts.count > 150)
        for text in texts where !WordsTests.names.contains(text) {
            #expect(WordsTests.isWritten(text, in: language), "\(language.rawValue): \(text)")
        }
    }

    @Test func everyLanguageHasAllMonthsThatItWrites() {
        #expect(Words[.english].frame.months.count == 12 && Words[.khmer].frame.months.count == 12)
    }

    @Test func codesThatAreNotKnownHaveWordsToo() {
        for language in Language.allCases {
            let words = Words[language].refusal
            #expect(words.refusal("no_answer").title == words.noAnswer.title)
            #expect(words.refusal("quote_expired").title == words.known(.quoteExpired).title)
        }
    }

    /// Every text of a value and of what it holds.
    private static func texts(of value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case is Language: []
        case let list as [String]: list
        default: Mirror(reflecting: value).children.flatMap { texts(of: $0.value) }
        }
    }

    /// What the functions among the words say to an example.
    private static func examples(of words: Words) -> [String] {
        let states = PaymentState.allCases.map(words.payment.state).flatMap { [$0.name, $0.sentence] }
        let refusals = RefusalCode.allCases.map(words.refusal.known).flatMap { [$0.title, $0.advice] }
        let (wallet, shop, access) = (words.wallet, words.shop, words.console.access)
        let changes =
            AccessChange.Act.allCases.map(access.act) + AccessChange.Standing.allCases.map(access.standingName)
        return states + refusals + changes + [
            access.days(1), access.days(2), access.approveQuestion("x"), access.proposerTakes("x"),
            words.status.waiting(1), words.status.waiting(2), words.status.suspended(1), words.status.asOf("x", 2),
            wallet.shopByBank("x"), wallet.inShops("x"), wallet.inYours("x"), wallet.feeOf("x"), wallet.pay("x"),
            wallet.setAside("x"), wallet.paid("x", "y"), wallet.refundArrived("x"), shop.amount("x"), shop.codeOf("x"),
            shop.refundedSum("x"), words.link.backTo("x"),
        ]
    }

    private static func isWritten(_ text: String, in language: Language) -> Bool {
        let scalars = text.unicodeScalars.map(\.value)
        let isKhmer = scalars.contains { 0x1780...0x17FF ~= $0 }
        let isJapanese = scalars.contains { 0x3040...0x30FF ~= $0 || 0x4E00...0x9FFF ~= $0 }
        return switch language {
        case .khmer: isKhmer && !isJapanese
        case .japanese: isJapanese && !isKhmer
        case .english: !isKhmer && !isJapanese && !text.isEmpty
        }
    }
}
