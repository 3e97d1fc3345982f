import KizunaPayments
import KizunaSwitch

extension ConsoleWords {
    static let japanese = ConsoleWords(
        title: "管理画面",
        signIn: .japanese,
        places: .japanese,
        desk: .japanese,
        overview: .japanese,
        search: .japanese,
        xray: .japanese,
        sequence: .japanese,
        exceptions: .japanese,
        deciding: .japanese,
        disputes: .japanese,
        participants: .japanese,
        access: .japanese,
        merchants: .japanese,
        shopDesk: .japanese,
        shopImport: .japanese,
        rates: .japanese,
        health: .japanese,
        audit: .japanese,
        messages: .japanese,
        chaos: .japanese
    )
}

extension SignInWords {
    fileprivate static let japanese = SignInWords(
        title: "ログイン",
        person: "ユーザー名",
        password: "パスワード",
        code: "認証アプリのコード",
        codeHint: "6桁の数字です。30秒ごとに変わります。",
        enter: "ログイン",
        leave: "ログアウト",
        wrong: "ユーザー名、パスワード、コードのいずれかが正しくないか、使用済みのコードです。次のコードを待ってもう一度お試しください。",
        tooSoon: { "誤った入力が続いたため、\($0)秒後にもう一度お試しください。" },
        busy: "ログインが集中しています。少し待ってからもう一度お試しください。",
        demonstration: "デモです。パスワードは端末に表示されています。現在のコードは次のとおりです。各コードは一度だけ使えます。次のコードはページを再読み込みしてください。"
    )
}

extension PlaceWords {
    fileprivate static let japanese = PlaceWords(
        overview: "概要",
        payments: "お支払い",
        exceptions: "要判断",
        disputes: "異議申立て",
        participants: "参加機関",
        access: "アクセス権",
        merchants: "加盟店",
        rates: "レートと手数料",
        health: "システム",
        chaos: "障害テスト"
    )
}

extension DeskWords {
    fileprivate static let japanese = DeskWords(
        notDone: "処理していません",
        notYourRole: "この操作を行う権限がありません。処理は行われていません。",
        role: { name in
            switch name {
            case "operator": "担当者"
            case "approver": "承認者"
            case "auditor": "監査"
            case "support": "サポート"
            default: name
            }
        }
    )
}

extension OverviewWords {
    fileprivate static let japanese = OverviewWords(
        paidPerSecond: "件/秒の支払い(直近1分)",
        decisionTimes: "受付から確定まで:中央値・99 %",
        openExceptions: "件の要判断",
        escalatedDisputes: "件の裁定待ち",
        openAlerts: "件の警告",
        courierLag: "メッセージの最大の遅れ",
        beforeCommit: "確定前のリクエスト",
        onTheirWay: "送信中のメッセージ",
        flow: "状態・方向別の件数(毎秒)",
        chart: "支払い完了(毎秒)",
        corridor: { $0 == .cambodia ? "カンボジア → 日本" : "日本 → カンボジア" },
        positions: "ポジションと上限",
        noPositions: "債権債務はありません。",
        account: "機関",
        position: "ポジション",
        held: "確保中",
        cap: "上限",
        capUsed: "使用率",
        asOf: { "\($0)現在。2秒ごとに更新されます。" }
    )
}

extension SearchWords {
    fileprivate static let japanese = SearchWords(
        text: "お支払いを探す",
        textHint: "ID、UETR、コードの文字列またはMD5、レシートのハッシュ、参照番号、口座番号の末尾のいずれか。",
        amount: "金額",
        currency: "通貨",
        participant: "機関",
        from: "開始",
        until: "終了",
        any: "すべて",
        find: "検索",
        found: { "\($0)件" },
        everything: "すべて確認しました。",
        lookedAsFarAs: { "\($0)までさかのぼって確認しました。" },
        older: "さらにさかのぼる",
        submitted: "受付",
        shopGets: "お店へ",
        payerPays: "支払人から",
        way: "経路"
    )
}

extension ExceptionWords {
    fileprivate static let japanese = ExceptionWords(
        title: "お支払いの判断",
        nothing: "判断を待つお支払いはありません。",
        since: "発生",
        why: "理由",
        cause: { cause in
            switch cause {
            case .unresolved: "加盟店側銀行から10分間、結果の回答がありません。"
            case .paidAfterAbort: "中止したお支払いについて、加盟店側銀行が支払済みと回答しています。"
            case .reversalRefused: "加盟店側銀行が取消に応じません。"
            case .reversalOverdue: "加盟店側銀行から1日間応答がありません。"
            case .contradicted: "加盟店側銀行の回答が、確定した内容と異なります。"
            }
        },
        explain: { cause in
            switch cause {
            case .unresolved: "取消を依頼しています。まだ判断の必要はありません。"
            case .paidAfterAbort, .reversalRefused, .reversalOverdue:
                "加盟店側銀行に電話し、お店の口座に入金されたか確認してください。入金済みなら支払人が負担し、未入金なら支払人にお金が残ります。"
            case .contradicted: "確定した内容は変わりません。確認したことを記録し、銀行に連絡してください。"
            }
        },
        amount: "お店へ",
        payerPays: "支払人から",
        bank: "加盟店側銀行",
        decision: { $0 == .honour ? "お店は入金済み(支払い成立)" : "お店は未入金(支払い不成立)" },
        lastWord: "銀行の最後の回答",
        payment: "お支払い",
        wholePayment: "お支払いの詳細を見る",
        whatHappened: "事実はどちらですか",
        refused: "処理できませんでした:"
    )
}

extension DecidingWords {
    fileprivate static let japanese = DecidingWords(
        proposal: "提案",
        approvedBy: "承認者",
        decided: "判断済みです。",
        anotherApproves: "別の担当者の承認が必要です。",
        withdraw: "提案を取り下げる",
        approveQuestion: { decision, person in "\(person)さんの提案:\(decision)。承認しますか?" },
        approve: "承認する",
        propose: "提案する",
        proposeOther: "別の提案をする",
        note: "そう判断した根拠",
        sayWhy: "判断を選び、根拠を入力してください。"
    )
}

extension DisputeWords {
    fileprivate static let japanese = DisputeWords(
        nothing: "ありません。",
        all: "すべて",
        more: "続き",
        opened: "申立て",
        reason: { reason in
            switch reason {
            case .notReceived: "商品未着"
            case .notAsDescribed: "説明と異なる"
            case .wrongAmount: "金額違い"
            case .paidTwice: "二重払い"
            case .refundMissing: "返金なし"
            case .fraud: "不正利用"
            }
        },
        state: { state in
            switch state {
            case .opened: "申立て中"
            case .awaitingEvidence: "証拠待ち"
            case .accepted: "認容"
            case .rejected: "拒否"
            case .escalated: "裁定待ち"
            case .closed: "終了"
            }
        },
        action: { action in
            switch action {
            case .opened: "申立て"
            case .evidenceAdded: "証拠を追加"
            case .evidenceAsked: "証拠を請求"
            case .evidenceComplete: "証拠の提出完了"
            case .accepted: "認容"
            case .rejected: "拒否"
            case .escalated: "Kizunaに付託"
            case .withdrawn: "取下げ"
            case .upheld: "申立てを認める裁定"
            case .dismissed: "申立てを退ける裁定"
            case .refundedOtherwise: "別途返金済み"
            case .answerOverdue: "期限内に回答なし"
            case .evidenceOverdue: "期限内に証拠なし"
            case .escalationOverdue: "期限内に付託なし"
            }
        },
        amount: "金額",
        banks: "銀行",
        due: "期限",
        history: "経過",
        whoIsRight: "どちらの主張を認めますか",
        decision: { $0 == .uphold ? "申し立てた銀行(返金する)" : "相手の銀行(返金しない)" },
        about: "内容"
    )
}

extension ParticipantWords {
    fileprivate static let japanese = ParticipantWords(
        name: "名称",
        rolesHeading: "役割",
        roles: { $0.names(issuer: "支払側銀行", acquirer: "加盟店側銀行", provider: "為替業者") },
        country: "国",
        waiting: "未着のメッセージ",
        active: "稼働中",
        suspended: "停止中",
        checklist: "参加の準備",
        stepSignedOn: "稼働を開始した",
        stepKey: "キーを持っている",
        stepCertificate: "証明書で接続する",
        stepSigning: "リクエストに署名する",
        stepEndpoint: "呼び出し先がある",
        stepCap: "負債の上限がある",
        stepPayment: "最近お支払いに参加した",
        link: "接続",
        endpoint: "アドレス",
        inbox: "受信箱から取得",
        linkKind: "入金の時点",
        linkKindName: { $0 == .twoPhase ? "確定後" : "承諾と同時" },
        lastPayment: "最後のお支払い",
        keys: "キーと証明書",
        kind: "種類",
        kindName: { kind in
            switch kind {
            case .secret: "キー"
            case .certificate: "証明書"
            case .signing: "署名鍵"
            }
        },
        grants: "権限",
        since: "開始",
        until: "期限",
        lastUsed: "最終使用",
        inForce: "有効",
        ended: "終了"
    )
}

extension MerchantWords {
    fileprivate static let japanese = MerchantWords(
        bank: "加盟店側銀行",
        name: "名称",
        city: "都市",
        category: "業種",
        code: "登録",
        travellers: "旅行者の利用",
        yes: "可",
        no: "不可",
        status: { status in
            switch status {
            case .active: "営業中"
            case .blocked: "凍結中"
            case .closed: "閉店"
            }
        },
        more: "続き"
    )
}

extension RateWords {
    fileprivate static let japanese = RateWords(
        rates: "レート",
        exchange: "通貨",
        provider: "為替業者",
        mid: "仲値",
        spread: "スプレッド",
        published: "公表日時",
        fees: "標準と異なる手数料",
        noFees: "すべて標準の手数料です。",
        corridor: "方向",
        kind: "手数料",
        kindName: { kind in
            switch kind {
            case .issuerFee: "支払側銀行の手数料"
            case .merchantDiscount: "加盟店側銀行の手数料"
            case .interchange: "インターチェンジ"
            case .switchFee: "Kizunaの手数料"
            }
        },
        scope: "対象",
        everybody: "すべて",
        share: "率",
        from: "適用開始"
    )
}

extension HealthWords {
    fileprivate static let japanese = HealthWords(
        alerts: "警告",
        noAlerts: "警告はありません。",
        messages: "届いていないメッセージ",
        commits: "起動後のコミット数",
        groupSize: "コミットあたりの平均件数",
        commitTime: "コミットの平均時間",
        queueTime: "平均の待ち時間",
        failedCommits: "失敗したコミット",
        alert: "警告",
        subject: "対象",
        since: "発生",
        ended: "終了",
        times: "回数",
        kind: { $0 == .capNearlyReached ? "上限に接近" : "お店の異常な利用" }
    )
}

extension ChaosWords {
    fileprivate static let japanese = ChaosWords(
        lead: "加盟店側銀行に障害を起こし、支払いを行い、何が保たれるかを確認できます。",
        mood: { mood in
            switch mood {
            case .well: "正常"
            case .silent: "無応答"
            case .slow: "遅い"
            case .twice: "二重応答"
            }
        },
        pay: "10回支払う",
        payWrong: "判断が必要になる支払いをする",
        dispute: "支払いに異議を申し立てる",
        clock: "時計",
        jump: { $0 < 0 ? "\(-$0)分戻す" : "\($0)分進める" },
        clockAhead: { minutes in
            minutes == 0 ? "時計は正確です。" : minutes < 0 ? "時計は\(-minutes)分遅れています。" : "時計は\(minutes)分進んでいます。"
        },
        switchItself: "スイッチ",
        kill: "強制終了して再起動する",
        killHint: "10件の支払いを始め、その途中で停電のようにプロセスを突然終了させます。",
        started: { "スイッチの起動は\($0)回目です。" },
        invariants: "常に成り立つこと",
        holdsTrue: "成立",
        broken: "不成立",
        balanced: { "帳簿は一致しています。\($0)行を再計算しました。" },
        holds: { "進行中のお支払いなしに確保された資金はありません。確保中は\($0)件です。" },
        recorded: { facts in
            "銀行の入金は\(facts.credited)件、Kizunaの記録は\(facts.recorded)件です。"
                + "進行中は\(facts.underWay)件、担当者の判断によるものは\(facts.decided)件です。"
        }
    )
}
