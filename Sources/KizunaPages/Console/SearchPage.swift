import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// The form to look for payments with, and what was found.
struct SearchPage {
    let visit: ConsoleVisit
    let fields: PaymentPages.Fields
    let findings: PaymentFindings

    private var words: SearchWords { visit.words.search }

    func response() -> HTTPResponse {
        visit.page(
            .payments,
            """
            \(form)
            <h2>\(words.found(findings.payments.count))</h2>
            \(PaymentTable(payments: findings.payments, site: visit.site).markup)
            \(onward)
            """
        )
    }

    private var form: Markup {
        """
        <form method="post" action="/console/payments" class="card search" role="search">
        \(visit.visit.tokenField)
        <label for="text">\(words.text)</label>
        <input id="text" name="text" value="\(fields.text)" autocomplete="off" spellcheck="false" \
        aria-describedby="text-hint">
        <p class="hint" id="text-hint">\(words.textHint)</p>
        <div class="fields">
        <div><label for="state">\(visit.site.status.state)</label>\(states)</div>
        <div><label for="amount">\(words.amount)</label><input id="amount" name="amount" inputmode="decimal" \
        value="\(fields.amount)"></div>
        <div><label for="currency">\(words.currency)</label>\(currencies)</div>
        <div><label for="participant">\(words.participant)</label><input id="participant" name="participant" \
        value="\(fields.participant)"></div>
        <div><label for="from">\(words.from)</label><input id="from" name="from" type="datetime-local" \
        value="\(fields.from)"></div>
        <div><label for="until">\(words.until)</label><input id="until" name="until" type="datetime-local" \
        value="\(fields.until)"></div>
        </div>
        <p class="buttons"><button type="submit">\(words.find)</button></p>
        </form>
        """
    }

    private var states: Markup {
        let choices = PaymentState.allCases.filter(\.isHandedOver).map { state in
            option(state.name, visit.site.payment.state(state).name, isChosen: fields.state == state)
        }
        return "<select id=\"state\" name=\"state\">\(option("", words.any, isChosen: false))\(choices)</select>"
    }

    private var currencies: Markup {
        let choices = [Currency.jpy, .khr, .usd].map { currency in
            option(currency.code, currency.code, isChosen: fields.currency == currency.code)
        }
        return "<select id=\"currency\" name=\"currency\">\(choices)</select>"
    }

    private func option(_ value: String, _ label: String, isChosen: Bool) -> Markup {
        "<option value=\"\(value)\"\(isChosen ? " selected" as Markup : nil)>\(label)</option>"
    }

    /// The same search behind the last that was looked at.
    private var onward: Markup? {
        guard let next = findings.next else { return "<p class=\"soft\">\(words.everything)</p>" }
        let kept = [
            ("text", fields.text), ("state", fields.state?.name ?? ""), ("amount", fields.amount),
            ("currency", fields.currency), ("participant", fields.participant), ("from", fields.from),
            ("until", fields.until), ("before", next.description),
        ]
        let hidden = kept.map { field -> Markup in
            "<input type=\"hidden\" name=\"\(field.0)\" value=\"\(field.1)\">"
        }
        return """
            <form method="post" action="/console/payments">\(visit.visit.tokenField)\(hidden)
            <p class="soft">\(words.lookedAsFarAs(MomentText(next.value.moment, in: visit.site.language.clock).full(visit.site)))</p>
            <button type="submit" class="quiet">\(words.older)</button></form>
            """
    }
}

/// Payments as a list.
struct PaymentTable {
    let payments: [Payment]
    let site: Words

    private var words: SearchWords { site.console.search }

    var markup: Markup {
        Part.table(
            caption: site.status.payments,
            columns: [words.submitted, site.status.state, words.shopGets, words.payerPays, words.way],
            numbers: [2, 3],
            rows: payments.map { payment in
                let at = MomentText(payment.submittedAt, in: site.language.clock)
                return [
                    "<a href=\"/console/payments/\(payment.id.description)\">\(at.isoDate) \(at.timeWithSeconds)</a>",
                    Part.badge(site.payment.state(payment.state).name, Part.Tone(payment.state)),
                    payment.price.merchantAmount.markup, payment.price.payerDebit.markup,
                    "\(payment.issuer.description) → \(payment.acquirer.description)",
                ]
            }
        )
    }
}
