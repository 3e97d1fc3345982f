import KizunaSwitch

/// What the console says about messages to banks and webhooks.
struct MessageWords: Sendable {
    let written: String
    let kind: String
    let to: String
    let fate: String
    let attempts: String
    let next: String
    let arrived: String
    let unanswered: String
    let sending: String
    let inInbox: String
    let givenUp: String
    let kindName: @Sendable (OutboxMessage.Kind) -> String

    static let english = MessageWords(
        written: "Written",
        kind: "Message",
        to: "To",
        fate: "What became of it",
        attempts: "Attempts",
        next: "Next at",
        arrived: "arrived",
        unanswered: "not answered",
        sending: "on its way",
        inInbox: "waits to be fetched",
        givenUp: "given up",
        kindName: { kind in
            switch kind {
            case .creditRequest: "Will you credit the shop?"
            case .creditDecision: "Decision to the shop's bank"
            case .paymentUpdate: "State to the payer's bank"
            case .refundNotice: "Refund to the payer's bank"
            case .statusQuery: "What became of it?"
            case .reversalRequest: "Undo it"
            case .recallRequest: "Money is wanted back"
            case .recallUpdate: "State of a recall"
            case .disputeUpdate: "State of a dispute"
            case .event: "Event to a webhook"
            }
        }
    )

    static let japanese = MessageWords(
        written: "作成",
        kind: "メッセージ",
        to: "宛先",
        fate: "結果",
        attempts: "試行回数",
        next: "次の送信",
        arrived: "到着",
        unanswered: "応答なし",
        sending: "送信中",
        inInbox: "取得待ち",
        givenUp: "送信中止",
        kindName: { kind in
            switch kind {
            case .creditRequest: "入金の可否の照会"
            case .creditDecision: "加盟店側銀行への確定通知"
            case .paymentUpdate: "支払側銀行への状態通知"
            case .refundNotice: "支払側銀行への返金通知"
            case .statusQuery: "結果の照会"
            case .reversalRequest: "取消の依頼"
            case .recallRequest: "返還の請求"
            case .recallUpdate: "返還請求の状態通知"
            case .disputeUpdate: "異議申立ての状態通知"
            case .event: "Webhookへの通知"
            }
        }
    )

    static let khmer = MessageWords(
        written: "បានសរសេរ",
        kind: "សារ",
        to: "ទៅកាន់",
        fate: "លទ្ធផល",
        attempts: "ចំនួនដង",
        next: "លើកក្រោយ",
        arrived: "បានទៅដល់",
        unanswered: "គ្មានចម្លើយ",
        sending: "កំពុងធ្វើដំណើរ",
        inInbox: "រង់ចាំការមកយក",
        givenUp: "បានបោះបង់",
        kindName: { kind in
            switch kind {
            case .creditRequest: "សំណួរថាតើទទួលប្រាក់ឱ្យហាងទេ"
            case .creditDecision: "ការសម្រេចទៅធនាគារហាង"
            case .paymentUpdate: "ស្ថានភាពទៅធនាគារអ្នកបង់"
            case .refundNotice: "ការសងវិញទៅធនាគារអ្នកបង់"
            case .statusQuery: "សំណួរអំពីលទ្ធផល"
            case .reversalRequest: "សំណើលុបចោល"
            case .recallRequest: "សំណើទាមទារប្រាក់វិញ"
            case .recallUpdate: "ស្ថានភាពនៃការទាមទារវិញ"
            case .disputeUpdate: "ស្ថានភាពវិវាទ"
            case .event: "ព្រឹត្តិការណ៍ទៅ Webhook"
            }
        }
    )
}
