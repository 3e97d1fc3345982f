/// What the status page says.
package struct StatusWords: Sendable {
    package let title: String
    package let allWell: String
    /// How many payments wait for answers from their banks: 1 or more.
    package let waiting: @Sendable (Int) -> String
    package let participants: String
    /// How many are signed off.
    package let suspended: @Sendable (Int) -> String
    package let beforeCommit: String
    package let onTheirWay: String
    package let byState: String
    package let state: String
    package let meaning: String
    package let payments: String
    /// When it was read, as a moment, and after how many seconds it is read again.
    package let asOf: @Sendable (String, Int) -> String
    package let errorCodes: String
}

extension StatusWords {
    static let english = StatusWords(
        title: "How Kizuna is doing",
        allWell: "Payments are being taken.",
        waiting: { count in
            count == 1
                ? "Payments are being taken; one waits for an answer from its bank."
                : "Payments are being taken; \(count) wait for answers from their banks."
        },
        participants: "Banks on the link, and what is waiting",
        suspended: { "\($0) signed off" },
        beforeCommit: "requests before the commit",
        onTheirWay: "messages on their way",
        byState: "Payments by state",
        state: "State",
        meaning: "Means",
        payments: "Payments",
        asOf: { moment, seconds in "As of \(moment); read again every \(seconds) seconds." },
        errorCodes: "Error codes"
    )

    static let japanese = StatusWords(
        title: "稼働状況",
        allWell: "お支払いを受け付けています。",
        waiting: { "お支払いを受け付けています。\($0)件が銀行の応答を待っています。" },
        participants: "接続中の銀行と処理待ち",
        suspended: { "\($0)件が停止中" },
        beforeCommit: "確定前のリクエスト",
        onTheirWay: "送信中のメッセージ",
        byState: "状態別のお支払い",
        state: "状態",
        meaning: "意味",
        payments: "件数",
        asOf: { moment, seconds in "\(moment)現在。\(seconds)秒ごとに更新されます。" },
        errorCodes: "エラーコード"
    )

    static let khmer = StatusWords(
        title: "ស្ថានភាពរបស់ Kizuna",
        allWell: "កំពុងទទួលការទូទាត់ជាធម្មតា។",
        waiting: { "កំពុងទទួលការទូទាត់។ មាន \($0) កំពុងរង់ចាំចម្លើយពីធនាគារ។" },
        participants: "ធនាគារដែលបានភ្ជាប់ និងអ្វីដែលកំពុងរង់ចាំ",
        suspended: { "\($0) ផ្អាក" },
        beforeCommit: "សំណើមុនពេលកត់ត្រា",
        onTheirWay: "សារកំពុងធ្វើដំណើរ",
        byState: "ការទូទាត់តាមស្ថានភាព",
        state: "ស្ថានភាព",
        meaning: "មានន័យថា",
        payments: "ចំនួន",
        asOf: { moment, seconds in "គិតត្រឹម \(moment)។ ធ្វើបច្ចុប្បន្នភាពរៀងរាល់ \(seconds) វិនាទី។" },
        errorCodes: "កូដកំហុស"
    )
}
