import KizunaSwitch

/// What the console says about who has looked at what, and done what.
struct AuditWords: Sendable {
    let title: String
    /// With the days for which entries are kept.
    let lead: @Sendable (Int) -> String
    let person: String
    let everybody: String
    let day: String
    let show: String
    let nothing: String
    let older: String
    let at: String
    let what: String
    let about: String
    let detail: String
    let act: @Sendable (AuditEntry.Act) -> String
    /// What a search named, by its kind.
    let term: @Sendable (SearchTerm) -> String

    static let english = AuditWords(
        title: "Log",
        lead: {
            "Who has looked at a payment, a shop or a case, looked for one, or done something. Kept for \($0) days."
        },
        person: "Person",
        everybody: "everybody",
        day: "Day",
        show: "Show",
        nothing: "Nothing was written down.",
        older: "Earlier",
        at: "When",
        what: "What",
        about: "About",
        detail: "More",
        act: { act in
            switch act {
            case .sawPayment: "looked at a payment"
            case .searchedPayments: "looked for payments"
            case .sawException: "looked at an exception"
            case .sawDispute: "looked at a dispute"
            case .sawShop: "looked at a shop"
            case .searchedShops: "looked for shops"
            case .sawLog: "looked at this log"
            case .proposed: "proposed a decision"
            case .withdrew: "took a proposal back"
            case .approved: "approved a decision"
            case .proposedDispute: "proposed how a dispute ends"
            case .withdrewDispute: "took back a proposal about a dispute"
            case .decidedDispute: "decided a dispute"
            case .froze: "froze a shop"
            case .lifted: "let payments to a shop go on"
            case .importedShops: "registered shops from a file"
            case .signedIn: "signed in"
            }
        },
        term: { term in
            switch term {
            case .name: "by an ID"
            case .code: "by a code"
            case .hash: "by a hash"
            case .accountEnding: "by an account's last digits"
            case .reference: "by a reference"
            case .text: "by a text"
            case .state: "by state"
            case .institution: "by institution"
            case .amount: "by amount"
            case .time: "by time"
            }
        }
    )

    static let japanese = AuditWords(
        title: "記録",
        lead: { "お支払い・加盟店・案件の閲覧、検索、操作を、誰がいつ行ったかの記録です。\($0)日間保存します。" },
        person: "担当者",
        everybody: "全員",
        day: "日付",
        show: "表示",
        nothing: "記録はありません。",
        older: "以前の記録",
        at: "日時",
        what: "内容",
        about: "対象",
        detail: "詳細",
        act: { act in
            switch act {
            case .sawPayment: "お支払いを閲覧"
            case .searchedPayments: "お支払いを検索"
            case .sawException: "要判断の案件を閲覧"
            case .sawDispute: "異議申立てを閲覧"
            case .sawShop: "加盟店を閲覧"
            case .searchedShops: "加盟店を検索"
            case .sawLog: "この記録を閲覧"
            case .proposed: "判断を提案"
            case .withdrew: "提案を取下げ"
            case .approved: "判断を承認"
            case .proposedDispute: "異議申立ての裁定を提案"
            case .withdrewDispute: "異議申立ての裁定の提案を取下げ"
            case .decidedDispute: "異議申立てを裁定"
            case .froze: "加盟店を凍結"
            case .lifted: "加盟店の凍結を解除"
            case .importedShops: "ファイルから加盟店を登録"
            case .signedIn: "ログイン"
            }
        },
        term: { term in
            switch term {
            case .name: "IDで"
            case .code: "コードで"
            case .hash: "ハッシュで"
            case .accountEnding: "口座の末尾で"
            case .reference: "参照番号で"
            case .text: "文字で"
            case .state: "状態で"
            case .institution: "機関で"
            case .amount: "金額で"
            case .time: "日時で"
            }
        }
    )

    static let khmer = AuditWords(
        title: "កំណត់ត្រា",
        lead: { "អ្នកណាបានមើល ស្វែងរក ឬធ្វើអ្វីមួយអំពីការទូទាត់ ហាង ឬសំណុំរឿង។ រក្សាទុក \($0) ថ្ងៃ។" },
        person: "មនុស្ស",
        everybody: "ទាំងអស់",
        day: "ថ្ងៃ",
        show: "បង្ហាញ",
        nothing: "គ្មានកំណត់ត្រាទេ។",
        older: "មុននេះ",
        at: "ពេលវេលា",
        what: "អ្វី",
        about: "អំពី",
        detail: "លម្អិត",
        act: { act in
            switch act {
            case .sawPayment: "មើលការទូទាត់"
            case .searchedPayments: "ស្វែងរកការទូទាត់"
            case .sawException: "មើលករណីពិសេស"
            case .sawDispute: "មើលវិវាទ"
            case .sawShop: "មើលហាង"
            case .searchedShops: "ស្វែងរកហាង"
            case .sawLog: "មើលកំណត់ត្រានេះ"
            case .proposed: "ស្នើការសម្រេច"
            case .withdrew: "ដកសំណើវិញ"
            case .approved: "អនុម័តការសម្រេច"
            case .proposedDispute: "បានស្នើសេចក្តីសម្រេចវិវាទ"
            case .withdrewDispute: "បានដកសំណើអំពីវិវាទ"
            case .decidedDispute: "សម្រេចវិវាទ"
            case .froze: "បង្កកហាង"
            case .lifted: "អនុញ្ញាតឱ្យទូទាត់ទៅហាងវិញ"
            case .importedShops: "ចុះបញ្ជីហាងពីឯកសារ"
            case .signedIn: "ចូលប្រើ"
            }
        },
        term: { term in
            switch term {
            case .name: "តាមលេខ ID"
            case .code: "តាមកូដ"
            case .hash: "តាមលេខពីបង្កាន់ដៃ"
            case .accountEnding: "តាមលេខចុងគណនី"
            case .reference: "តាមលេខយោង"
            case .text: "តាមអត្ថបទ"
            case .state: "តាមស្ថានភាព"
            case .institution: "តាមស្ថាប័ន"
            case .amount: "តាមចំនួន"
            case .time: "តាមពេលវេលា"
            }
        }
    )
}
