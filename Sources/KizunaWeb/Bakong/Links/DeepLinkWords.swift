/// The words of a short link's page, in the three languages of those who open it.
struct DeepLinkWords: Sendable, Hashable {
    let tag: String
    let amountIsYours: String
    let picture: String
    let openWallet: String
    let orScan: String
    let shop: String
    let account: String
    let city: String
    let bill: String
    let text: String
    let backTo: String
    let lapsedTitle: String
    let lapsed: String
    let unavailable: String

    /// The language that a browser likes best of ours; English where it likes none.
    init(acceptLanguage header: String?) {
        let tag = AcceptLanguage.best(of: DeepLinkWords.all.map(\.tag), for: header)
        self = DeepLinkWords.all.first { $0.tag == tag } ?? DeepLinkWords.english
    }

    private static let all = [khmer, japanese, english]

    static let english = DeepLinkWords(
        tag: "en",
        amountIsYours: "You enter the amount",
        picture: "The code to scan",
        openWallet: "Pay with a wallet",
        orScan: "Or scan the code with another phone, or save the picture and open it in your wallet.",
        shop: "Shop",
        account: "Account",
        city: "City",
        bill: "Bill",
        text: "The code as text",
        backTo: "Back to",
        lapsedTitle: "This link is no longer valid",
        lapsed: "Ask the shop for a new code.",
        unavailable: "Please try again in a moment."
    )

    static let japanese = DeepLinkWords(
        tag: "ja",
        amountIsYours: "金額はご自身で入力してください",
        picture: "読み取り用コード",
        openWallet: "ウォレットで支払う",
        orScan: "別のスマートフォンで読み取るか、画像を保存してウォレットで開いてください。",
        shop: "店舗",
        account: "口座",
        city: "所在地",
        bill: "請求番号",
        text: "コードの文字列",
        backTo: "戻る：",
        lapsedTitle: "このリンクは無効です",
        lapsed: "お店で新しいコードを受け取ってください。",
        unavailable: "しばらくしてからもう一度お試しください。"
    )

    static let khmer = DeepLinkWords(
        tag: "km",
        amountIsYours: "សូមបញ្ចូលចំនួនទឹកប្រាក់",
        picture: "កូដសម្រាប់ស្កេន",
        openWallet: "បង់ប្រាក់តាមកាបូបអេឡិចត្រូនិក",
        orScan: "ឬស្កេនកូដដោយទូរស័ព្ទផ្សេង ឬរក្សាទុករូបភាព រួចបើកក្នុងកាបូបអេឡិចត្រូនិក។",
        shop: "ហាង",
        account: "គណនី",
        city: "ទីក្រុង",
        bill: "លេខវិក្កយបត្រ",
        text: "កូដជាអក្សរ",
        backTo: "ត្រឡប់ទៅ",
        lapsedTitle: "តំណនេះលែងប្រើបានហើយ",
        lapsed: "សូមសុំកូដថ្មីពីហាង។",
        unavailable: "សូមព្យាយាមម្តងទៀតនៅពេលបន្តិចទៀត។"
    )

    private init(
        tag: String,
        amountIsYours: String,
        picture: String,
        openWallet: String,
        orScan: String,
        shop: String,
        account: String,
        city: String,
        bill: String,
        text: String,
        backTo: String,
        lapsedTitle: String,
        lapsed: String,
        unavailable: String
    ) {
        self.tag = tag
        self.amountIsYours = amountIsYours
        self.picture = picture
        self.openWallet = openWallet
        self.orScan = orScan
        self.shop = shop
        self.account = account
        self.city = city
        self.bill = bill
        self.text = text
        self.backTo = backTo
        self.lapsedTitle = lapsedTitle
        self.lapsed = lapsed
        self.unavailable = unavailable
    }
}
