import KizunaPayments
import KizunaSwitch

/// What the console says about one shop, and when shops are looked for.
struct ShopDeskWords: Sendable {
    let text: String
    let textHint: String
    let anyBank: String
    let find: String
    let found: @Sendable (Int) -> String
    let lookFurther: String
    let frozenShops: String
    let noFrozenShops: String
    let localName: String
    let latestPayments: String
    let noPayments: String
    let frozenBy: String
    let liftedBy: String
    let reason: String
    let freeze: String
    let freezeHint: String
    let lift: String
    let liftHint: String
    let anotherLifts: String
    let approverLifts: String
    let sayWhy: String
    let whoSaw: String

    static let english = ShopDeskWords(
        text: "Find a shop",
        textHint: "Part of a name, a city, an account or a store's number; the text of its code; or its ID.",
        anyBank: "any",
        find: "Find",
        found: { $0 == 1 ? "One shop" : "\($0) shops" },
        lookFurther: "Look further",
        frozenShops: "Frozen shops",
        noFrozenShops: "No shop is frozen.",
        localName: "In its own script",
        latestPayments: "Latest payments",
        noPayments: "None among the latest payments of all.",
        frozenBy: "Frozen by",
        liftedBy: "Lifted by",
        reason: "Why",
        freeze: "Freeze",
        freezeHint:
            "Whoever scans the shop's code is told at once that it cannot be paid. Payments under way go on, and refunds stay possible. The shop's bank sees the shop as blocked.",
        lift: "Let payments go on",
        liftHint: "Whoever scans the shop's code can pay again at once.",
        anotherLifts: "You froze this shop. Another person has to let payments go on.",
        approverLifts: "An approver other than the one who froze it lets payments go on.",
        sayWhy: "Say why, in at most 140 characters.",
        whoSaw: "Who looked at it, and what was done"
    )

    static let japanese = ShopDeskWords(
        text: "加盟店を探す",
        textHint: "名称・都市・口座・店舗番号の一部、コードの文字列、またはID。",
        anyBank: "すべて",
        find: "検索",
        found: { "\($0)店" },
        lookFurther: "続きを探す",
        frozenShops: "凍結中の加盟店",
        noFrozenShops: "凍結中の加盟店はありません。",
        localName: "現地表記",
        latestPayments: "最近のお支払い",
        noPayments: "最近のお支払いの中にはありません。",
        frozenBy: "凍結した人",
        liftedBy: "解除した人",
        reason: "理由",
        freeze: "凍結する",
        freezeHint: "コードを読み取った人には、支払えないことがすぐに表示されます。進行中のお支払いは続き、返金もできます。加盟店側銀行には「blocked」と表示されます。",
        lift: "凍結を解除する",
        liftHint: "コードを読み取った人がすぐに支払えるようになります。",
        anotherLifts: "凍結したのはあなたです。解除は別の人が行います。",
        approverLifts: "解除は、凍結した人とは別の承認者が行います。",
        sayWhy: "理由を140文字以内で入力してください。",
        whoSaw: "閲覧と操作の記録"
    )

    static let khmer = ShopDeskWords(
        text: "ស្វែងរកហាង",
        textHint: "ផ្នែកណាមួយនៃឈ្មោះ ទីក្រុង គណនី ឬលេខហាង, អត្ថបទនៃកូដ ឬលេខ ID។",
        anyBank: "ទាំងអស់",
        find: "ស្វែងរក",
        found: { "ហាង \($0)" },
        lookFurther: "ស្វែងរកបន្ត",
        frozenShops: "ហាងដែលត្រូវបានបង្កក",
        noFrozenShops: "គ្មានហាងណាត្រូវបានបង្កកទេ។",
        localName: "ជាអក្សររបស់ខ្លួន",
        latestPayments: "ការទូទាត់ចុងក្រោយ",
        noPayments: "គ្មានក្នុងចំណោមការទូទាត់ចុងក្រោយទេ។",
        frozenBy: "បង្កកដោយ",
        liftedBy: "ដោះលែងដោយ",
        reason: "មូលហេតុ",
        freeze: "បង្កក",
        freezeHint:
            "អ្នកណាស្កេនកូដរបស់ហាងនឹងត្រូវប្រាប់ភ្លាមៗថាមិនអាចបង់បានទេ។ ការទូទាត់ដែលកំពុងដំណើរការនៅបន្ត ហើយការសងវិញនៅតែអាចធ្វើបាន។ ធនាគារហាងឃើញស្ថានភាព blocked។",
        lift: "អនុញ្ញាតឱ្យទូទាត់ឡើងវិញ",
        liftHint: "អ្នកណាស្កេនកូដរបស់ហាងអាចបង់បានវិញភ្លាមៗ។",
        anotherLifts: "អ្នកជាអ្នកបង្កកហាងនេះ។ ត្រូវមានមនុស្សម្នាក់ទៀតដោះលែង។",
        approverLifts: "អ្នកអនុម័តម្នាក់ទៀត ក្រៅពីអ្នកដែលបានបង្កក ជាអ្នកដោះលែង។",
        sayWhy: "សូមប្រាប់មូលហេតុ មិនលើសពី 140 តួអក្សរ។",
        whoSaw: "អ្នកណាបានមើល និងអ្វីដែលបានធ្វើ"
    )
}
