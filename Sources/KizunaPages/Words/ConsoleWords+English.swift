import KizunaPayments
import KizunaSwitch

extension ConsoleWords {
    static let english = ConsoleWords(
        title: "Console",
        signIn: .english,
        places: .english,
        desk: .english,
        overview: .english,
        search: .english,
        xray: .english,
        sequence: .english,
        exceptions: .english,
        deciding: .english,
        disputes: .english,
        participants: .english,
        access: .english,
        merchants: .english,
        shopDesk: .english,
        shopImport: .english,
        rates: .english,
        health: .english,
        audit: .english,
        messages: .english,
        chaos: .english
    )
}

extension SignInWords {
    fileprivate static let english = SignInWords(
        title: "Sign in",
        person: "Your name here",
        password: "Password",
        code: "Code of your authenticator app",
        codeHint: "Six digits, new every 30 seconds.",
        enter: "Sign in",
        leave: "Sign out",
        wrong:
            "Name, password or code is not right, or the code was used already. Wait for the next code and try again.",
        tooSoon: { "Too many wrong attempts from here. Try again in \($0) s." },
        busy: "Many people are signing in right now. Try again in a moment.",
        demonstration:
            "A demonstration: the passwords are in the terminal, and these are the codes right now. Each is good once; load this page again for the next."
    )
}

extension PlaceWords {
    fileprivate static let english = PlaceWords(
        overview: "Overview",
        payments: "Payments",
        exceptions: "Exceptions",
        disputes: "Disputes",
        participants: "Participants",
        access: "Access",
        merchants: "Shops",
        rates: "Rates and fees",
        health: "System",
        chaos: "Trouble"
    )
}

extension DeskWords {
    fileprivate static let english = DeskWords(
        notDone: "Not done",
        notYourRole: "Your role does not include this. Nothing was done.",
        role: { name in
            switch name {
            case "operator": "Operator"
            case "approver": "Approver"
            case "auditor": "Auditor"
            case "support": "Support"
            default: name
            }
        }
    )
}

extension OverviewWords {
    fileprivate static let english = OverviewWords(
        paidPerSecond: "paid a second, over the last minute",
        decisionTimes: "submitted to final: median · 99 %",
        openExceptions: "open exceptions",
        escalatedDisputes: "disputes to decide",
        openAlerts: "alerts",
        courierLag: "longest overdue message",
        beforeCommit: "requests before the commit",
        onTheirWay: "messages on their way",
        flow: "Payments a second by state and direction",
        chart: "Paid a second",
        corridor: { $0 == .cambodia ? "Cambodia → Japan" : "Japan → Cambodia" },
        positions: "Positions and caps",
        noPositions: "Nobody owes anybody anything.",
        account: "Institution",
        position: "Position",
        held: "Held",
        cap: "Cap",
        capUsed: "Used",
        asOf: { "As of \($0); new every two seconds." }
    )
}

extension SearchWords {
    fileprivate static let english = SearchWords(
        text: "Find a payment",
        textHint:
            "An ID, a UETR, the text or the MD5 of a code, a hash from a receipt, a reference, or the last digits of an account.",
        amount: "Amount",
        currency: "Currency",
        participant: "Institution",
        from: "From",
        until: "Until",
        any: "any",
        find: "Find",
        found: { $0 == 1 ? "One payment" : "\($0) payments" },
        everything: "Everything has been looked at.",
        lookedAsFarAs: { "Looked at as far back as \($0)." },
        older: "Look further back",
        submitted: "Submitted",
        shopGets: "For the shop",
        payerPays: "From the payer",
        way: "From → to"
    )
}

extension ExceptionWords {
    fileprivate static let english = ExceptionWords(
        title: "Decide about a payment",
        nothing: "No payment waits for a decision.",
        since: "Since",
        why: "Why",
        cause: { cause in
            switch cause {
            case .unresolved: "The shop's bank has not said for ten minutes what became of it."
            case .paidAfterAbort: "The shop's bank says it paid, although the payment had been called off."
            case .reversalRefused: "The shop's bank does not undo the payment."
            case .reversalOverdue: "The shop's bank has not answered for a day."
            case .contradicted: "The shop's bank says something else than what was decided."
            }
        },
        explain: { cause in
            switch cause {
            case .unresolved: "It is being asked to undo the payment. There is nothing to decide yet."
            case .paidAfterAbort, .reversalRefused, .reversalOverdue:
                "Call the shop's bank and ask whether the shop's account was credited. If it was, the payer pays; if not, the payer keeps the money."
            case .contradicted: "The decision stands. Confirm that you have seen it, and tell the bank."
            }
        },
        amount: "For the shop",
        payerPays: "From the payer",
        bank: "Shop's bank",
        decision: {
            $0 == .honour ? "The shop was paid: the payer pays" : "The shop was not paid: the payer keeps the money"
        },
        lastWord: "The bank's last word",
        payment: "Payment",
        wholePayment: "See the whole payment",
        whatHappened: "What happened?",
        refused: "Kizuna did not do this:"
    )
}

extension DecidingWords {
    fileprivate static let english = DecidingWords(
        proposal: "Proposed",
        approvedBy: "Approved by",
        decided: "Decided.",
        anotherApproves: "Another person has to approve this.",
        withdraw: "Take the proposal back",
        approveQuestion: { decision, person in "\(person) proposes: \(decision). Are you sure as well?" },
        approve: "Approve",
        propose: "Propose",
        proposeOther: "Propose something else",
        note: "What makes you sure",
        sayWhy: "Choose a decision, and say what makes you sure."
    )
}

extension DisputeWords {
    fileprivate static let english = DisputeWords(
        nothing: "There are none.",
        all: "All",
        more: "More",
        opened: "Opened",
        reason: { reason in
            switch reason {
            case .notReceived: "Not received"
            case .notAsDescribed: "Not as described"
            case .wrongAmount: "Wrong amount"
            case .paidTwice: "Paid twice"
            case .refundMissing: "Refund missing"
            case .fraud: "Fraud"
            }
        },
        state: { state in
            switch state {
            case .opened: "Opened"
            case .awaitingEvidence: "Evidence wanted"
            case .accepted: "Granted"
            case .rejected: "Refused"
            case .escalated: "To be decided"
            case .closed: "Closed"
            }
        },
        action: { action in
            switch action {
            case .opened: "opened"
            case .evidenceAdded: "evidence added"
            case .evidenceAsked: "evidence asked for"
            case .evidenceComplete: "evidence complete"
            case .accepted: "granted"
            case .rejected: "refused"
            case .escalated: "taken to Kizuna"
            case .withdrawn: "withdrawn"
            case .upheld: "decided for the bank that opened it"
            case .dismissed: "decided against the bank that opened it"
            case .refundedOtherwise: "refunded meanwhile"
            case .answerOverdue: "no answer in time"
            case .evidenceOverdue: "no evidence in time"
            case .escalationOverdue: "not taken further in time"
            }
        },
        amount: "Amount",
        banks: "Banks",
        due: "Due",
        history: "History",
        whoIsRight: "Who is right?",
        decision: {
            $0 == .uphold ? "The bank that opened it: the money goes back" : "The other bank: nothing goes back"
        },
        about: "About"
    )
}

extension ParticipantWords {
    fileprivate static let english = ParticipantWords(
        name: "Name",
        rolesHeading: "Role",
        roles: { $0.names(issuer: "payers' bank", acquirer: "shops' bank", provider: "exchange") },
        country: "Country",
        waiting: "Messages that wait",
        active: "signed on",
        suspended: "signed off",
        checklist: "How far it has come",
        stepSignedOn: "Signed on",
        stepKey: "Has a key",
        stepCertificate: "Connects with a certificate",
        stepSigning: "Signs its requests",
        stepEndpoint: "Can be called",
        stepCap: "Has a cap on what it may owe",
        stepPayment: "Took part in a payment lately",
        link: "Link",
        endpoint: "Address",
        inbox: "asks for its messages",
        linkKind: "Credits",
        linkKindName: { $0 == .twoPhase ? "after the commit" : "as it accepts" },
        lastPayment: "Last payment",
        keys: "Keys and certificates",
        kind: "Kind",
        kindName: { kind in
            switch kind {
            case .secret: "key"
            case .certificate: "certificate"
            case .signing: "signing key"
            }
        },
        grants: "Grants",
        since: "Since",
        until: "Until",
        lastUsed: "Last used",
        inForce: "in force",
        ended: "ended"
    )
}

extension MerchantWords {
    fileprivate static let english = MerchantWords(
        bank: "Shops' bank",
        name: "Name",
        city: "City",
        category: "Category",
        code: "Registered as",
        travellers: "Takes travellers",
        yes: "yes",
        no: "no",
        status: { status in
            switch status {
            case .active: "open"
            case .blocked: "frozen"
            case .closed: "closed"
            }
        },
        more: "More"
    )
}

extension RateWords {
    fileprivate static let english = RateWords(
        rates: "Rates",
        exchange: "Exchange",
        provider: "Provider",
        mid: "Mid rate",
        spread: "Spread",
        published: "Published",
        fees: "Fees that differ from the standard",
        noFees: "Every fee is the standard one.",
        corridor: "Direction",
        kind: "Fee",
        kindName: { kind in
            switch kind {
            case .issuerFee: "payer's bank's fee"
            case .merchantDiscount: "shop's bank's fee"
            case .interchange: "interchange"
            case .switchFee: "Kizuna's fee"
            }
        },
        scope: "For",
        everybody: "everybody",
        share: "Share",
        from: "From"
    )
}

extension HealthWords {
    fileprivate static let english = HealthWords(
        alerts: "Alerts",
        noAlerts: "There are no alerts.",
        messages: "Messages that have not arrived",
        commits: "commits since the start",
        groupSize: "requests in a commit, on average",
        commitTime: "a commit, on average",
        queueTime: "waiting for it, on average",
        failedCommits: "failed commits",
        alert: "Alert",
        subject: "About",
        since: "Since",
        ended: "Ended",
        times: "Times",
        kind: { $0 == .capNearlyReached ? "cap nearly reached" : "shop unusually busy" }
    )
}

extension ChaosWords {
    fileprivate static let english = ChaosWords(
        lead: "Make trouble for the shops' banks, pay, and see what stays true.",
        mood: { mood in
            switch mood {
            case .well: "behaves well"
            case .silent: "is silent"
            case .slow: "is slow"
            case .twice: "says it twice"
            }
        },
        pay: "Pay ten times",
        payWrong: "Pay what goes wrong",
        dispute: "Have a payment disputed",
        clock: "The clock",
        jump: { $0 < 0 ? "\(-$0) minutes back" : "\($0) minutes forward" },
        clockAhead: { minutes in
            minutes == 0
                ? "The clock is right."
                : minutes < 0 ? "The clock is \(-minutes) minutes behind." : "The clock is \(minutes) minutes ahead."
        },
        switchItself: "The switch",
        kill: "Kill it and start it again",
        killHint: "Ten payments begin; in the middle of them its process ends without a word, as in a power failure.",
        started: { $0 == 1 ? "The switch was started once." : "The switch was started \($0) times." },
        invariants: "What is always true",
        holdsTrue: "True",
        broken: "Broken",
        balanced: { "The books balance: \($0) lines gone through again." },
        holds: { "No money is held without a payment under way: \($0) held." },
        recorded: { facts in
            "The banks credited \(facts.credited) payments and Kizuna recorded \(facts.recorded); \(facts.underWay) "
                + "under way, \(facts.decided) decided by people."
        }
    )
}
