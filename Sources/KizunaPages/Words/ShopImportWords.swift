import KizunaPayments
import KizunaSwitch

/// What the console says while shops are registered from a file.
struct ShopImportWords: Sendable {
    let title: String
    /// With the most shops of a file.
    let lead: @Sendable (Int) -> String
    let columns: String
    let bank: String
    let file: String
    let pasted: String
    let preview: String
    let nothingYet: String
    let line: String
    let column: String
    let found: String
    let wrong: String
    /// The heading over what a column must hold.
    let right: String
    let wrongLines: @Sendable (Int) -> String
    let repair: String
    let added: String
    let changed: String
    let unchanged: String
    let firstOf: @Sendable (Int, Int) -> String
    /// How many are new, and how many change.
    let confirm: @Sendable (Int, Int) -> String
    let nothingToDo: String
    /// How many were new, changed, and known already.
    let done: @Sendable (Int, Int, Int) -> String
    let fault: @Sendable (ShopList.Fault.Kind) -> String
    /// What a column must hold.
    let rule: @Sendable (ShopList.Column) -> String
}

extension ShopImportWords {
    static let english = ShopImportWords(
        title: "Register shops from a file",
        lead: {
            "Comma-separated values in UTF-8 with a header, at most \($0) shops. Everything is looked through first; then all of it is registered, or nothing. The same file again changes nothing."
        },
        columns: "Columns",
        bank: "For which shops' bank",
        file: "File",
        pasted: "or the text itself",
        preview: "Look through it",
        nothingYet: "Nothing has been written yet.",
        line: "Line",
        column: "Column",
        found: "There stands",
        wrong: "What is wrong, and what would be right",
        right: "What belongs there",
        wrongLines: { $0 == 1 ? "One thing is wrong" : "\($0) things are wrong" },
        repair: "Nothing has been written. Mend the file and choose it again.",
        added: "new",
        changed: "change",
        unchanged: "known already",
        firstOf: { "The first \($0) of \($1)." },
        confirm: { "Register \($0) and change \($1)" },
        nothingToDo: "Every shop of the file is known already, exactly so. There is nothing to do.",
        done: { "\($0) shops registered, \($1) changed, \($2) known already." },
        fault: { kind in
            switch kind {
            case .notUTF8: "The file is not UTF-8. Save it as CSV UTF-8."
            case .quote: "A quotation mark is not closed, or something follows it before the next comma."
            case .tooLong(let bytes): "The file has more than \(bytes) bytes. Divide it."
            case .tooMany(let shops): "The file has more than \(shops) shops. Divide it."
            case .noShops:
                "There is no shop in the file: a header belongs into the first line, and a shop into each after it."
            case .unknownColumn: "There is no such column; the page names those that there are."
            case .columnTwice: "The column is there twice."
            case .columnMissing: "The column is missing."
            case .fieldCount(let count, let expected): "The line has \(count) fields; the header has \(expected)."
            case .missing: "The field is empty."
            case .invalid: "The field is not as it must be."
            case .ofOtherScheme: "Codes of this scheme do not have that; leave the field empty."
            case .repeated(let line): "The same shop stands in line \(line)."
            case .otherCountry: "The code belongs to another country than the bank."
            case .otherBank: "Another bank has registered this shop."
            }
        },
        rule: { column in
            switch column {
            case .scheme: "khqr or jpqr."
            case .account: "A Bakong account, such as name@bank, of at most 32 characters."
            case .merchantId: "The merchant's ID of tag 30, if the code has one: at most 32 ASCII characters."
            case .storeId: "Exactly 13 letters and digits."
            case .level2: "Exactly 4 letters and digits."
            case .level3, .level4: "Exactly 6 letters and digits."
            case .name: "1 to 25 Latin letters."
            case .localName: "At most 50 characters, in the shop's own script; may be empty."
            case .city: "1 to 15 Latin letters."
            case .categoryCode: "Four digits (ISO 18245)."
            case .acceptsForeignPayers: "true or false."
            }
        }
    )

    static let japanese = ShopImportWords(
        title: "ファイルから加盟店を登録",
        lead: { "見出し行付きのCSV(UTF-8)、1ファイル最大\($0)店。まず全体を確認し、そのうえで全件を登録するか、1件も登録しません。同じファイルを再度取り込んでも何も変わりません。" },
        columns: "列",
        bank: "対象の加盟店側銀行",
        file: "ファイル",
        pasted: "または内容を貼り付け",
        preview: "内容を確認",
        nothingYet: "まだ何も登録されていません。",
        line: "行",
        column: "列",
        found: "記載内容",
        wrong: "問題点と正しい形式",
        right: "入力する内容",
        wrongLines: { "\($0)件の問題があります" },
        repair: "何も登録されていません。ファイルを修正して、もう一度選んでください。",
        added: "新規",
        changed: "変更",
        unchanged: "登録済み",
        firstOf: { "\($1)件中、最初の\($0)件。" },
        confirm: { "新規\($0)件・変更\($1)件を登録する" },
        nothingToDo: "ファイルの加盟店はすべて同じ内容で登録済みです。行うことはありません。",
        done: { "新規登録\($0)店、変更\($1)店、登録済み\($2)店。" },
        fault: { kind in
            switch kind {
            case .notUTF8: "UTF-8ではありません。「CSV UTF-8」で保存してください。"
            case .quote: "引用符が閉じていないか、引用符の後に余分な文字があります。"
            case .tooLong(let bytes): "ファイルが\(bytes)バイトを超えています。分割してください。"
            case .tooMany(let shops): "\(shops)店を超えています。分割してください。"
            case .noShops: "加盟店がありません。1行目に見出し、2行目以降に加盟店を記載してください。"
            case .unknownColumn: "この列はありません。使える列はこのページに記載しています。"
            case .columnTwice: "同じ列が2つあります。"
            case .columnMissing: "この列がありません。"
            case .fieldCount(let count, let expected): "項目が\(count)個あります。見出しは\(expected)個です。"
            case .missing: "空欄です。"
            case .invalid: "形式が正しくありません。"
            case .ofOtherScheme: "この方式のコードにはない項目です。空欄にしてください。"
            case .repeated(let line): "同じ加盟店が\(line)行目にあります。"
            case .otherCountry: "コードの国が銀行の国と異なります。"
            case .otherBank: "別の銀行が登録している加盟店です。"
            }
        },
        rule: { column in
            switch column {
            case .scheme: "khqr または jpqr。"
            case .account: "name@bank のようなBakong口座。32文字以内。"
            case .merchantId: "コードにある場合、タグ30の加盟店ID。ASCII 32文字以内。"
            case .storeId: "英数字ちょうど13文字。"
            case .level2: "英数字ちょうど4文字。"
            case .level3, .level4: "英数字ちょうど6文字。"
            case .name: "ラテン文字1〜25文字。"
            case .localName: "現地の文字で50文字以内。空欄可。"
            case .city: "ラテン文字1〜15文字。"
            case .categoryCode: "数字4桁(ISO 18245)。"
            case .acceptsForeignPayers: "true または false。"
            }
        }
    )

    static let khmer = ShopImportWords(
        title: "ចុះបញ្ជីហាងពីឯកសារ",
        lead: {
            "ឯកសារ CSV ជា UTF-8 មានជួរចំណងជើង យ៉ាងច្រើន \($0) ហាង។ ឯកសារត្រូវបានពិនិត្យទាំងអស់ជាមុន បន្ទាប់មកចុះបញ្ជីទាំងអស់ ឬមិនចុះបញ្ជីសោះ។ ឯកសារដដែលម្ដងទៀតមិនផ្លាស់ប្ដូរអ្វីទេ។"
        },
        columns: "ជួរឈរ",
        bank: "សម្រាប់ធនាគារហាង",
        file: "ឯកសារ",
        pasted: "ឬបិទភ្ជាប់អត្ថបទ",
        preview: "ពិនិត្យមើល",
        nothingYet: "មិនទាន់មានអ្វីត្រូវបានកត់ត្រាទេ។",
        line: "ជួរ",
        column: "ជួរឈរ",
        found: "អ្វីដែលមាន",
        wrong: "អ្វីខុស និងអ្វីដែលត្រឹមត្រូវ",
        right: "អ្វីដែលត្រូវបំពេញ",
        wrongLines: { "មានកំហុស \($0)" },
        repair: "មិនមានអ្វីត្រូវបានកត់ត្រាទេ។ សូមកែឯកសារ រួចជ្រើសរើសម្ដងទៀត។",
        added: "ថ្មី",
        changed: "ផ្លាស់ប្ដូរ",
        unchanged: "មានរួចហើយ",
        firstOf: { "\($0) ដំបូង ក្នុងចំណោម \($1)។" },
        confirm: { "ចុះបញ្ជី \($0) និងផ្លាស់ប្ដូរ \($1)" },
        nothingToDo: "ហាងទាំងអស់ក្នុងឯកសារមានរួចហើយ ដូចគ្នាបេះបិទ។ គ្មានអ្វីត្រូវធ្វើទេ។",
        done: { "បានចុះបញ្ជី \($0) ហាង ផ្លាស់ប្ដូរ \($1) មានរួចហើយ \($2)។" },
        fault: { kind in
            switch kind {
            case .notUTF8: "ឯកសារមិនមែន UTF-8 ទេ។ សូមរក្សាទុកជា CSV UTF-8។"
            case .quote: "សញ្ញាសម្រង់មិនបានបិទ ឬមានអ្វីនៅបន្ទាប់វាមុនសញ្ញាក្បៀស។"
            case .tooLong(let bytes): "ឯកសារលើសពី \(bytes) បៃ។ សូមបំបែកវា។"
            case .tooMany(let shops): "ឯកសារមានលើសពី \(shops) ហាង។ សូមបំបែកវា។"
            case .noShops: "គ្មានហាងក្នុងឯកសារទេ៖ ជួរទីមួយជាចំណងជើង ហើយជួរបន្ទាប់នីមួយៗជាហាងមួយ។"
            case .unknownColumn: "គ្មានជួរឈរនេះទេ។ ទំព័រនេះរាយជួរឈរដែលមាន។"
            case .columnTwice: "ជួរឈរនេះមានពីរដង។"
            case .columnMissing: "ខ្វះជួរឈរនេះ។"
            case .fieldCount(let count, let expected): "ជួរនេះមាន \(count) ផ្នែក តែចំណងជើងមាន \(expected)។"
            case .missing: "នៅទទេ។"
            case .invalid: "មិនត្រឹមត្រូវតាមទម្រង់។"
            case .ofOtherScheme: "កូដប្រភេទនេះមិនមានផ្នែកនេះទេ។ សូមទុកឱ្យទទេ។"
            case .repeated(let line): "ហាងដដែលមាននៅជួរ \(line)។"
            case .otherCountry: "កូដជារបស់ប្រទេសផ្សេងពីធនាគារ។"
            case .otherBank: "ធនាគារផ្សេងបានចុះបញ្ជីហាងនេះ។"
            }
        },
        rule: { column in
            switch column {
            case .scheme: "khqr ឬ jpqr។"
            case .account: "គណនី Bakong ដូចជា name@bank យ៉ាងច្រើន 32 តួអក្សរ។"
            case .merchantId: "លេខ ID ហាងក្នុងស្លាក 30 បើកូដមាន៖ យ៉ាងច្រើន 32 តួអក្សរ ASCII។"
            case .storeId: "អក្សរ ឬលេខ 13 តួគត់។"
            case .level2: "អក្សរ ឬលេខ 4 តួគត់។"
            case .level3, .level4: "អក្សរ ឬលេខ 6 តួគត់។"
            case .name: "អក្សរឡាតាំង 1 ដល់ 25 តួ។"
            case .localName: "អក្សររបស់ហាង យ៉ាងច្រើន 50 តួ។ អាចទុកទទេ។"
            case .city: "អក្សរឡាតាំង 1 ដល់ 15 តួ។"
            case .categoryCode: "លេខបួនខ្ទង់ (ISO 18245)។"
            case .acceptsForeignPayers: "true ឬ false។"
            }
        }
    )
}
