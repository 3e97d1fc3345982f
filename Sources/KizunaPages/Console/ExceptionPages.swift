import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Payments that people decide about, two for each decision.
struct ExceptionPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    private static let limit = 100

    var routes: [PageRoute] {
        [
            door.page("/console/exceptions") { visit throws(PageRefusal) in try list(visit) },
            door.page("/console/exceptions/{paymentId:id}") { visit throws(PageRefusal) in try await show(visit) },
            door.action("/console/exceptions/{paymentId:id}/proposals", needing: .operator) {
                visit throws(PageRefusal) in
                try await propose(visit)
            },
            door.action("/console/exceptions/{paymentId:id}/withdrawals", needing: .operator) {
                visit throws(PageRefusal) in
                try await decide(visit, .withdrawProposal(payment: visit.payment))
            },
            door.action("/console/exceptions/{paymentId:id}/approvals", needing: .approver) {
                visit throws(PageRefusal) in
                let proposal = try visit.approvedProposal()
                return try await decide(
                    visit,
                    .approveProposal(ApproveProposal(payment: visit.payment, proposal: proposal))
                )
            },
        ]
    }

    private func list(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let cases = try engine.reading { reader throws(StoreError) in
            let opened = try reader.openExceptionCases(after: nil, limit: ExceptionPages.limit)
            var found: [(ExceptionCase, Payment)] = []
            for one in opened {
                if let payment = try reader.payment(one.payment) { found.append((one, payment)) }
            }
            return found
        }
        let words = visit.words.exceptions
        guard !cases.isEmpty else { return visit.page(.exceptions, Part.notice(.good, "<p>\(words.nothing)</p>")) }
        return visit.page(
            .exceptions,
            Part.table(
                caption: visit.words.places.exceptions,
                columns: [words.since, words.why, words.amount, words.bank, visit.words.deciding.proposal],
                numbers: [2],
                rows: cases.map { opened, payment in
                    [
                        "<a href=\"/console/exceptions/\(payment.id.description)\">\(opened.openedAt.timeOfDay(visit.site))</a>",
                        .text(words.cause(opened.cause)), payment.price.merchantAmount.markup,
                        .text(payment.acquirer.description),
                        opened.proposal.map { "\(words.decision($0.decision)) (\($0.proposer.description))" } ?? "–",
                    ]
                }
            )
        )
    }

    private func show(_ visit: ConsoleVisit, refused: String? = nil) async throws(PageRefusal) -> HTTPResponse {
        let (opened, payment, bank) = try engine.reading { reader throws(StoreError) in
            let payment = try reader.payment(visit.payment)
            let bank = try payment.flatMap { payment throws(StoreError) in try reader.participant(payment.acquirer) }
            return (try reader.exceptionCase(of: visit.payment), payment, bank)
        }
        guard let opened, let payment, let bank else { throw .notFound }
        try await engine.note(.sawException, payment.id.value, by: visit)
        return ExceptionPage(visit: visit, opened: opened, payment: payment, bank: bank, refused: refused).response()
    }

    private func propose(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        let decisions: [String: ExceptionCase.Decision] = ["honour": .honour, "reverse": .reverse]
        guard let decision = visit.visit.form["decision"].flatMap({ decisions[$0] }),
            let note = visit.reason(longest: ExceptionCase.longestNote)
        else { return try await show(visit, refused: visit.words.deciding.sayWhy) }
        return try await decide(
            visit,
            .proposeDecision(ProposeDecision(payment: visit.payment, decision: decision, note: note))
        )
    }

    /// Has the switch do it as the person, and shows what came of it.
    private func decide(_ visit: ConsoleVisit, _ command: Command) async throws(PageRefusal) -> HTTPResponse {
        switch try await engine.doing(command, as: visit.person.id) {
        case .success: visit.visit.lead(to: "/console/exceptions/\(visit.payment)")
        case .failure(let refusal): try await show(visit, refused: visit.site.sentence(for: refusal))
        }
    }
}

extension ConsoleVisit {
    /// The payment that the address names.
    fileprivate var payment: PaymentID { PaymentID(visit.parameters.id("paymentId")) }
}

/// One payment that people decide about.
private struct ExceptionPage {
    let visit: ConsoleVisit
    let opened: ExceptionCase
    let payment: Payment
    let bank: Participant
    let refused: String?

    private var words: ExceptionWords { visit.words.exceptions }
    private var deciding: DecidingWords { visit.words.deciding }

    func response() -> HTTPResponse {
        visit.page(
            .exceptions,
            titled: words.title,
            status: refused == nil ? 200 : 409,
            """
            \(refused.map { Part.notice(.bad, "<p>\($0)</p>") })
            \(cause)
            \(facts)
            \(action)
            """
        )
    }

    /// What to find out is said while there is something to decide.
    private var cause: Markup {
        guard opened.closing == nil else { return Part.notice(.good, "<p>\(words.cause(opened.cause))</p>") }
        return Part.notice(.warn, "<p>\(words.cause(opened.cause))</p><p>\(words.explain(opened.cause))</p>")
    }

    private var facts: Markup {
        Part.facts(
            [
                Part.Fact(words.amount, payment.price.merchantAmount.markup, isTotal: true),
                Part.Fact(words.payerPays, payment.price.payerDebit.markup),
                Part.Fact(words.bank, "<a href=\"/console/participants/\(bank.id.description)\">\(bank.name)</a>"),
                Part.Fact(words.since, opened.openedAt.markup(visit.site)),
                Part.Fact(
                    visit.site.status.state,
                    Part.badge(visit.site.payment.state(payment.state).name, Part.Tone(payment.state))
                ),
                opened.lastWord.map { Part.Fact(words.lastWord, .text(visit.words.sequence.trigger($0))) },
                Part.Fact(
                    words.payment,
                    "<a href=\"/console/payments/\(payment.id.description)\">\(words.wholePayment)</a>"
                ),
                opened.proposal.map {
                    Part.Fact(
                        deciding.proposal,
                        "\(words.decision($0.decision)) – \($0.note) (\($0.proposer.description))"
                    )
                },
                opened.closing.map {
                    Part.Fact(deciding.approvedBy, "\($0.approver.description), \($0.at.markup(visit.site))")
                },
            ].compactMap(\.self)
        )
    }

    private var action: Markup {
        guard opened.closing == nil else { return "<p class=\"good\">\(deciding.decided)</p>" }
        return TwoPersonForms(
            visit: visit,
            path: "/console/exceptions/\(payment.id)",
            proposal: opened.proposal,
            question: words.whatHappened,
            choices: ["honour": .honour, "reverse": .reverse],
            longestNote: ExceptionCase.longestNote,
            words: words.decision
        )
        .markup
    }
}
