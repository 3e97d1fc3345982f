import KizunaLedger
import KizunaPayments

extension XRayWords {
    static let japanese = XRayWords(
        title: "お支払いの詳細",
        toTheCase: "判断する",
        price: "金額",
        parties: "当事者",
        sequence: "経過",
        ledger: "台帳",
        claims: "返金・返還請求・異議申立て",
        messages: "メッセージ",
        code: "コード",
        shopGets: "お店へ",
        payerPays: "支払人から",
        rate: "レート",
        midRate: "仲値",
        interbank: "為替業者へ",
        issuerFee: "支払側銀行の手数料",
        discount: "加盟店側銀行の手数料",
        interchange: "うち支払側銀行へ",
        switchFee: "うちKizunaへ",
        quotedAt: "見積日時",
        payer: "支払人",
        payerAccount: "支払口座",
        issuer: "支払側銀行",
        provider: "為替業者",
        acquirer: "加盟店側銀行",
        shop: "お店",
        shopOwnName: "現地表記",
        shopKey: "登録",
        reference: "参照番号",
        reason: "理由",
        duplicate: "重複の可能性",
        possible: "同じ支払人が直前に同じ金額を支払っています。",
        at: "日時",
        kind: "種類",
        debit: "出金口座",
        credit: "入金口座",
        amount: "金額",
        entry: { kind in
            switch kind {
            case .direct: "振替"
            case .hold: "確保"
            case .post: "確保分を振替"
            case .void: "確保を解除"
            }
        },
        refund: "返金",
        recall: "返還請求",
        dispute: "異議申立て",
        allDelivered: "すべてのメッセージが届いています。",
        webhooks: "Webhookの送信先",
        lastAttempt: "最終通知",
        answer: "応答",
        none: "なし",
        codeIsNotKept: "コードはこの指紋だけを保存しています。",
        pasteCode: "コードを貼り付けると項目ごとに表示します",
        explain: "内容を表示",
        isThisCode: "支払われたコードと一致します。",
        isAnotherCode: "支払われたコードとは別のコードです。",
        field: "項目",
        meaning: "意味",
        value: "値"
    )
}

extension SequenceWords {
    static let japanese = SequenceWords(
        title: "支払側銀行・Kizuna・加盟店側銀行のやりとり",
        asList: "一覧で見る",
        asksPrice: "見積を依頼",
        refund: { "返金 \($0)" },
        trigger: { trigger in
            switch trigger {
            case .quoteIssued: "見積提示"
            case .lapsed: "見積期限切れ"
            case .submitted: "支払い"
            case .checksPassed: "確認済み・資金確保"
            case .checksFailed: "確認で不可"
            case .handedToLink: "入金できますか"
            case .abandoned: "送信前に中止"
            case .destinationAccepted: "承諾"
            case .destinationRefused: "拒否"
            case .decisionDeadlinePassed: "期限内に応答なし"
            case .commitRecorded: "確定"
            case .unresolvedTooLong: "長時間不明"
            case .reversalConfirmed: "取消完了"
            case .reversalRefused: "取消を拒否"
            case .reversalOverdue: "取消の応答なし"
            case .contradictedAgain: "再び成功を主張"
            case .operatorHonoured: "2名の判断:支払い成立"
            case .operatorReversed: "2名の判断:支払い不成立"
            case .refundedInPart: "一部返金"
            case .refundedInFull: "全額返金"
            }
        }
    )
}
