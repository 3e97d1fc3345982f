import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// The form to look for shops with, the banks that have some, and a list.
struct MerchantListPage {
    let visit: ConsoleVisit
    let acquirers: [Participant]
    /// Whose shops are listed.
    var chosen: ParticipantID?
    var isOfFrozen = false
    /// What was typed, and for which bank.
    var text = ""
    var bank: ParticipantID?

    private var words: ShopDeskWords { visit.words.shopDesk }

    func response(_ content: Markup) -> HTTPResponse {
        visit.page(.merchants, "\(form)\n\(tabs)\n\(content)\n\(importLink)")
    }

    private var form: Markup {
        """
        <form method="post" action="\(MerchantPages.path)" class="card search" role="search">
        \(visit.visit.tokenField)
        <label for="text">\(words.text)</label>
        <input id="text" name="text" value="\(text)" autocomplete="off" spellcheck="false" required \
        aria-describedby="text-hint">
        <p class="hint" id="text-hint">\(words.textHint)</p>
        <label for="acquirer">\(visit.words.merchants.bank)</label>
        \(BankChoice(acquirers: acquirers, chosen: bank, any: words.anyBank).markup)
        <p class="buttons"><button type="submit">\(words.find)</button></p>
        </form>
        """
    }

    private var tabs: Markup {
        let banks = acquirers.map { one -> Markup in
            let mark: Markup? = one.id == chosen ? " aria-current=\"true\"" : nil
            return "<a href=\"\(MerchantPages.path)?acquirer=\(one.id.description)\"\(mark)>\(one.name)</a>"
        }
        let mark: Markup? = isOfFrozen ? " aria-current=\"true\"" : nil
        return """
            <nav class="tabs" aria-label="\(visit.words.merchants.bank)">
            \(banks)
            <a href="\(MerchantPages.path)/frozen"\(mark)>\(words.frozenShops)</a></nav>
            """
    }

    private var importLink: Markup? {
        visit.may(.operator)
            ? "<p><a class=\"button quiet\" href=\"\(ShopImportPages.path)\">\(visit.words.shopImport.title)</a></p>"
            : nil
    }

    /// What a search came to, and the same search behind the last that was looked at.
    func findings(_ findings: MerchantFindings) -> Markup {
        """
        <h2>\(words.found(findings.merchants.count))</h2>
        \(findings.merchants.isEmpty ? nil : MerchantTable(merchants: findings.merchants, visit: visit).markup)
        \(onward(findings.next))
        """
    }

    private func onward(_ next: MerchantID?) -> Markup {
        guard let next else { return "<p class=\"soft\">\(visit.words.search.everything)</p>" }
        return """
            <form method="post" action="\(MerchantPages.path)">\(visit.visit.tokenField)
            <input type="hidden" name="text" value="\(text)">
            <input type="hidden" name="acquirer" value="\(bank?.description ?? "")">
            <input type="hidden" name="after" value="\(next.description)">
            <button type="submit" class="quiet">\(words.lookFurther)</button></form>
            """
    }
}

/// A field to choose a shops' bank in.
struct BankChoice {
    let acquirers: [Participant]
    let chosen: ParticipantID?
    /// What it says for none in particular; `nil` where one has to be chosen, which nobody does unawares.
    let any: String?

    var markup: Markup {
        let options = acquirers.map { one -> Markup in
            let mark: Markup? = one.id == chosen ? " selected" : nil
            return "<option value=\"\(one.id.description)\"\(mark)>\(one.name)</option>"
        }
        let none: Markup = "<option value=\"\">\(any ?? "–")</option>"
        return
            "<select id=\"acquirer\" name=\"acquirer\"\(any == nil ? " required" as Markup : nil)>\(none)\(options)</select>"
    }
}

/// Shops as a list.
struct MerchantTable {
    let merchants: [Merchant]
    let visit: ConsoleVisit

    var markup: Markup {
        let words = visit.words.merchants
        return Part.table(
            caption: visit.words.places.merchants,
            columns: [words.name, words.city, words.category, words.code, words.travellers, visit.site.status.state],
            rows: merchants.map { merchant in
                [
                    """
                    <a href="\(MerchantPages.path)/\(merchant.id.description)">\(merchant.name)</a> \
                    <span class="soft">\(merchant.localName ?? "")</span>
                    """,
                    .text(merchant.city), .text(merchant.categoryCode), "<code>\(merchant.key.text)</code>",
                    .text(merchant.acceptsForeignPayers ? words.yes : words.no), badge(merchant),
                ]
            }
        )
    }

    private func badge(_ merchant: Merchant) -> Markup {
        Part.badge(visit.words.merchants.status(merchant.status), merchant.status == .active ? .good : .bad)
    }
}
