/// What stands around the documents.
package struct DocumentWords: Sendable {
    let title: String
    let lead: String
    let problemsText: String
    let openAPIText: String
    let joining: String
    let running: String
    let inEnglish: String
    let onThisPage: String
}

extension DocumentWords {
    static let english = DocumentWords(
        title: "Documentation",
        lead: "How to join as a bank or a shop, what every call of the API does, and how to run a switch.",
        problemsText: "Every code with what a program should do about it.",
        openAPIText: "The API's description for programs.",
        joining: "For banks and shops that join",
        running: "For those who run a switch",
        inEnglish: "These texts are in English.",
        onThisPage: "On this page"
    )

    static let japanese = DocumentWords(
        title: "ドキュメント",
        lead: "銀行・お店としての参加方法、APIの全操作、スイッチの運用方法をまとめています。",
        problemsText: "すべてのエラーコードと、プログラムがとるべき対応です。",
        openAPIText: "プログラム向けのAPI定義です。",
        joining: "参加する銀行・お店向け",
        running: "スイッチを運用する方向け",
        inEnglish: "本文は英語です。",
        onThisPage: "このページの内容"
    )

    static let khmer = DocumentWords(
        title: "ឯកសារ",
        lead: "របៀបចូលរួមជាធនាគារ ឬហាង ប្រតិបត្តិការទាំងអស់របស់ API និងរបៀបដំណើរការប្រព័ន្ធ។",
        problemsText: "កូដកំហុសទាំងអស់ និងអ្វីដែលកម្មវិធីត្រូវធ្វើ។",
        openAPIText: "ការពិពណ៌នា API សម្រាប់កម្មវិធី។",
        joining: "សម្រាប់ធនាគារ និងហាងដែលចូលរួម",
        running: "សម្រាប់អ្នកដំណើរការប្រព័ន្ធ",
        inEnglish: "អត្ថបទទាំងនេះជាភាសាអង់គ្លេស។",
        onThisPage: "ក្នុងទំព័រនេះ"
    )
}
