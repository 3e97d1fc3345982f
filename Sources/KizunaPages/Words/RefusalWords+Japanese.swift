import KizunaPayments

extension RefusalWords {
    static let japanese = RefusalWords(
        known: { code in
            switch code {
            case .qrInvalid:
                Refusal("コードを読み取れません", "明るい場所でもう一度読み取るか、お店に別のコードをお求めください。")
            case .qrExpired: Refusal("コードの有効期限が切れています", "お店に新しいコードを作ってもらってください。")
            case .merchantNotFound:
                Refusal("お店が登録されていません", "銀行に登録のないコードです。支払わずに、お店の方にご確認ください。")
            case .merchantClosed: Refusal("お店の口座は解約されています", "この方法では支払えません。別の方法でお支払いください。")
            case .merchantBlocked:
                Refusal("お店の口座は利用停止中です", "この方法では支払えません。別の方法でお支払いください。")
            case .merchantNotEnabled:
                Refusal("海外からの支払いに対応していません", "対象のお店にのみ支払えます（個人宛ては不可）。別の方法でお支払いください。")
            case .currencyNotSupported:
                Refusal("この通貨は利用できません", "別の口座を選ぶか、お店に別のコードをお求めください。")
            case .amountInvalid: Refusal("この金額は指定できません", "円とリエルは整数で、ドルはセントまで入力してください。")
            case .amountMismatch: Refusal("コードの金額と一致しません", "最初からやり直し、コードに示された金額でお支払いください。")
            case .limitExceeded: Refusal("限度額を超えています", "金額を下げるか、明日以降にもう一度お試しください。")
            case .payerFunds: Refusal("残高が足りません", "チャージするか、金額を下げてお試しください。")
            case .liquidity:
                Refusal("ただいま取引が上限に達しています", "お金は引き落とされていません。数分後にもう一度お試しください。")
            case .noRate: Refusal("為替レートを取得できません", "お金は引き落とされていません。1分ほど後にお試しください。")
            case .quoteExpired: Refusal("提示金額の有効期限が切れました", "お金は引き落とされていません。もう一度金額をご確認ください。")
            case .quoteUsed: Refusal("この提示金額は使用済みです", "もう一度支払う前に、履歴をご確認ください。")
            case .duplicate: Refusal("すでに支払い済みです", "このコードは一度だけ支払えます。履歴をご確認ください。")
            case .participantOffline:
                Refusal("お店の銀行に接続できません", "お金は引き落とされていません。後ほどお試しいただくか、別の方法でお支払いください。")
            case .timeoutDestination:
                Refusal("お店の銀行から時間内に応答がありませんでした", "お金は引き落とされていません。もう一度お試しいただけます。")
            case .tooLate: Refusal("時間がかかりすぎました", "お金は引き落とされていません。コードをもう一度読み取ってください。")
            case .compliance, .fraudSuspected:
                Refusal("この支払いはできません", "お金は引き落とされていません。ご不明な点は銀行にお問い合わせください。")
            case .refundNotPossible:
                Refusal("返金できません", "未払い、期限切れ、または残りの金額を超えています。")
            case .notFound: Refusal("すでに無効になっています", "コードの読み取りからやり直してください。")
            case .uetrUsed, .agentMismatch, .missingData, .technical, .forbidden, .idempotencyConflict,
                .idempotencyInProgress, .answerNotPossible, .recallNotPossible, .disputeNotPossible,
                .decisionNotPossible:
                Refusal("途中で問題が発生しました", "もう一度お試しになる前に、履歴をご確認ください。")
            }
        },
        noAnswer: Refusal(
            "時間内に応答がありませんでした",
            "支払いが完了したかどうか、まだ確認できていません。再度支払わずに、少し待ってから履歴をご確認ください。"
        )
    )
}
