import KizunaWeb

/// Whether names of every script and shape pass through a shop's bank.
extension Check {
    static let names: [Check] = [
        named("khmer", "A payer's name in Khmer", "ចាន់ សុខា ឧត្តមស័ក្តិ"),
        named("japanese", "A payer's name in kanji and kana", "山田 太郎 ヤマダ タロウ 髙﨑"),
        named(
            "longest",
            "A payer's name of 140 characters",
            String(repeating: "Wolfeschlegelsteinhausen ", count: 6).prefix(139) + "x"
        ),
        named("wide", "A payer's name of 140 characters outside the first plane", String(repeating: "𠮷", count: 140)),
        named("emoji", "A payer's name with emoji", "Sokha 👩‍👩‍👧‍👦🇰🇭❤️"),
        named(
            "combining",
            "A payer's name with combining marks",
            "Ngu\u{0079}e\u{0302}\u{0303}n Z\u{0351}\u{0352}\u{0353}a\u{0300}\u{0301}lgo"
        ),
        named("right-to-left", "A payer's name that runs from right to left", "محمد \u{202E}gnp.exe\u{202C} שלום"),
        named("quotes", "A payer's name with quotes and backslashes", #"O'Brien "Bob" \ `x` {0} %s ${y} \u0041"#),
        named("sql", "A payer's name that is SQL", "Robert'); DROP TABLE payments;--"),
        named("html", "A payer's name that is HTML comes back as text or not at all", markup),
        named(
            "formula",
            "A payer's name that a spreadsheet would compute",
            "=HYPERLINK(\"https://example.org\",\"x\")"
        ),
        named("blanks", "A payer's name with blanks of other kinds", "Tanaka\u{3000}Yuki\u{00A0}\u{200B}\u{FEFF}"),
        Check(
            .name,
            "shop",
            "A shop's name in Khmer and Japanese",
            why: "The name of the shop travels along for receipts; the shop itself is known by its id.",
            .messages,
            for: [.acquirer]
        ) { trial throws(Finding) in
            let letter = trial.purchase().naming(shop: "ហាង ភ្នំពេញ 日本食堂").creditRequest
            try await trial.send(letter).mustSay("ACCEPTED")
        },
    ]

    private static let markup = "<script>alert(1)</script><img src=x onerror=alert(2)>"

    private static func named(_ name: String, _ title: String, _ payer: String) -> Check {
        Check(
            .name,
            name,
            title.contains("comes back") ? title : "\(title) is taken",
            why: "Travellers have such names. A bank that fails on one fails each time that person pays.",
            .messages,
            for: [.acquirer]
        ) { trial throws(Finding) in
            let answer = await trial.send(trial.purchase().naming(payer: payer).creditRequest)
            try answer.mustSay("ACCEPTED")
            let type = answer.response?.headers["Content-Type"]?.lowercased() ?? ""
            let body = String(decoding: answer.response?.body ?? [], as: UTF8.self)
            guard !type.hasPrefix("text/html") || !body.contains("<script>") else {
                throw .failed("The name stands in a page of HTML as markup.")
            }
        }
    }
}
