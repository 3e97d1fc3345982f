/// What stands around every page.
package struct FrameWords: Sendable {
    package let skipToContent: String
    package let languages: String
    package let areas: String
    package let home: String
    package let wallet: String
    package let shop: String
    package let status: String
    /// One line on what Kizuna is.
    package let tagline: String
    package let invented: String
    package let sandbox: String
    package let forPrograms: String
    package let copy: String
    package let copied: String
    package let back: String
    package let notFoundTitle: String
    package let notFound: String
    package let staleFormTitle: String
    package let staleForm: String
    package let unavailableTitle: String
    package let unavailable: String
    package let badRequestTitle: String
    package let badRequest: String
    package let tooManyTitle: String
    package let tooMany: String
    package let cambodia: String
    package let japan: String
    package let phnomPenhTime: String
    package let tokyoTime: String
    /// The months as dates have them, from January on; none where a number says it.
    let months: [String]
}

extension FrameWords {
    static let english = FrameWords(
        skipToContent: "Skip to the content",
        languages: "Language",
        areas: "Pages",
        home: "Home",
        wallet: "Wallet",
        shop: "Shop",
        status: "Status",
        tagline: "One code, two countries",
        invented: "A demonstration: the banks, shops and people are invented, and no real money moves.",
        sandbox: "This is a sandbox: no money moves here.",
        forPrograms: "The API",
        copy: "Copy",
        copied: "Copied",
        back: "Back",
        notFoundTitle: "There is nothing here",
        notFound: "The address may be misspelt, or what was here has gone.",
        staleFormTitle: "This page is out of date",
        staleForm: "Nothing was done. Go back, load the page again, and try once more.",
        unavailableTitle: "Please wait a moment",
        unavailable: "Kizuna cannot answer right now. Nothing was lost; try again in a moment.",
        badRequestTitle: "That did not work",
        badRequest: "Something in the form is missing or too large. Nothing was done.",
        tooManyTitle: "That was too often",
        tooMany: "Wait a few seconds, then load the page again.",
        cambodia: "Cambodia",
        japan: "Japan",
        phnomPenhTime: "Phnom Penh time",
        tokyoTime: "Tokyo time",
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
    )

    static let japanese = FrameWords(
        skipToContent: "本文へ移動",
        languages: "言語",
        areas: "ページ",
        home: "ホーム",
        wallet: "ウォレット",
        shop: "お店",
        status: "稼働状況",
        tagline: "ひとつのコードで、ふたつの国をつなぐ",
        invented: "これはデモです。銀行・お店・人物はすべて架空で、実際のお金は動きません。",
        sandbox: "これはサンドボックスです。実際のお金は動きません。",
        forPrograms: "API",
        copy: "コピー",
        copied: "コピーしました",
        back: "戻る",
        notFoundTitle: "ページが見つかりません",
        notFound: "アドレスが正しくないか、ページがなくなった可能性があります。",
        staleFormTitle: "ページの有効期限が切れました",
        staleForm: "処理は行われていません。前の画面に戻り、再読み込みしてからもう一度お試しください。",
        unavailableTitle: "しばらくお待ちください",
        unavailable: "ただいま応答できません。データは失われていません。少し待ってからもう一度お試しください。",
        badRequestTitle: "うまくいきませんでした",
        badRequest: "入力が足りないか、大きすぎます。処理は行われていません。",
        tooManyTitle: "アクセスが集中しています",
        tooMany: "数秒待ってから、ページを再読み込みしてください。",
        cambodia: "カンボジア",
        japan: "日本",
        phnomPenhTime: "プノンペン時間",
        tokyoTime: "日本時間",
        months: []
    )

    static let khmer = FrameWords(
        skipToContent: "រំលងទៅខ្លឹមសារ",
        languages: "ភាសា",
        areas: "ទំព័រ",
        home: "ទំព័រដើម",
        wallet: "កាបូបលុយ",
        shop: "ហាង",
        status: "ស្ថានភាព",
        tagline: "កូដមួយ ភ្ជាប់ពីរប្រទេស",
        invented: "នេះជាការបង្ហាញសាកល្បង៖ ធនាគារ ហាង និងមនុស្សទាំងអស់ជាការប្រឌិត ហើយគ្មានប្រាក់ពិតប្រាកដផ្លាស់ប្ដូរទេ។",
        sandbox: "នេះជាប្រព័ន្ធសាកល្បង៖ គ្មានប្រាក់ផ្លាស់ប្ដូរនៅទីនេះទេ។",
        forPrograms: "API",
        copy: "ចម្លង",
        copied: "បានចម្លង",
        back: "ត្រឡប់ក្រោយ",
        notFoundTitle: "រកមិនឃើញទំព័រនេះទេ",
        notFound: "អាសយដ្ឋានអាចសរសេរខុស ឬទំព័រនេះលែងមានហើយ។",
        staleFormTitle: "ទំព័រនេះហួសពេលហើយ",
        staleForm: "មិនទាន់មានអ្វីត្រូវបានធ្វើទេ។ សូមត្រឡប់ក្រោយ បើកទំព័រឡើងវិញ រួចសាកល្បងម្ដងទៀត។",
        unavailableTitle: "សូមរង់ចាំបន្តិច",
        unavailable: "ឥឡូវនេះ Kizuna មិនអាចឆ្លើយតបបានទេ។ គ្មានអ្វីបាត់បង់ឡើយ សូមសាកល្បងម្ដងទៀតបន្តិចក្រោយ។",
        badRequestTitle: "មិនបានសម្រេចទេ",
        badRequest: "មានព័ត៌មានខ្វះ ឬធំពេកក្នុងទម្រង់។ មិនទាន់មានអ្វីត្រូវបានធ្វើទេ។",
        tooManyTitle: "មានការស្នើសុំញឹកញាប់ពេក",
        tooMany: "សូមរង់ចាំពីរបីវិនាទី រួចបើកទំព័រនេះឡើងវិញ។",
        cambodia: "កម្ពុជា",
        japan: "ជប៉ុន",
        phnomPenhTime: "ម៉ោងភ្នំពេញ",
        tokyoTime: "ម៉ោងតូក្យូ",
        months: [
            "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ",
        ]
    )
}
