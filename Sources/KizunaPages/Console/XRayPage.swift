import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR
import KizunaSwitch
import KizunaWeb

/// One payment from end to end: what it cost, who said what and when, what moved, and what came of it.
struct XRayPage {
    let visit: ConsoleVisit
    let facts: PaymentFacts
    let code: CodeShown?

    private var words: XRayWords { visit.words.xray }
    private var payment: Payment { facts.payment }

    func response() -> HTTPResponse {
        let state = visit.site.payment.state(payment.state)
        return visit.page(
            .payments,
            titled: words.title,
            """
            <p class="lead">\(Part.badge(state.name, Part.Tone(payment.state))) \(state.sentence) \
            <span class="small">\(payment.changedAt.markup(visit.site))</span></p>
            \(caseNotice)
            <div class="pair"><section class="card"><h2>\(words.price)</h2>\(price)</section>
            <section class="card"><h2>\(words.parties)</h2>\(parties)</section></div>
            <h2>\(words.sequence)</h2>
            \(SequencePicture(facts: facts, site: visit.site).markup)
            <h2>\(words.ledger)</h2>
            \(ledger)
            \(claims)
            <h2>\(words.messages)</h2>
            \(messages)
            <h2>\(words.code)</h2>
            \(codeSection)
            <h2>\(visit.words.shopDesk.whoSaw)</h2>
            \(AuditTable(entries: facts.entries, site: visit.site).markup)
            """
        )
    }

    private var caseNotice: Markup? {
        guard let opened = facts.exceptionCase, opened.closing == nil else { return nil }
        return Part.notice(
            .warn,
            """
            <p>\(visit.words.exceptions.cause(opened.cause)) \
            <a href="/console/exceptions/\(payment.id.description)">\(words.toTheCase)</a></p>
            """
        )
    }

    // MARK: Price and parties

    private var price: Markup {
        let price = payment.price
        let currencies = (price.interbankAmount.currency, price.merchantAmount.currency)
        let rate = RateText("\(price.rate)", payer: currencies.0, merchant: currencies.1)?.text ?? "\(price.rate)"
        let mid = RateText("\(price.midRate)", payer: currencies.0, merchant: currencies.1)?.text ?? "\(price.midRate)"
        return Part.facts(
            [
                Part.Fact(words.shopGets, price.merchantAmount.markup, isTotal: true),
                Part.Fact(words.rate, .text(rate)), Part.Fact(words.midRate, .text(mid)),
                Part.Fact(words.interbank, price.interbankAmount.markup),
                Part.Fact(words.issuerFee, price.issuerFee.markup),
                Part.Fact(words.payerPays, price.payerDebit.markup, isTotal: true),
                Part.Fact(words.discount, price.merchantDiscount.markup),
                Part.Fact(words.interchange, price.interchange.markup),
                Part.Fact(words.switchFee, price.switchFee.markup),
                facts.quote.map { Part.Fact(words.quotedAt, $0.createdAt.markup(visit.site)) },
            ].compactMap(\.self)
        )
    }

    private var parties: Markup {
        let parties = facts.parties
        return Part.facts(
            [
                Part.Fact(words.payer, text: parties?.payerName),
                Part.Fact(words.payerAccount, text: parties.map { "…\($0.payerAccount.suffix(4))" }),
                Part.Fact(words.issuer, institution(payment.issuer)),
                Part.Fact(words.provider, institution(payment.provider)),
                Part.Fact(words.acquirer, institution(payment.acquirer)),
                Part.Fact(words.shop, text: parties?.merchantName),
                Part.Fact(words.shopOwnName, text: parties?.merchantLocalName),
                Part.Fact(words.shopKey, text: parties?.merchantKey.text),
                Part.Fact(words.reference, text: parties?.reference),
                Part.Fact("UETR", "<code>\(payment.uetr.description)</code>"),
                Part.Fact("ID", "<code>\(payment.id.description)</code>"),
                payment.reason.map { Part.Fact(words.reason, "\($0.title) <code>\($0.rawValue)</code>") },
                payment.possibleDuplicate ? Part.Fact(words.duplicate, .text(words.possible)) : nil,
            ].compactMap(\.self)
        )
    }

    private func institution(_ id: ParticipantID) -> Markup {
        "<a href=\"/console/participants/\(id.description)\">\(facts.name(id))</a>"
    }

    // MARK: Ledger, claims and messages

    private var ledger: Markup {
        Part.table(
            caption: words.ledger,
            columns: [words.at, words.kind, words.debit, words.credit, words.amount],
            numbers: [4],
            rows: facts.journal.map { line in
                [
                    line.at.timeOfDay(visit.site), .text(words.entry(line.kind)), .text("\(line.debit)"),
                    .text("\(line.credit)"), line.amount.markup,
                ]
            }
        )
    }

    private var claims: Markup? {
        let rows: [[Markup]] =
            facts.refunds.map { refund in
                [
                    .text(words.refund), refund.createdAt.markup(visit.site), .text(refund.reason.rawValue),
                    refund.merchantAmount.markup, "<code>\(refund.id.description)</code>",
                ]
            }
            + facts.recalls.map { recall in
                [
                    .text(words.recall), recall.requestedAt.markup(visit.site), .text(recall.state.name),
                    recall.amount.markup, "<code>\(recall.id.description)</code>",
                ]
            }
            + facts.disputes.map { dispute in
                [
                    .text(words.dispute), dispute.openedAt.markup(visit.site), .text(dispute.state.name),
                    dispute.amount.markup,
                    "<a href=\"/console/disputes/\(dispute.id.description)\"><code>\(dispute.id.description)</code></a>",
                ]
            }
        guard !rows.isEmpty else { return nil }
        return """
            <h2>\(words.claims)</h2>
            \(Part.table(
                caption: words.claims,
                columns: [words.kind, words.at, visit.site.status.state, words.amount, "ID"],
                numbers: [3],
                rows: rows
            ))
            """
    }

    private var messages: Markup {
        """
        \(MessageTable(facts: facts, site: visit.site).markup)
        \(facts.webhooks.isEmpty ? nil : webhooks)
        """
    }

    private var webhooks: Markup {
        Part.table(
            caption: words.webhooks,
            columns: [words.webhooks, words.lastAttempt, words.answer],
            rows: facts.webhooks.map { webhook in
                let status = webhook.lastOutcome?.status
                return [
                    .text(webhook.url), webhook.lastOutcome.map { $0.at.markup(visit.site) } ?? "–",
                    Part.badge(
                        status.map(String.init) ?? words.none,
                        status.map { 200...299 ~= $0 ? .good : .bad } ?? .plain
                    ),
                ]
            }
        )
    }

    // MARK: Code

    private var codeSection: Markup {
        """
        <p>MD5 <code>\(payment.code.value.compact)</code> <span class="soft">\(words.codeIsNotKept)</span></p>
        <form method="post" action="/console/payments/\(payment.id.description)/code">
        \(visit.visit.tokenField)
        <label for="code">\(words.pasteCode)</label>
        <textarea id="code" name="code" required spellcheck="false"></textarea>
        <p class="buttons"><button type="submit" class="quiet">\(words.explain)</button></p>
        </form>
        \(code.map(explained))
        """
    }

    private func explained(_ code: CodeShown) -> Markup {
        """
        \(Part.notice(
            code.isThePayments ? .good : .bad,
            "<p>\(code.isThePayments ? words.isThisCode : words.isAnotherCode)</p>"
        ))
        \(Part.table(
            caption: words.code,
            columns: [words.field, words.meaning, words.value],
            rows: code.explanation.lines.map { line in
                [
                    "<code>\(line.path.map { "\($0)" } ?? "–")</code>",
                    "\(line.title ?? "–") <span class=\"soft\">\(line.source ?? "")</span>\(line.problem)",
                    "\(line.value ?? "") <span class=\"soft\">\(line.meaning ?? "")</span>",
                ]
            }
        ))
        """
    }
}

extension QRExplanation.Line {
    fileprivate var problem: Markup? {
        switch verdict {
        case .right: nil
        case .tolerated(let text): "<br><span class=\"warn\">\(text)</span>"
        case .wrong(let text): "<br><span class=\"bad\">\(text)</span>"
        }
    }
}

extension Timestamp {
    /// The moment on the reader's clocks.
    func markup(_ site: Words) -> Markup { MomentText(self, in: site.language.clock).markup(site) }

    /// The time of day to the second, with the whole moment for programs.
    func timeOfDay(_ site: Words) -> Markup {
        let text = MomentText(self, in: site.language.clock)
        return "<time datetime=\"\(rfc3339)\">\(text.isoDate) \(text.timeWithSeconds)</time>"
    }
}
