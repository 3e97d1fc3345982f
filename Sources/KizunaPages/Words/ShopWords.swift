import KizunaPayments

/// What a shop's pages say.
package struct ShopWords: Sendable {
    let chooseTitle: String
    let chooseLead: String
    /// With the currency's code.
    let amount: @Sendable (String) -> String
    let makeCode: String
    let printedCode: String
    let printedHint: String
    /// With the shop's name.
    let codeOf: @Sendable (String) -> String
    let standCard: String
    let standTent: String
    let today: String
    let taken: String
    let sales: String
    let noSales: String
    let dayReport: String
    let refundedSum: @Sendable (String) -> String

    let codeTitle: String
    let waiting: String
    let customerPaying: String
    let payableFor: String
    let paid: String
    let newSale: String

    let saleTitle: String
    let time: String
    let payerFrom: String
    let payerGets: String
    let left: String
    let refund: String
    let refunds: String
    let reason: String
    let customerRequest: String
    let duplicate: String
    let wrongAmount: String
    let notRendered: String
    let gross: String
    let print: String
    let saveCSV: String

    /// The reasons that a shop may choose from.
    var reasons: [(Refund.Reason, String)] {
        [
            (.customerRequest, customerRequest), (.duplicate, duplicate), (.wrongAmount, wrongAmount),
            (.serviceNotRendered, notRendered),
        ]
    }
}

extension ShopWords {
    static let english = ShopWords(
        chooseTitle: "Which shop?",
        chooseLead: "What the person at the counter sees: ask for an amount, show the code, hear it being paid.",
        amount: { "Amount in \($0)" },
        makeCode: "Show the code",
        printedCode: "Printed code",
        printedHint: "Customers scan it and type the amount themselves. It can be paid again and again.",
        codeOf: { "The QR code of \($0)" },
        standCard: "Card for the counter (PDF)",
        standTent: "Table tent (PDF)",
        today: "Today",
        taken: "taken, less refunds",
        sales: "sales",
        noSales: "Nothing yet today. Sales appear here by themselves.",
        dayReport: "Report of the day",
        refundedSum: { "\($0) refunded" },
        codeTitle: "Scan to pay",
        waiting: "Waiting for the customer to scan",
        customerPaying: "A customer is paying – do not hand over anything yet",
        payableFor: "Can be paid for",
        paid: "Paid",
        newSale: "Next customer",
        saleTitle: "Sale",
        time: "Time",
        payerFrom: "Payer from",
        payerGets: "to the payer:",
        left: "Left after refunds",
        refund: "Refund",
        refunds: "Refunds",
        reason: "Reason",
        customerRequest: "The customer asked for it",
        duplicate: "Paid twice",
        wrongAmount: "Wrong amount",
        notRendered: "Not delivered",
        gross: "taken",
        print: "Print",
        saveCSV: "Save as CSV"
    )

    static let japanese = ShopWords(
        chooseTitle: "どのお店ですか",
        chooseLead: "お店の画面です。金額を入力してコードを表示すると、支払いが音と画面で分かります。",
        amount: { "金額（\($0)）" },
        makeCode: "コードを表示",
        printedCode: "店頭コード",
        printedHint: "お客様が読み取って金額を入力します。何度でもお使いいただけます。",
        codeOf: { "\($0)のQRコード" },
        standCard: "店頭カード（PDF）",
        standTent: "卓上スタンド（PDF）",
        today: "今日",
        taken: "売上（返金差引後）",
        sales: "件数",
        noSales: "今日の売上はまだありません。支払いがあると自動で表示されます。",
        dayReport: "日次レポート",
        refundedSum: { "\($0)返金済み" },
        codeTitle: "読み取ってお支払いください",
        waiting: "お客様の読み取りを待っています",
        customerPaying: "お客様が支払い中です。まだ商品をお渡ししないでください",
        payableFor: "有効時間",
        paid: "支払い完了",
        newSale: "次のお客様へ",
        saleTitle: "売上",
        time: "日時",
        payerFrom: "お客様の国",
        payerGets: "お客様へ",
        left: "返金後の残額",
        refund: "返金する",
        refunds: "返金",
        reason: "理由",
        customerRequest: "お客様のご希望",
        duplicate: "二重払い",
        wrongAmount: "金額の誤り",
        notRendered: "商品・サービスの未提供",
        gross: "売上",
        print: "印刷",
        saveCSV: "CSVで保存"
    )

    static let khmer = ShopWords(
        chooseTitle: "ហាងមួយណា?",
        chooseLead: "នេះជាអេក្រង់របស់ហាង៖ បញ្ចូលចំនួន បង្ហាញកូដ ហើយនឹងលឺសំឡេងពេលមានគេបង់។",
        amount: { "ចំនួនទឹកប្រាក់ជា \($0)" },
        makeCode: "បង្ហាញកូដ",
        printedCode: "កូដបោះពុម្ព",
        printedHint: "អតិថិជនស្កេន រួចបញ្ចូលចំនួនដោយខ្លួនឯង។ អាចបង់បានច្រើនដង។",
        codeOf: { "កូដ QR របស់ \($0)" },
        standCard: "កាតដាក់លើតុ (PDF)",
        standTent: "ស្លាកបត់លើតុ (PDF)",
        today: "ថ្ងៃនេះ",
        taken: "ចំណូលក្រោយដកប្រាក់សងវិញ",
        sales: "ការលក់",
        noSales: "ថ្ងៃនេះមិនទាន់មានទេ។ ការលក់នឹងបង្ហាញដោយស្វ័យប្រវត្តិ។",
        dayReport: "របាយការណ៍ប្រចាំថ្ងៃ",
        refundedSum: { "បានសងវិញ \($0)" },
        codeTitle: "ស្កេនដើម្បីបង់",
        waiting: "កំពុងរង់ចាំអតិថិជនស្កេន",
        customerPaying: "អតិថិជនកំពុងបង់ សូមកុំទាន់ប្រគល់ទំនិញ",
        payableFor: "អាចបង់ក្នុងរយៈពេល",
        paid: "បានទទួលប្រាក់",
        newSale: "អតិថិជនបន្ទាប់",
        saleTitle: "ការលក់",
        time: "ពេលវេលា",
        payerFrom: "អ្នកបង់មកពី",
        payerGets: "ទៅអ្នកបង់៖",
        left: "នៅសល់ក្រោយសងវិញ",
        refund: "សងប្រាក់វិញ",
        refunds: "ប្រាក់សងវិញ",
        reason: "មូលហេតុ",
        customerRequest: "អតិថិជនស្នើសុំ",
        duplicate: "បានបង់ពីរដង",
        wrongAmount: "ចំនួនខុស",
        notRendered: "មិនបានប្រគល់",
        gross: "ចំណូលសរុប",
        print: "បោះពុម្ព",
        saveCSV: "រក្សាទុកជា CSV"
    )
}
