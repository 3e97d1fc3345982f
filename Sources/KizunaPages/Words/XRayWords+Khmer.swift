import KizunaLedger
import KizunaPayments

extension XRayWords {
    static let khmer = XRayWords(
        title: "ព័ត៌មានលម្អិតនៃការទូទាត់",
        toTheCase: "ទៅកាន់ការសម្រេច",
        price: "តម្លៃ",
        parties: "អ្នកណា និងនៅទីណា",
        sequence: "អ្វីដែលបានកើតឡើង",
        ledger: "បញ្ជីគណនេយ្យ",
        claims: "ការសងវិញ ការទាមទារវិញ និងវិវាទ",
        messages: "សារ",
        code: "កូដ",
        shopGets: "សម្រាប់ហាង",
        payerPays: "ពីអ្នកបង់",
        rate: "អត្រា",
        midRate: "អត្រាមធ្យម",
        interbank: "សម្រាប់អ្នកប្ដូរប្រាក់",
        issuerFee: "កម្រៃធនាគារអ្នកបង់",
        discount: "កម្រៃធនាគារហាង",
        interchange: "ក្នុងនោះ សម្រាប់ធនាគារអ្នកបង់",
        switchFee: "ក្នុងនោះ សម្រាប់ Kizuna",
        quotedAt: "បានប្រាប់តម្លៃនៅ",
        payer: "អ្នកបង់",
        payerAccount: "គណនីអ្នកបង់",
        issuer: "ធនាគារអ្នកបង់",
        provider: "អ្នកប្ដូរប្រាក់",
        acquirer: "ធនាគារហាង",
        shop: "ហាង",
        shopOwnName: "ជាអក្សររបស់ខ្លួន",
        shopKey: "បានចុះបញ្ជីជា",
        reference: "លេខយោង",
        reason: "មូលហេតុ",
        duplicate: "បង់ពីរដង?",
        possible: "អ្នកបង់ដដែលបានបង់ចំនួនដដែលមុននេះបន្តិច។",
        at: "ពេលវេលា",
        kind: "ប្រភេទ",
        debit: "ពីគណនី",
        credit: "ទៅគណនី",
        amount: "ចំនួន",
        entry: { kind in
            switch kind {
            case .direct: "បានផ្ទេរ"
            case .hold: "បានបម្រុងទុក"
            case .post: "បានផ្ទេរប្រាក់បម្រុង"
            case .void: "បានដោះលែងប្រាក់បម្រុង"
            }
        },
        refund: "សងវិញ",
        recall: "ទាមទារវិញ",
        dispute: "វិវាទ",
        allDelivered: "សារទាំងអស់បានទៅដល់ហើយ។",
        webhooks: "អាសយដ្ឋាន Webhook",
        lastAttempt: "បានប្រាប់ចុងក្រោយ",
        answer: "ចម្លើយ",
        none: "គ្មាន",
        codeIsNotKept: "មានតែស្នាមកូដនេះប៉ុណ្ណោះដែលត្រូវបានរក្សាទុក។",
        pasteCode: "បិទភ្ជាប់កូដ ដើម្បីមើលម្ដងមួយផ្នែក",
        explain: "ពន្យល់",
        isThisCode: "នេះជាកូដដែលត្រូវបានបង់។",
        isAnotherCode: "នេះជាកូដផ្សេងពីកូដដែលត្រូវបានបង់។",
        field: "ផ្នែក",
        meaning: "អត្ថន័យ",
        value: "តម្លៃ"
    )
}

extension SequenceWords {
    static let khmer = SequenceWords(
        title: "សាររវាងធនាគារអ្នកបង់ Kizuna និងធនាគារហាង",
        asList: "ដូចគ្នាជាបញ្ជី",
        asksPrice: "សួរតម្លៃ",
        refund: { "សងវិញ \($0)" },
        trigger: { trigger in
            switch trigger {
            case .quoteIssued: "បានប្រាប់តម្លៃ"
            case .lapsed: "តម្លៃហួសពេល"
            case .submitted: "បង់ប្រាក់"
            case .checksPassed: "បានពិនិត្យ និងបម្រុងប្រាក់"
            case .checksFailed: "ពិនិត្យមិនជាប់"
            case .handedToLink: "តើទទួលប្រាក់ឱ្យហាងទេ?"
            case .abandoned: "បោះបង់មុនពេលផ្ញើ"
            case .destinationAccepted: "យល់ព្រម"
            case .destinationRefused: "បដិសេធ"
            case .decisionDeadlinePassed: "គ្មានចម្លើយទាន់ពេល"
            case .commitRecorded: "បានកត់ត្រាជាស្ថាពរ"
            case .unresolvedTooLong: "មិនដឹងយូរពេក"
            case .reversalConfirmed: "បានលុបចោល"
            case .reversalRefused: "មិនព្រមលុបចោល"
            case .reversalOverdue: "គ្មានចម្លើយអំពីការលុបចោល"
            case .contradictedAgain: "អះអាងថាជោគជ័យម្ដងទៀត"
            case .operatorHonoured: "មនុស្សពីរនាក់៖ ហាងបានទទួលប្រាក់"
            case .operatorReversed: "មនុស្សពីរនាក់៖ ហាងមិនបានទទួលប្រាក់"
            case .refundedInPart: "សងវិញមួយផ្នែក"
            case .refundedInFull: "សងវិញទាំងអស់"
            }
        }
    )
}
