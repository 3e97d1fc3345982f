import KizunaPayments
import KizunaSwitch

extension ConsoleWords {
    static let khmer = ConsoleWords(
        title: "ផ្ទាំងគ្រប់គ្រង",
        signIn: .khmer,
        places: .khmer,
        desk: .khmer,
        overview: .khmer,
        search: .khmer,
        xray: .khmer,
        sequence: .khmer,
        exceptions: .khmer,
        deciding: .khmer,
        disputes: .khmer,
        participants: .khmer,
        access: .khmer,
        merchants: .khmer,
        shopDesk: .khmer,
        shopImport: .khmer,
        rates: .khmer,
        health: .khmer,
        audit: .khmer,
        messages: .khmer,
        chaos: .khmer
    )
}

extension SignInWords {
    fileprivate static let khmer = SignInWords(
        title: "ចូលប្រើ",
        person: "ឈ្មោះអ្នកប្រើ",
        password: "ពាក្យសម្ងាត់",
        code: "លេខកូដពីកម្មវិធីផ្ទៀងផ្ទាត់",
        codeHint: "លេខប្រាំមួយខ្ទង់ ប្ដូររៀងរាល់ 30 វិនាទី។",
        enter: "ចូលប្រើ",
        leave: "ចាកចេញ",
        wrong: "ឈ្មោះ ពាក្យសម្ងាត់ ឬលេខកូដមិនត្រឹមត្រូវ ឬលេខកូដត្រូវបានប្រើរួចហើយ។ សូមរង់ចាំលេខកូដថ្មី រួចសាកល្បងម្ដងទៀត។",
        tooSoon: { "បញ្ចូលខុសច្រើនដងពេក។ សូមសាកល្បងម្ដងទៀតក្នុងរយៈពេល \($0) វិនាទី។" },
        busy: "មានអ្នកចូលប្រើច្រើនពេក។ សូមសាកល្បងម្ដងទៀតបន្តិចក្រោយ។",
        demonstration: "នេះជាការបង្ហាញសាកល្បង៖ ពាក្យសម្ងាត់មាននៅក្នុងផ្ទាំងបញ្ជា ហើយនេះជាលេខកូដឥឡូវនេះ។ លេខកូដនីមួយៗប្រើបានតែម្ដង។ សូមបើកទំព័រនេះឡើងវិញ ដើម្បីបានលេខកូដថ្មី។"
    )
}

extension PlaceWords {
    fileprivate static let khmer = PlaceWords(
        overview: "ទិដ្ឋភាពរួម",
        payments: "ការទូទាត់",
        exceptions: "ករណីពិសេស",
        disputes: "វិវាទ",
        participants: "ស្ថាប័ន",
        access: "សិទ្ធិចូល",
        merchants: "ហាង",
        rates: "អត្រា និងកម្រៃ",
        health: "ប្រព័ន្ធ",
        chaos: "បញ្ហាសាកល្បង"
    )
}

extension DeskWords {
    fileprivate static let khmer = DeskWords(
        notDone: "មិនបានធ្វើទេ",
        notYourRole: "តួនាទីរបស់អ្នកមិនអាចធ្វើរឿងនេះបានទេ។ មិនទាន់មានអ្វីត្រូវបានធ្វើទេ។",
        role: { name in
            switch name {
            case "operator": "ប្រតិបត្តិករ"
            case "approver": "អ្នកអនុម័ត"
            case "auditor": "សវនករ"
            case "support": "ផ្នែកជំនួយ"
            default: name
            }
        }
    )
}

extension OverviewWords {
    fileprivate static let khmer = OverviewWords(
        paidPerSecond: "បានបង់ក្នុងមួយវិនាទី (មួយនាទីចុងក្រោយ)",
        decisionTimes: "ពីការដាក់ស្នើដល់ចប់៖ មធ្យម · 99 %",
        openExceptions: "ករណីពិសេសដែលបើក",
        escalatedDisputes: "វិវាទត្រូវសម្រេច",
        openAlerts: "ការព្រមាន",
        courierLag: "សារយឺតបំផុត",
        beforeCommit: "សំណើមុនពេលកត់ត្រា",
        onTheirWay: "សារកំពុងធ្វើដំណើរ",
        flow: "ការទូទាត់ក្នុងមួយវិនាទី តាមស្ថានភាព និងទិសដៅ",
        chart: "បានបង់ក្នុងមួយវិនាទី",
        corridor: { $0 == .cambodia ? "កម្ពុជា → ជប៉ុន" : "ជប៉ុន → កម្ពុជា" },
        positions: "សមតុល្យ និងកម្រិតកំណត់",
        noPositions: "គ្មានអ្នកណាជំពាក់អ្នកណាទេ។",
        account: "ស្ថាប័ន",
        position: "សមតុល្យ",
        held: "បានបម្រុងទុក",
        cap: "កម្រិតកំណត់",
        capUsed: "បានប្រើ",
        asOf: { "គិតត្រឹម \($0)។ ធ្វើបច្ចុប្បន្នភាពរៀងរាល់ពីរវិនាទី។" }
    )
}

extension SearchWords {
    fileprivate static let khmer = SearchWords(
        text: "ស្វែងរកការទូទាត់",
        textHint: "លេខ ID, UETR, អត្ថបទ ឬ MD5 របស់កូដ, លេខពីបង្កាន់ដៃ, លេខយោង ឬលេខចុងក្រោយនៃគណនី។",
        amount: "ចំនួនទឹកប្រាក់",
        currency: "រូបិយប័ណ្ណ",
        participant: "ស្ថាប័ន",
        from: "ចាប់ពី",
        until: "រហូតដល់",
        any: "ទាំងអស់",
        find: "ស្វែងរក",
        found: { "ការទូទាត់ \($0)" },
        everything: "បានពិនិត្យទាំងអស់ហើយ។",
        lookedAsFarAs: { "បានពិនិត្យថយក្រោយដល់ \($0)។" },
        older: "ពិនិត្យថយក្រោយទៀត",
        submitted: "បានដាក់ស្នើ",
        shopGets: "សម្រាប់ហាង",
        payerPays: "ពីអ្នកបង់",
        way: "ពី → ទៅ"
    )
}

extension ExceptionWords {
    fileprivate static let khmer = ExceptionWords(
        title: "សម្រេចអំពីការទូទាត់",
        nothing: "គ្មានការទូទាត់ណារង់ចាំការសម្រេចទេ។",
        since: "តាំងពី",
        why: "មូលហេតុ",
        cause: { cause in
            switch cause {
            case .unresolved: "ធនាគារហាងមិនបានប្រាប់លទ្ធផលអស់ដប់នាទីហើយ។"
            case .paidAfterAbort: "ធនាគារហាងនិយាយថាបានបង់ ទោះបីការទូទាត់ត្រូវបានបោះបង់ក៏ដោយ។"
            case .reversalRefused: "ធនាគារហាងមិនព្រមលុបចោលការទូទាត់ទេ។"
            case .reversalOverdue: "ធនាគារហាងមិនបានឆ្លើយអស់មួយថ្ងៃហើយ។"
            case .contradicted: "ធនាគារហាងនិយាយខុសពីអ្វីដែលបានសម្រេច។"
            }
        },
        explain: { cause in
            switch cause {
            case .unresolved: "កំពុងស្នើឱ្យធនាគារលុបចោលការទូទាត់។ មិនទាន់មានអ្វីត្រូវសម្រេចទេ។"
            case .paidAfterAbort, .reversalRefused, .reversalOverdue:
                "សូមទូរស័ព្ទទៅធនាគារហាង ហើយសួរថាតើគណនីហាងបានទទួលប្រាក់ឬនៅ។ បើបានទទួល អ្នកបង់ត្រូវបង់។ បើមិនបានទទួល អ្នកបង់រក្សាប្រាក់របស់ខ្លួន។"
            case .contradicted: "ការសម្រេចនៅដដែល។ សូមបញ្ជាក់ថាអ្នកបានឃើញ ហើយប្រាប់ធនាគារ។"
            }
        },
        amount: "សម្រាប់ហាង",
        payerPays: "ពីអ្នកបង់",
        bank: "ធនាគារហាង",
        decision: { $0 == .honour ? "ហាងបានទទួលប្រាក់៖ អ្នកបង់ត្រូវបង់" : "ហាងមិនបានទទួលប្រាក់៖ អ្នកបង់រក្សាប្រាក់" },
        lastWord: "ពាក្យចុងក្រោយរបស់ធនាគារ",
        payment: "ការទូទាត់",
        wholePayment: "មើលការទូទាត់ទាំងមូល",
        whatHappened: "តើមានអ្វីកើតឡើង?",
        refused: "Kizuna មិនបានធ្វើទេ៖"
    )
}

extension DecidingWords {
    fileprivate static let khmer = DecidingWords(
        proposal: "បានស្នើ",
        approvedBy: "អនុម័តដោយ",
        decided: "បានសម្រេចហើយ។",
        anotherApproves: "ត្រូវមានមនុស្សម្នាក់ទៀតអនុម័ត។",
        withdraw: "ដកសំណើវិញ",
        approveQuestion: { decision, person in "\(person) ស្នើថា៖ \(decision)។ តើអ្នកក៏ប្រាកដដែរទេ?" },
        approve: "អនុម័ត",
        propose: "ស្នើ",
        proposeOther: "ស្នើអ្វីផ្សេង",
        note: "អ្វីដែលធ្វើឱ្យអ្នកប្រាកដ",
        sayWhy: "សូមជ្រើសរើសការសម្រេច ហើយប្រាប់មូលហេតុ។"
    )
}

extension DisputeWords {
    fileprivate static let khmer = DisputeWords(
        nothing: "គ្មានទេ។",
        all: "ទាំងអស់",
        more: "បន្ត",
        opened: "បានបើក",
        reason: { reason in
            switch reason {
            case .notReceived: "មិនបានទទួលទំនិញ"
            case .notAsDescribed: "មិនដូចការពិពណ៌នា"
            case .wrongAmount: "ចំនួនខុស"
            case .paidTwice: "បង់ពីរដង"
            case .refundMissing: "មិនទាន់បានសងវិញ"
            case .fraud: "ការក្លែងបន្លំ"
            }
        },
        state: { state in
            switch state {
            case .opened: "បានបើក"
            case .awaitingEvidence: "រង់ចាំភស្តុតាង"
            case .accepted: "បានយល់ព្រម"
            case .rejected: "បានបដិសេធ"
            case .escalated: "ត្រូវសម្រេច"
            case .closed: "បានបិទ"
            }
        },
        action: { action in
            switch action {
            case .opened: "បានបើក"
            case .evidenceAdded: "បានបន្ថែមភស្តុតាង"
            case .evidenceAsked: "បានសុំភស្តុតាង"
            case .evidenceComplete: "ភស្តុតាងគ្រប់ហើយ"
            case .accepted: "បានយល់ព្រម"
            case .rejected: "បានបដិសេធ"
            case .escalated: "បានបញ្ជូនមក Kizuna"
            case .withdrawn: "បានដកវិញ"
            case .upheld: "សម្រេចឱ្យធនាគារដែលបើកឈ្នះ"
            case .dismissed: "សម្រេចឱ្យធនាគារម្ខាងទៀតឈ្នះ"
            case .refundedOtherwise: "បានសងវិញរួចហើយ"
            case .answerOverdue: "គ្មានចម្លើយទាន់ពេល"
            case .evidenceOverdue: "គ្មានភស្តុតាងទាន់ពេល"
            case .escalationOverdue: "មិនបានបញ្ជូនបន្តទាន់ពេល"
            }
        },
        amount: "ចំនួន",
        banks: "ធនាគារ",
        due: "កំណត់ពេល",
        history: "ប្រវត្តិ",
        whoIsRight: "អ្នកណាត្រូវ?",
        decision: { $0 == .uphold ? "ធនាគារដែលបើក៖ សងប្រាក់វិញ" : "ធនាគារម្ខាងទៀត៖ មិនសងវិញទេ" },
        about: "អំពី"
    )
}

extension ParticipantWords {
    fileprivate static let khmer = ParticipantWords(
        name: "ឈ្មោះ",
        rolesHeading: "តួនាទី",
        roles: { $0.names(issuer: "ធនាគារអ្នកបង់", acquirer: "ធនាគារហាង", provider: "អ្នកប្ដូរប្រាក់") },
        country: "ប្រទេស",
        waiting: "សារដែលរង់ចាំ",
        active: "កំពុងដំណើរការ",
        suspended: "ផ្អាក",
        checklist: "វឌ្ឍនភាពនៃការចូលរួម",
        stepSignedOn: "បានចាប់ផ្ដើមដំណើរការ",
        stepKey: "មានសោ",
        stepCertificate: "ភ្ជាប់ដោយវិញ្ញាបនបត្រ",
        stepSigning: "ចុះហត្ថលេខាលើសំណើ",
        stepEndpoint: "អាចហៅបាន",
        stepCap: "មានកម្រិតកំណត់បំណុល",
        stepPayment: "បានចូលរួមក្នុងការទូទាត់ថ្មីៗ",
        link: "តំណភ្ជាប់",
        endpoint: "អាសយដ្ឋាន",
        inbox: "មកយកសារដោយខ្លួនឯង",
        linkKind: "ដាក់ប្រាក់ចូល",
        linkKindName: { $0 == .twoPhase ? "ក្រោយពេលកត់ត្រា" : "ពេលយល់ព្រម" },
        lastPayment: "ការទូទាត់ចុងក្រោយ",
        keys: "សោ និងវិញ្ញាបនបត្រ",
        kind: "ប្រភេទ",
        kindName: { kind in
            switch kind {
            case .secret: "សោ"
            case .certificate: "វិញ្ញាបនបត្រ"
            case .signing: "សោហត្ថលេខា"
            }
        },
        grants: "សិទ្ធិ",
        since: "តាំងពី",
        until: "រហូតដល់",
        lastUsed: "ប្រើចុងក្រោយ",
        inForce: "មានសុពលភាព",
        ended: "បានបញ្ចប់"
    )
}

extension MerchantWords {
    fileprivate static let khmer = MerchantWords(
        bank: "ធនាគារហាង",
        name: "ឈ្មោះ",
        city: "ទីក្រុង",
        category: "ប្រភេទ",
        code: "បានចុះបញ្ជីជា",
        travellers: "ទទួលអ្នកទេសចរ",
        yes: "ទទួល",
        no: "មិនទទួល",
        status: { status in
            switch status {
            case .active: "បើក"
            case .blocked: "ត្រូវបានបង្កក"
            case .closed: "បិទ"
            }
        },
        more: "បន្ត"
    )
}

extension RateWords {
    fileprivate static let khmer = RateWords(
        rates: "អត្រាប្ដូរប្រាក់",
        exchange: "ប្ដូរ",
        provider: "អ្នកប្ដូរប្រាក់",
        mid: "អត្រាមធ្យម",
        spread: "គម្លាត",
        published: "បានផ្សាយ",
        fees: "កម្រៃដែលខុសពីស្តង់ដារ",
        noFees: "កម្រៃទាំងអស់ជាស្តង់ដារ។",
        corridor: "ទិសដៅ",
        kind: "កម្រៃ",
        kindName: { kind in
            switch kind {
            case .issuerFee: "កម្រៃធនាគារអ្នកបង់"
            case .merchantDiscount: "កម្រៃធនាគារហាង"
            case .interchange: "កម្រៃរវាងធនាគារ"
            case .switchFee: "កម្រៃ Kizuna"
            }
        },
        scope: "សម្រាប់",
        everybody: "ទាំងអស់",
        share: "ភាគរយ",
        from: "ចាប់ពី"
    )
}

extension HealthWords {
    fileprivate static let khmer = HealthWords(
        alerts: "ការព្រមាន",
        noAlerts: "គ្មានការព្រមានទេ។",
        messages: "សារដែលមិនទាន់ទៅដល់",
        commits: "ការកត់ត្រាតាំងពីចាប់ផ្ដើម",
        groupSize: "សំណើក្នុងមួយការកត់ត្រា (មធ្យម)",
        commitTime: "រយៈពេលកត់ត្រា (មធ្យម)",
        queueTime: "រយៈពេលរង់ចាំ (មធ្យម)",
        failedCommits: "ការកត់ត្រាបរាជ័យ",
        alert: "ការព្រមាន",
        subject: "អំពី",
        since: "តាំងពី",
        ended: "បានបញ្ចប់",
        times: "ចំនួនដង",
        kind: { $0 == .capNearlyReached ? "ជិតដល់កម្រិតកំណត់" : "ហាងមមាញឹកខុសធម្មតា" }
    )
}

extension ChaosWords {
    fileprivate static let khmer = ChaosWords(
        lead: "បង្កបញ្ហាដល់ធនាគារហាង បង់ប្រាក់ ហើយមើលអ្វីដែលនៅតែពិត។",
        mood: { mood in
            switch mood {
            case .well: "ធម្មតា"
            case .silent: "ស្ងៀម"
            case .slow: "យឺត"
            case .twice: "ឆ្លើយពីរដង"
            }
        },
        pay: "បង់ដប់ដង",
        payWrong: "បង់អ្វីដែលមានបញ្ហា",
        dispute: "ឱ្យមានវិវាទអំពីការបង់ប្រាក់",
        clock: "នាឡិកា",
        jump: { $0 < 0 ? "ថយក្រោយ \(-$0) នាទី" : "ទៅមុខ \($0) នាទី" },
        clockAhead: { minutes in
            minutes == 0
                ? "នាឡិកាត្រឹមត្រូវ។"
                : minutes < 0 ? "នាឡិកាយឺត \(-minutes) នាទី។" : "នាឡិកាលឿន \(minutes) នាទី។"
        },
        switchItself: "ប្រព័ន្ធ",
        kill: "បិទភ្លាមៗ រួចបើកឡើងវិញ",
        killHint: "ការទូទាត់ដប់ចាប់ផ្ដើម ហើយនៅពាក់កណ្ដាល ដំណើរការរបស់ប្រព័ន្ធត្រូវបិទភ្លាមៗ ដូចពេលដាច់ភ្លើង។",
        started: { "ប្រព័ន្ធត្រូវបានបើក \($0) ដង។" },
        invariants: "អ្វីដែលតែងតែពិត",
        holdsTrue: "ពិត",
        broken: "ខូច",
        balanced: { "បញ្ជីត្រូវគ្នា៖ បានពិនិត្យ \($0) បន្ទាត់ឡើងវិញ។" },
        holds: { "គ្មានប្រាក់បម្រុងទុកដោយគ្មានការទូទាត់កំពុងដំណើរការទេ៖ បម្រុងទុក \($0)។" },
        recorded: { facts in
            "ធនាគារបានដាក់ប្រាក់ \(facts.credited) ការទូទាត់ ហើយ Kizuna បានកត់ត្រា \(facts.recorded)។ "
                + "កំពុងដំណើរការ \(facts.underWay) សម្រេចដោយមនុស្ស \(facts.decided)។"
        }
    )
}
