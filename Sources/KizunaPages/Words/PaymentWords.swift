package import KizunaPayments

/// What the states of a payment are called, and what each means to people.
package struct PaymentWords: Sendable {
    /// A state in a word or two, for a badge.
    package struct State: Sendable {
        package let name: String
        package let sentence: String

        init(_ name: String, _ sentence: String) {
            self.name = name
            self.sentence = sentence
        }
    }

    /// Every state has its words, or this does not compile.
    package let state: @Sendable (PaymentState) -> State
}

extension PaymentWords {
    static let english = PaymentWords { state in
        switch state {
        case .resolved: State("Code read", "The code has been read.")
        case .quoted: State("Priced", "The price has been named.")
        case .submitted: State("Checking", "The payment is being checked.")
        case .reserved: State("Reserved", "The money is set aside on both sides.")
        case .sent: State("Asked", "The shop's bank has been asked.")
        case .accepted: State("Promised", "The shop's bank has promised the credit.")
        case .completed: State("Paid", "The shop has been paid.")
        case .partiallyRefunded: State("Partly refunded", "Paid, and refunded in part.")
        case .refunded: State("Refunded", "Paid, and refunded in full.")
        case .rejected: State("Not paid", "Not paid; no money has moved.")
        case .unknown: State("Waiting", "The shop's bank is silent and is being asked again.")
        case .reversing: State("Being undone", "The payment is being undone.")
        case .reversed: State("Undone", "Undone; in the end no money has moved.")
        case .exception: State("With an operator", "A person is looking into it.")
        case .expired: State("Expired", "Nobody paid in time.")
        }
    }

    static let japanese = PaymentWords { state in
        switch state {
        case .resolved: State("読取済み", "コードを読み取りました。")
        case .quoted: State("見積済み", "金額が提示されました。")
        case .submitted: State("確認中", "お支払いを確認しています。")
        case .reserved: State("確保済み", "両側で資金を確保しました。")
        case .sent: State("照会中", "お店の銀行に照会しています。")
        case .accepted: State("承諾済み", "お店の銀行が入金を承諾しました。")
        case .completed: State("支払い済み", "お店への支払いが完了しました。")
        case .partiallyRefunded: State("一部返金", "支払い後、一部が返金されました。")
        case .refunded: State("返金済み", "支払い後、全額が返金されました。")
        case .rejected: State("不成立", "支払われていません。お金は動いていません。")
        case .unknown: State("応答待ち", "お店の銀行から応答がないため、再度照会しています。")
        case .reversing: State("取消中", "支払いを取り消しています。")
        case .reversed: State("取消済み", "取り消されました。お金は動いていません。")
        case .exception: State("担当者が確認中", "担当者が確認しています。")
        case .expired: State("期限切れ", "期限までに支払われませんでした。")
        }
    }

    static let khmer = PaymentWords { state in
        switch state {
        case .resolved: State("បានអានកូដ", "កូដត្រូវបានអានរួចហើយ។")
        case .quoted: State("បានប្រាប់តម្លៃ", "តម្លៃត្រូវបានប្រាប់រួចហើយ។")
        case .submitted: State("កំពុងពិនិត្យ", "ការទូទាត់កំពុងត្រូវបានពិនិត្យ។")
        case .reserved: State("បានបម្រុងទុក", "ប្រាក់ត្រូវបានបម្រុងទុកនៅទាំងសងខាង។")
        case .sent: State("កំពុងសួរ", "កំពុងសួរទៅធនាគាររបស់ហាង។")
        case .accepted: State("បានយល់ព្រម", "ធនាគាររបស់ហាងបានយល់ព្រមទទួលប្រាក់។")
        case .completed: State("បានបង់", "ហាងបានទទួលប្រាក់ហើយ។")
        case .partiallyRefunded: State("បានសងវិញមួយផ្នែក", "បានបង់ ហើយសងវិញមួយផ្នែក។")
        case .refunded: State("បានសងវិញ", "បានបង់ ហើយសងវិញទាំងអស់។")
        case .rejected: State("មិនបានបង់", "មិនបានបង់ទេ ហើយគ្មានប្រាក់ផ្លាស់ប្ដូរទេ។")
        case .unknown: State("កំពុងរង់ចាំ", "ធនាគាររបស់ហាងមិនទាន់ឆ្លើយ ហើយកំពុងត្រូវសួរម្ដងទៀត។")
        case .reversing: State("កំពុងលុបចោល", "ការទូទាត់កំពុងត្រូវបានលុបចោល។")
        case .reversed: State("បានលុបចោល", "បានលុបចោល ហើយគ្មានប្រាក់ផ្លាស់ប្ដូរទេ។")
        case .exception: State("មន្ត្រីកំពុងពិនិត្យ", "មន្ត្រីម្នាក់កំពុងពិនិត្យរឿងនេះ។")
        case .expired: State("ហួសពេល", "គ្មានអ្នកបង់ទាន់ពេលទេ។")
        }
    }
}
