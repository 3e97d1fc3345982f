import KizunaSwitch

extension AccessWords {
    static let khmer = AccessWords(
        lead:
            "ម្នាក់ស្នើថាអ្នកណាអាចចូល និងអាចធ្វើអ្វី ហើយម្នាក់ទៀតអនុម័ត។ ផ្ទាំងបញ្ជានៅលើម៉ាស៊ីនមិនត្រូវការការអនុម័តទេ ប៉ុន្តែអ្វីដែលធ្វើនៅទីនោះក៏ត្រូវបានកត់ត្រានៅទីនេះដែរ។",
        waiting: "កំពុងរង់ចាំ",
        nothingWaits: "គ្មានអ្វីកំពុងរង់ចាំទេ។",
        people: "បុគ្គលិក",
        person: "ឈ្មោះអ្នកប្រើ",
        name: "ឈ្មោះ",
        roles: "តួនាទី",
        standing: "ស្ថានភាព",
        active: "អាចចូលប្រើ",
        suspended: "ផ្អាក",
        since: "តាំងពី",
        lastChange: "ការផ្លាស់ប្ដូរចុងក្រោយ",
        log: "កំណត់ត្រានៃការផ្លាស់ប្ដូរ",
        nothingYet: "មិនទាន់មានការផ្លាស់ប្ដូរទេ។",
        older: "មុននេះ",
        when: "ពេលវេលា",
        what: "អ្វី",
        whose: "របស់អ្នកណា",
        proposedBy: "ស្នើដោយ",
        approvedBy: "អនុម័តដោយ",
        openUntil: "ផុតកំណត់នៅ",
        act: { act in
            switch act {
            case .addPerson: "បុគ្គលិកថ្មី"
            case .setRoles: "ប្ដូរតួនាទី"
            case .suspend: "ផ្អាកការចូលប្រើ"
            case .reinstate: "អនុញ្ញាតឱ្យចូលវិញ"
            case .setPassword: "ពាក្យសម្ងាត់ថ្មី"
            case .setAuthenticator: "កម្មវិធីផ្ទៀងផ្ទាត់ថ្មី"
            case .makeKey: "សោថ្មី"
            case .bindCertificate: "វិញ្ញាបនបត្រ"
            case .takeSigningKey: "សោហត្ថលេខា"
            case .revokeKey: "ដកហូតសោ"
            }
        },
        standingName: { standing in
            switch standing {
            case .proposed: "បានស្នើ"
            case .approved: "រង់ចាំទទួលសោ"
            case .done: "រួចរាល់"
            case .withdrawn: "បានដកវិញ"
            }
        },
        lapsed: "ផុតកំណត់",
        commandLine: "ផ្ទាំងបញ្ជា",
        theSwitch: "ប្រព័ន្ធ",
        otherRoles: "ស្នើប្ដូរតួនាទី",
        suspending: "បញ្ចប់ការចូលប្រើ និងសោទាំងអស់របស់បុគ្គលិកនេះ ហើយមិនឱ្យចូលប្រើថ្មីទេ។",
        reinstating: "បុគ្គលិកនេះអាចចូលប្រើវិញបាន។ សោដែលបានបញ្ចប់មិនត្រឡប់មកវិញទេ។",
        note: "មូលហេតុ",
        propose: "ស្នើ",
        sayWhy: "សូមប្រាប់មូលហេតុក្នុងមួយប្រយោគ។",
        tooMany: "មានសំណើមួយរយកំពុងរង់ចាំ។ សូមសម្រេចលើសំណើខ្លះជាមុនសិន។",
        before: "មុន",
        afterwards: "ក្រោយ",
        validFor: "ចំនួនថ្ងៃដែលប្រើបាន",
        days: { "\($0) ថ្ងៃ" },
        untilRevoked: "រហូតដល់ដកហូត",
        key: "សោ",
        anotherApproves: "ត្រូវមានមនុស្សម្នាក់ទៀតអនុម័ត ហើយគ្មាននរណាអនុម័តសិទ្ធិរបស់ខ្លួនឯងបានទេ។",
        approveQuestion: { "\($0) ស្នើរឿងនេះ។ តើអ្នកអនុម័តដែរឬទេ?" },
        approve: "អនុម័ត",
        withdraw: "ដកសំណើវិញ",
        shownOnce:
            "បានអនុម័តហើយ។ សោនឹងត្រូវបង្កើតនៅពេលអ្នកចុចប៊ូតុង ហើយបង្ហាញតែម្ដងដល់អ្នកតែម្នាក់។ សូមរៀបចំកន្លែងរក្សាទុកដែលមានសុវត្ថិភាព។",
        takeKey: "បង្កើតសោ ហើយបង្ហាញ",
        proposerTakes: { "បានអនុម័តហើយ។ \($0) នឹងបង្កើតសោ ហើយគ្មាននរណាផ្សេងឃើញទេ។" },
        theKey: "សោ",
        keepIt: "សូមចម្លងឥឡូវនេះ។ សោមិនត្រូវបានរក្សាទុក ហើយមិនបង្ហាញម្ដងទៀតទេ។"
    )
}
