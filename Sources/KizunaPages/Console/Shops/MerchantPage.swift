import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Everything that is shown of a shop.
struct MerchantFacts: Sendable {
    let merchant: Merchant
    let acquirerName: String
    let freeze: ShopFreeze?
    let payments: [Payment]
    let entries: [AuditEntry]
}

/// One shop: who it is, whether it is paid, and what people have done about it.
struct MerchantPage {
    let visit: ConsoleVisit
    let facts: MerchantFacts
    let refused: String?

    private var words: ShopDeskWords { visit.words.shopDesk }
    private var merchant: Merchant { facts.merchant }

    func response() -> HTTPResponse {
        visit.page(
            .merchants,
            titled: merchant.name,
            status: refused == nil ? 200 : 409,
            """
            \(refused.map { Part.notice(.bad, "<p>\($0)</p>") })
            <p class="lead">\(Part.badge(
                visit.words.merchants.status(merchant.status),
                merchant.status == .active ? .good : .bad
            )) \(merchant.localName ?? "")</p>
            <div class="pair"><section class="card">\(identity)</section>
            <section class="card">\(standing)\(action)</section></div>
            <h2>\(words.latestPayments)</h2>
            \(payments)
            <h2>\(words.whoSaw)</h2>
            \(AuditTable(entries: facts.entries, site: visit.site).markup)
            """
        )
    }

    private var identity: Markup {
        let list = visit.words.merchants
        return Part.facts(
            [
                Part.Fact(list.name, .text(merchant.name), isTotal: true),
                Part.Fact(words.localName, text: merchant.localName),
                Part.Fact(list.city, text: merchant.city), Part.Fact(list.category, text: merchant.categoryCode),
                Part.Fact(list.code, "<code>\(merchant.key.text)</code>"),
                Part.Fact(list.travellers, text: merchant.acceptsForeignPayers ? list.yes : list.no),
                Part.Fact(
                    list.bank,
                    "<a href=\"/console/participants/\(merchant.acquirer.description)\">\(facts.acquirerName)</a>"
                ),
                Part.Fact("ID", "<code>\(merchant.id.description)</code>"),
            ].compactMap(\.self)
        )
    }

    private var payments: Markup {
        facts.payments.isEmpty
            ? "<p class=\"soft\">\(words.noPayments)</p>"
            : PaymentTable(payments: facts.payments, site: visit.site).markup
    }

    // MARK: Freezing

    private var standing: Markup? {
        guard let freeze = facts.freeze else { return nil }
        return Part.facts(
            [
                Part.Fact(words.frozenBy, act(freeze.freezing)), Part.Fact(words.reason, text: freeze.freezing.reason),
                freeze.lifting.map { Part.Fact(words.liftedBy, act($0)) },
                freeze.lifting.map { Part.Fact(words.reason, .text($0.reason)) },
            ].compactMap(\.self)
        )
    }

    private func act(_ act: ShopFreeze.Act) -> Markup { "\(act.person.description), \(act.at.markup(visit.site))" }

    private var action: Markup? {
        switch merchant.status {
        case .active:
            return visit.may(.operator) ? form("freeze", words.freeze, words.freezeHint) : nil
        case .blocked:
            if facts.freeze?.freezing.person == visit.person.id {
                return Part.notice(.plain, "<p>\(words.anotherLifts)</p>")
            }
            return visit.may(.approver)
                ? form("lift", words.lift, words.liftHint) : Part.notice(.plain, "<p>\(words.approverLifts)</p>")
        case .closed: return nil
        }
    }

    private func form(_ action: String, _ label: String, _ hint: String) -> Markup {
        """
        <form method="post" action="\(MerchantPages.path)/\(merchant.id.description)/\(action)">
        \(visit.visit.tokenField)
        <h2>\(label)</h2>
        <p class="hint" id="hint">\(hint)</p>
        <label for="reason">\(words.reason)</label>
        <input id="reason" name="reason" required maxlength="\(ShopFreeze.longestReason)" aria-describedby="hint">
        <p class="buttons"><button type="submit">\(label)</button></p></form>
        """
    }
}
