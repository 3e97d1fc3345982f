import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The rules that every store enforces. All are checked before anything is taken in.
extension MemoryRecords {
    func check(_ transaction: Transaction) throws(StoreError) {
        try checkParticipants(transaction)
        try checkAccounts(transaction)
        try checkKeysAndMerchants(transaction)
        try checkFees(transaction)
        try checkRests(transaction)
        try checkPromises(transaction)
        try checkPayments(transaction)
        try checkRefunds(transaction)
        try checkClaims(transaction)
        try checkUETRs(transaction)
        try checkWork(transaction)
        try checkWatching(transaction)
        try checkLimits(transaction)
        try checkJournal(transaction)
    }

    private func checkParticipants(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.participants.changes {
            try require(change.row != nil, "A participant is never removed")
            try require(!change.isNew || participants[change.key] == nil, "Participants have ids of their own")
        }
    }

    private func checkAccounts(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.accounts.changes {
            guard let account = change.row else { throw .brokenRule("An account is never removed") }
            try require(!change.isNew || accounts[change.key] == nil, "Accounts are opened once")
            let balances = [account.debitsPosted, account.creditsPosted, account.debitsHeld, account.creditsHeld]
            try require(balances.allSatisfy { $0 >= 0 }, "Balances are never negative")
            guard let before = change.stored, before.netDebitCapMinorUnits == account.netDebitCapMinorUnits else {
                continue
            }
            let headroom = account.headroomMinorUnits ?? 0
            try require(headroom >= min(0, before.headroomMinorUnits ?? 0), "An account keeps its net debit cap")
        }
    }

    private func checkKeysAndMerchants(_ transaction: Transaction) throws(StoreError) {
        let keyChanges = transaction.apiKeys.changes
        var digests = keyChanges.isEmpty ? [] : Set(apiKeys.values.map(\.digest))
        for change in keyChanges {
            guard let key = change.row else { throw .brokenRule("A key is revoked and never removed") }
            try require(key.digest.count == 32, "A key's digest has 32 bytes")
            if change.isNew {
                try require(apiKeys[key.id] == nil, "Keys have ids of their own")
                try require(digests.insert(key.digest).inserted, "No two keys are alike")
            }
            if case .participant(let id) = key.owner { try requireParticipant(id, in: transaction) }
        }
        for change in transaction.people.changes {
            guard let person = change.row else { throw .brokenRule("A person is suspended and never removed") }
            try require(!change.isNew || people[person.id] == nil, "People have names of their own")
            try require(1...Person.longestName ~= person.name.count, "A person is called something")
            try require(!person.roles.isEmpty, "A person has a role")
            try require(person.authenticatorKey.count == 20, "An authenticator's key has 20 bytes")
        }
        try checkAccess(transaction)
        for change in transaction.merchants.changes {
            guard let merchant = change.row else { throw .brokenRule("A shop is closed and never removed") }
            try require(!change.isNew || merchants[merchant.key] == nil, "A shop is registered once")
            let key = merchantKeys[merchant.id]
            try require(change.isNew ? key == nil : key == merchant.key, "A shop keeps its id")
            try requireParticipant(merchant.acquirer, in: transaction)
        }
        for change in transaction.webhooks.changes {
            try requireParticipant(change.key, in: transaction)
            for webhook in change.row?.all ?? [] {
                try require(!webhook.events.isEmpty, "A webhook is told something")
                guard let merchant = webhook.merchant else { continue }
                try require(merchantKeys[merchant] != nil, "A webhook names a shop")
            }
        }
        for change in transaction.rateBoards.changes {
            for rate in change.row?.rates ?? [] {
                try requireParticipant(rate.provider, in: transaction)
                for improvement in rate.improvements { try requireParticipant(improvement.issuer, in: transaction) }
            }
        }
    }

    private func checkFees(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.feeTables.changes {
            guard let table = change.row else { throw .brokenRule("A tariff is added to and never removed") }
            let known = feeTables[change.key]?.rules ?? []
            try require(table.rules.starts(with: known), "A line of a tariff never changes")
            for participant in table.rules.compactMap(\.scope.participant) {
                try requireParticipant(participant, in: transaction)
            }
        }
    }

    private func checkRests(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.roundingRests.changes {
            try require(change.row != nil, "A rest is carried and never removed")
            try requireParticipant(change.key.provider, in: transaction)
        }
    }

    private func checkPromises(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.resolutions.changes {
            guard let resolution = change.row else { continue }
            try require(change.isNew && resolutions[resolution.id] == nil, "A resolution never changes")
            let merchant = transaction.merchants[resolution.merchantKey] ?? merchants[resolution.merchantKey]
            try require(merchant?.id == resolution.merchantID, "A resolution names a shop by its key and its id")
            let amount = resolution.fixedAmount
            try require(amount?.currency ?? resolution.currency == resolution.currency, "One currency")
            try requireParticipant(resolution.issuer, in: transaction)
            try requireParticipant(resolution.acquirer, in: transaction)
        }
        for change in transaction.quotes.changes {
            guard let quote = change.row else {
                try require(quotes[change.key]?.usedBy == nil, "A used quote is kept")
                continue
            }
            try require(!change.isNew || quotes[quote.id] == nil, "Quotes have ids of their own")
            try require(quote.price.isInTwoCurrencies, "A price is in two currencies")
            try require(quote.price.isBridgedByAThird, "A bridge is in a third currency")
            let user = quote.usedBy.flatMap { transaction.payments[$0] ?? payments[$0] }
            try require(quote.usedBy == user?.id, "A quote is used by the payment that names it")
            try require(user.map { $0.quote == quote.id } ?? true, "A quote is used by the payment that names it")
            let before = change.stored?.usedBy
            try require(before == nil || before == quote.usedBy, "A used quote stays used by its payment")
            try requireParticipant(quote.issuer, in: transaction)
            try requireParticipant(quote.provider, in: transaction)
            if let bridge = quote.price.route.bridge { try requireParticipant(bridge.provider, in: transaction) }
        }
    }

    private func checkPayments(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.payments.changes {
            guard let payment = change.row else { throw .brokenRule("A payment is never removed") }
            let refunded = payment.refunded
            try require(
                refunded.merchantMinorUnits <= payment.price.merchantAmount.minorUnits
                    && refunded.payerMinorUnits <= payment.price.interbankAmount.minorUnits,
                "No more is refunded than was paid"
            )
            guard change.isNew else { continue }
            try require(payments[payment.id] == nil, "Payments have ids of their own")
            guard let quote = transaction.quotes[payment.quote] ?? quotes[payment.quote] else {
                throw .brokenRule("A payment names a quote")
            }
            try require(quote.usedBy == payment.id, "A quote pays once")
            try require(quote.price == payment.price, "A payment costs what its quote says")
            let isKnown = merchantKeys[payment.merchant] != nil
            try require(
                isKnown || transaction.merchants.changes.contains { $0.row?.id == payment.merchant },
                "A payment names a shop"
            )
            for participant in [payment.issuer, payment.acquirer, payment.provider] {
                try requireParticipant(participant, in: transaction)
            }
        }
        for change in transaction.parties.changes {
            try require(change.row != nil && change.isNew && parties[change.key] == nil, "Parties never change")
            try requirePayment(change.key, in: transaction)
        }
    }

    private func checkRefunds(_ transaction: Transaction) throws(StoreError) {
        var parts: [PaymentID: Set<Int>] = [:]
        for change in transaction.refunds.changes {
            guard let refund = change.row, change.isNew, refunds[refund.id] == nil else {
                throw .brokenRule("A refund never changes")
            }
            try require(
                refund.merchantAmount.isPositive && 1...Refund.maximumPartsWithClaims ~= refund.part,
                "A refund gives something back"
            )
            try require(refund.issuerFeeReturned.currency == refund.payerAmount.currency, "Two currencies")
            try requirePayment(refund.payment, in: transaction)
            let known = (refundsOfPayments[refund.payment] ?? []).compactMap { refunds[$0]?.part }
            let isNew = parts[refund.payment, default: Set(known)].insert(refund.part).inserted
            try require(isNew, "Each part is refunded once")
        }
    }

    private func checkUETRs(_ transaction: Transaction) throws(StoreError) {
        var new: Set<UETR> = []
        let payments = transaction.payments.changes.filter(\.isNew).compactMap(\.row?.uetr)
        for uetr in payments + transaction.refunds.changes.compactMap(\.row?.uetr) {
            try require(uetrs[uetr] == nil && new.insert(uetr).inserted, "A UETR is borne once")
        }
    }

    private func checkWork(_ transaction: Transaction) throws(StoreError) {
        for change in transaction.codeClaims.changes {
            guard let payment = change.row else { continue }
            try require(!change.isNew || codeClaims[change.key] == nil, "A code is claimed once")
            try requirePayment(payment, in: transaction)
        }
        for change in transaction.idempotency.changes where change.row != nil {
            try require(change.isNew && idempotency[change.key] == nil, "A first answer never changes")
        }
        for change in transaction.messages.changes {
            guard let message = change.row else { continue }
            try require(!change.isNew || messages[message.id] == nil, "Messages have ids of their own")
            try require((message.dueAt == nil) == (message.standing == .givenUp), "What is given up is never due")
            try requirePayment(message.payment, in: transaction)
            try requireParticipant(message.destination, in: transaction)
            if let refund = message.refund {
                try require((transaction.refunds[refund] ?? refunds[refund]) != nil, "A refund that exists is named")
            }
        }
        for change in transaction.timers.changes where change.row != nil {
            try requirePayment(change.key.payment, in: transaction)
        }
        for change in transaction.exceptionCases.changes {
            guard let row = change.row else { continue }
            try requirePayment(row.payment, in: transaction)
            try require(row.closing == nil || row.proposal != nil, "What is approved was proposed")
            try require(row.closing?.approver != row.proposal?.proposer || row.closing == nil, "Nobody decides alone")
        }
    }
}

extension MemoryRecords {
    func requireParticipant(_ id: ParticipantID, in transaction: Transaction) throws(StoreError) {
        try require((transaction.participants[id] ?? participants[id]) != nil, "A participant that exists is named")
    }

    func requirePayment(_ id: PaymentID, in transaction: Transaction) throws(StoreError) {
        try require((transaction.payments[id] ?? payments[id]) != nil, "A payment that exists is named")
    }
}

/// Refuses what breaks a rule.
func require(_ isKept: Bool, _ rule: String) throws(StoreError) {
    guard isKept else { throw .brokenRule(rule) }
}

extension Price {
    fileprivate var isInTwoCurrencies: Bool {
        issuerFee.currency == interbankAmount.currency && merchantDiscount.currency == merchantAmount.currency
            && interchange.currency == merchantAmount.currency && switchFee.currency == merchantAmount.currency
    }

    fileprivate var isBridgedByAThird: Bool {
        guard let bridge = route.bridge?.amount else { return true }
        return bridge.isPositive && bridge.currency != interbankAmount.currency
            && bridge.currency != merchantAmount.currency
    }
}
