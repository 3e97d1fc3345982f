import KizunaSwitch

extension AccessWords {
    static let japanese = AccessWords(
        lead: "アクセス権は、一人が提案し、別の一人が承認して変更します。スイッチ本体のコマンドラインでは承認なしに変更できますが、その操作もここに記録されます。",
        waiting: "対応待ち",
        nothingWaits: "対応待ちの変更はありません。",
        people: "担当者一覧",
        person: "ユーザー名",
        name: "氏名",
        roles: "権限",
        standing: "状態",
        active: "利用可",
        suspended: "停止中",
        since: "登録日時",
        lastChange: "最終変更",
        log: "変更履歴",
        nothingYet: "変更はまだありません。",
        older: "以前の履歴",
        when: "日時",
        what: "内容",
        whose: "対象",
        proposedBy: "提案者",
        approvedBy: "承認者",
        openUntil: "期限",
        act: { act in
            switch act {
            case .addPerson: "担当者の追加"
            case .setRoles: "権限の変更"
            case .suspend: "利用停止"
            case .reinstate: "利用再開"
            case .setPassword: "パスワードの変更"
            case .setAuthenticator: "認証アプリの変更"
            case .makeKey: "キーの発行"
            case .bindCertificate: "証明書の登録"
            case .takeSigningKey: "署名鍵の登録"
            case .revokeKey: "キーの失効"
            }
        },
        standingName: { standing in
            switch standing {
            case .proposed: "提案中"
            case .approved: "キー受取待ち"
            case .done: "完了"
            case .withdrawn: "取り下げ"
            }
        },
        lapsed: "期限切れ",
        commandLine: "コマンドライン",
        theSwitch: "スイッチ",
        otherRoles: "権限の変更を提案",
        suspending: "この担当者のセッションとキーをすべて終了し、新しいログインも受け付けません。",
        reinstating: "この担当者は再びログインできます。失効したキーは元に戻りません。",
        note: "理由",
        propose: "提案する",
        sayWhy: "理由を一文で入力してください。",
        tooMany: "対応待ちの提案が100件あります。先にいくつか処理してください。",
        before: "変更前",
        afterwards: "変更後",
        validFor: "有効日数",
        days: { "\($0)日間" },
        untilRevoked: "失効させるまで",
        key: "キー",
        anotherApproves: "別の担当者の承認が必要です。自分自身のアクセス権の変更は承認できません。",
        approveQuestion: { "\($0)さんの提案です。承認しますか?" },
        approve: "承認する",
        withdraw: "提案を取り下げる",
        shownOnce: "承認されました。ボタンを押すとキーが発行され、あなたにだけ一度表示されます。安全な保管場所を用意してください。",
        takeKey: "キーを発行して表示",
        proposerTakes: { "承認されました。キーは\($0)さんが発行し、ほかの人には表示されません。" },
        theKey: "キー",
        keepIt: "今すぐ控えてください。どこにも保存されず、再表示もできません。"
    )
}
