/// What the front page and receipts say.
package struct PublicWords: Sendable {
    let title: String
    let lead: String
    let walletTitle: String
    let walletText: String
    let shopTitle: String
    let shopText: String
    let statusText: String
    let apiTitle: String
    let apiText: String
    let how: String
    let steps: [String]

    let receipt: String
    let shop: String
    let payersBank: String
    let shopsTime: String
    let payersTime: String
    let state: String
    let refund: String
    let print: String
    let copyLink: String
    let whoSees: String
}

extension PublicWords {
    static let english = PublicWords(
        title: "One code, two countries",
        lead:
            "A Cambodian wallet pays a Japanese JPQR, a Japanese wallet pays a Cambodian KHQR. The shop receives exactly "
            + "what it asked for; the payer sees the price in her own money before she says yes.",
        walletTitle: "Pay as a traveller",
        walletText: "Scan a code, see both amounts, the rate and every fee, and watch it being paid.",
        shopTitle: "Be the shop",
        shopText: "Show a code for an amount, hear it being paid, refund it, print the day.",
        statusText: "Which banks take part, and how many payments are in which state.",
        apiTitle: "The API",
        apiText: "Every operation with an example, for banks and wallets.",
        how: "How it goes",
        steps: [
            "The wallet reads the code, and the shop's own bank says who the shop is.",
            "The price is fixed for three minutes: both amounts, the rate, each fee.",
            "Both sides set the money aside; the shop's bank promises; the switch decides once, on disk.",
            "The shop hears “paid”, and both banks have the same receipt.",
        ],
        receipt: "Receipt",
        shop: "Shop",
        payersBank: "Paid from",
        shopsTime: "Time at the shop",
        payersTime: "Time of the payer",
        state: "State",
        refund: "Refunded",
        print: "Print",
        copyLink: "Copy the link",
        whoSees: "Whoever has this page's address can see it. It names the shop, not the payer."
    )

    static let japanese = PublicWords(
        title: "ひとつのコードで、ふたつの国をつなぐ",
        lead: "カンボジアのウォレットで日本のJPQRを、日本のウォレットでカンボジアのKHQRを支払えます。"
            + "お店は請求どおりの金額を受け取り、お客様は支払う前に自分の通貨で金額を確認できます。",
        walletTitle: "旅行者として支払う",
        walletText: "コードを読み取り、双方の金額・レート・手数料を確認して支払います。",
        shopTitle: "お店として受け取る",
        shopText: "金額のコードを表示し、支払いを音で確認。返金や日次レポートの印刷もできます。",
        statusText: "接続中の銀行と、状態別の支払い件数を確認できます。",
        apiTitle: "API",
        apiText: "銀行・ウォレット向けの全操作を、例とともに掲載しています。",
        how: "支払いの流れ",
        steps: [
            "ウォレットがコードを読み取り、お店の銀行がお店の名前を確認します。",
            "双方の金額・レート・各手数料が3分間固定されます。",
            "双方で資金を確保し、お店の銀行が承諾すると、スイッチが一度だけ決定して記録します。",
            "お店に「支払い完了」が届き、双方の銀行に同じ領収書が残ります。",
        ],
        receipt: "領収書",
        shop: "お店",
        payersBank: "お支払い元",
        shopsTime: "お店の現地時間",
        payersTime: "お客様の現地時間",
        state: "状態",
        refund: "返金",
        print: "印刷",
        copyLink: "リンクをコピー",
        whoSees: "このページのアドレスを知っている人は誰でも閲覧できます。お店の名前は表示されますが、支払った人の名前は表示されません。"
    )

    static let khmer = PublicWords(
        title: "កូដមួយ ភ្ជាប់ពីរប្រទេស",
        lead: "កាបូបលុយកម្ពុជាអាចបង់ JPQR នៅជប៉ុន ហើយកាបូបលុយជប៉ុនអាចបង់ KHQR នៅកម្ពុជា។ "
            + "ហាងទទួលចំនួនត្រឹមត្រូវតាមដែលបានស្នើ ហើយអ្នកបង់ឃើញតម្លៃជាប្រាក់របស់ខ្លួនមុននឹងយល់ព្រម។",
        walletTitle: "បង់ក្នុងនាមជាអ្នកដំណើរ",
        walletText: "ស្កេនកូដ មើលចំនួនទាំងពីរ អត្រាប្ដូរប្រាក់ និងកម្រៃនីមួយៗ រួចបង់។",
        shopTitle: "ធ្វើជាហាង",
        shopText: "បង្ហាញកូដតាមចំនួន លឺសំឡេងពេលមានគេបង់ សងប្រាក់វិញ និងបោះពុម្ពរបាយការណ៍ប្រចាំថ្ងៃ។",
        statusText: "មើលធនាគារដែលបានភ្ជាប់ និងចំនួនការទូទាត់តាមស្ថានភាព។",
        apiTitle: "API សម្រាប់អ្នកអភិវឌ្ឍន៍",
        apiText: "ប្រតិបត្តិការទាំងអស់ជាមួយឧទាហរណ៍ សម្រាប់ធនាគារ និងកាបូបលុយ។",
        how: "ដំណើរការ",
        steps: [
            "កាបូបលុយអានកូដ ហើយធនាគាររបស់ហាងប្រាប់ថាហាងជានរណា។",
            "តម្លៃត្រូវបានរក្សាទុកបីនាទី៖ ចំនួនទាំងពីរ អត្រា និងកម្រៃនីមួយៗ។",
            "ភាគីទាំងពីរបម្រុងប្រាក់ទុក ធនាគាររបស់ហាងយល់ព្រម រួចប្រព័ន្ធសម្រេចតែម្ដង ហើយកត់ត្រាទុក។",
            "ហាងលឺថា «បានទទួលប្រាក់» ហើយធនាគារទាំងពីរមានបង្កាន់ដៃដូចគ្នា។",
        ],
        receipt: "បង្កាន់ដៃ",
        shop: "ហាង",
        payersBank: "បង់ពី",
        shopsTime: "ម៉ោងនៅហាង",
        payersTime: "ម៉ោងរបស់អ្នកបង់",
        state: "ស្ថានភាព",
        refund: "បានសងវិញ",
        print: "បោះពុម្ព",
        copyLink: "ចម្លងតំណ",
        whoSees: "អ្នកណាដែលមានអាសយដ្ឋានទំព័រនេះអាចមើលវាបាន។ វាបង្ហាញឈ្មោះហាង មិនមែនឈ្មោះអ្នកបង់ទេ។"
    )
}
