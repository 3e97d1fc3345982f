/// The words of a short link's page.
package struct LinkWords: Sendable {
    let amountIsYours: String
    let picture: String
    let openWallet: String
    let orScan: String
    let shop: String
    let account: String
    let city: String
    let bill: String
    let text: String
    /// The way back to an app, by its name.
    let backTo: @Sendable (String) -> String
    let lapsedTitle: String
    let lapsed: String
}

extension LinkWords {
    static let english = LinkWords(
        amountIsYours: "You enter the amount",
        picture: "The code to scan",
        openWallet: "Pay with a wallet",
        orScan: "Or scan the code with another phone, or save the picture and open it in your wallet.",
        shop: "Shop",
        account: "Account",
        city: "City",
        bill: "Bill",
        text: "The code as text",
        backTo: { "Back to \($0)" },
        lapsedTitle: "This link is no longer valid",
        lapsed: "Ask the shop for a new code."
    )

    static let japanese = LinkWords(
        amountIsYours: "金額はご自身で入力してください",
        picture: "読み取り用コード",
        openWallet: "ウォレットで支払う",
        orScan: "別のスマートフォンで読み取るか、画像を保存してウォレットで開いてください。",
        shop: "店舗",
        account: "口座",
        city: "所在地",
        bill: "請求番号",
        text: "コードの文字列",
        backTo: { "\($0)に戻る" },
        lapsedTitle: "このリンクは無効です",
        lapsed: "お店で新しいコードを受け取ってください。"
    )

    static let khmer = LinkWords(
        amountIsYours: "សូមបញ្ចូលចំនួនទឹកប្រាក់",
        picture: "កូដសម្រាប់ស្កេន",
        openWallet: "បង់ប្រាក់តាមកាបូបលុយ",
        orScan: "ឬស្កេនកូដដោយទូរស័ព្ទផ្សេង ឬរក្សាទុករូបភាព រួចបើកក្នុងកាបូបលុយ។",
        shop: "ហាង",
        account: "គណនី",
        city: "ទីក្រុង",
        bill: "លេខវិក្កយបត្រ",
        text: "កូដជាអក្សរ",
        backTo: { "ត្រឡប់ទៅ \($0)" },
        lapsedTitle: "តំណនេះលែងប្រើបានហើយ",
        lapsed: "សូមសុំកូដថ្មីពីហាង។"
    )
}
