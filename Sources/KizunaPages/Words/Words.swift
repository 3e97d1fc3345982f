/// Everything that the pages say, in one language.
///
/// Each group is a struct whose members all have to be given, so that a string that one language lacks does not compile.
package struct Words: Sendable {
    package let language: Language
    package let frame: FrameWords
    package let payment: PaymentWords
    package let status: StatusWords
    package let console: ConsoleWords
    package let refusal: RefusalWords
    package let wallet: WalletWords
    package let shop: ShopWords
    package let publicWords: PublicWords
    package let documents: DocumentWords
    package let link: LinkWords

    package static subscript(language: Language) -> Words {
        switch language {
        case .khmer: khmer
        case .japanese: japanese
        case .english: english
        }
    }

    private static let khmer = Words(
        language: .khmer,
        frame: .khmer,
        payment: .khmer,
        status: .khmer,
        console: .khmer,
        refusal: .khmer,
        wallet: .khmer,
        shop: .khmer,
        publicWords: .khmer,
        documents: .khmer,
        link: .khmer
    )

    private static let japanese = Words(
        language: .japanese,
        frame: .japanese,
        payment: .japanese,
        status: .japanese,
        console: .japanese,
        refusal: .japanese,
        wallet: .japanese,
        shop: .japanese,
        publicWords: .japanese,
        documents: .japanese,
        link: .japanese
    )

    private static let english = Words(
        language: .english,
        frame: .english,
        payment: .english,
        status: .english,
        console: .english,
        refusal: .english,
        wallet: .english,
        shop: .english,
        publicWords: .english,
        documents: .english,
        link: .english
    )
}
