import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Who said what to whom about a payment, and when: drawn from what was recorded, as a picture and as a list.
struct SequencePicture {
    let facts: PaymentFacts
    let site: Words

    /// Where something happens.
    private enum Lane: Int, CaseIterable {
        case issuer, theSwitch, acquirer

        var x: Int { 120 + rawValue * 260 }
    }

    /// One line of the picture: a message from one lane to another, or something at one.
    private struct Step {
        let at: Timestamp
        let from: Lane
        let to: Lane
        let label: String
        let tone: Part.Tone
    }

    private static let rowHeight = 44
    private static let top = 56
    private static let width = 760

    private var words: SequenceWords { site.console.sequence }

    var markup: Markup {
        let steps = self.steps
        let height = SequencePicture.top + steps.count * SequencePicture.rowHeight + 16
        return """
            <div class="scroll sequence" tabindex="0" role="region" aria-label="\(words.title)">
            <svg viewBox="0 0 \(SequencePicture.width) \(height)" width="\(SequencePicture.width)" height="\(height)" \
            role="img" aria-label="\(words.title)">
            \(Lane.allCases.map { lane($0, height) })
            \(steps.enumerated().map { row($0.element, $0.offset) })
            </svg></div>
            <details><summary>\(words.asList)</summary>
            <ol class="times">
            \(steps.map { "<li>\($0.at.timeOfDay(site)) <span class=\"soft\">\(offset(of: $0))</span> \($0.label)</li>" as Markup })
            </ol></details>
            """
    }

    // MARK: Drawing

    private func lane(_ lane: Lane, _ height: Int) -> Markup {
        let name =
            switch lane {
            case .issuer: facts.name(facts.payment.issuer)
            case .theSwitch: "Kizuna"
            case .acquirer: facts.name(facts.payment.acquirer)
            }
        return """
            <text class="lane" x="\(lane.x)" y="24" text-anchor="middle">\(name)</text>\
            <path class="life" d="M\(lane.x) 36V\(height - 8)"/>
            """
    }

    private func row(_ step: Step, _ place: Int) -> Markup {
        let y = SequencePicture.top + place * SequencePicture.rowHeight + 20
        // At the left, where no label comes: what is said of the switch runs to the right.
        let time: Markup = "<text class=\"time\" x=\"4\" y=\"\(y + 4)\">\(offset(of: step))</text>"
        guard step.from != step.to else {
            return """
                <circle class="\(step.tone.rawValue)" cx="\(step.to.x)" cy="\(y)" r="5"/>\
                <text x="\(step.to.x + 12)" y="\(y + 4)">\(step.label)</text>\(time)
                """
        }
        let isRightward = step.to.x > step.from.x
        let end = step.to.x + (isRightward ? -3 : 3)
        let head = isRightward ? "l-8 -5v10z" : "l8 -5v10z"
        return """
            <path class="arrow \(step.tone.rawValue)" d="M\(step.from.x) \(y)H\(end)"/>\
            <path class="head \(step.tone.rawValue)" d="M\(end) \(y)\(head)"/>\
            <text x="\((step.from.x + step.to.x) / 2)" y="\(y - 6)" text-anchor="middle">\(step.label)</text>\(time)
            """
    }

    /// The time since the payment was submitted.
    private func offset(of step: Step) -> String {
        let milliseconds = step.at.milliseconds - facts.payment.submittedAt.milliseconds
        let sign = milliseconds < 0 ? "−" : "+"
        let size = milliseconds.magnitude
        if size < 10_000 { return "\(sign)\(size) ms" }
        if size < 600_000 { return "\(sign)\(size / 1_000) s" }
        return size < 172_800_000 ? "\(sign)\(size / 60_000) min" : "\(sign)\(size / 86_400_000) d"
    }

    // MARK: What happened

    private var steps: [Step] {
        let payment = facts.payment
        var steps: [Step] = []
        if let quote = facts.quote {
            steps.append(Step(at: quote.createdAt, from: .issuer, to: .theSwitch, label: words.asksPrice, tone: .plain))
            steps.append(
                Step(
                    at: quote.createdAt,
                    from: .theSwitch,
                    to: .issuer,
                    label: "\(payment.price.payerDebit.priced) ⇄ \(payment.price.merchantAmount.priced)",
                    tone: .plain
                )
            )
        }
        for event in payment.events ?? [] { steps += self.steps(of: event) }
        for refund in facts.refunds {
            steps.append(
                Step(
                    at: refund.createdAt,
                    from: .theSwitch,
                    to: .issuer,
                    label: words.refund(refund.payerAmount.priced),
                    tone: .warn
                )
            )
        }
        // Things of one moment stay in the order in which they are told.
        return steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private func steps(of event: PaymentHistory.Event) -> [Step] {
        let step = { (from: Lane, to: Lane, label: String, tone: Part.Tone) in
            Step(at: event.at, from: from, to: to, label: label, tone: tone)
        }
        let label = words.trigger(event.trigger)
        let outcome = site.payment.state(event.state).name
        switch event.trigger {
        case .submitted: return [step(.issuer, .theSwitch, label, .plain)]
        case .checksPassed: return [step(.theSwitch, .theSwitch, label, .plain)]
        case .handedToLink: return [step(.theSwitch, .acquirer, label, .plain)]
        case .destinationAccepted, .destinationRefused, .reversalConfirmed, .reversalRefused, .contradictedAgain:
            let tone: Part.Tone = event.trigger == .destinationAccepted ? .good : .bad
            return [step(.acquirer, .theSwitch, label, tone)]
                + (event.state.isFinal ? [step(.theSwitch, .issuer, outcome, Part.Tone(event.state))] : [])
        case .commitRecorded:
            return [
                step(.theSwitch, .acquirer, outcome, Part.Tone(event.state)),
                step(.theSwitch, .issuer, outcome, Part.Tone(event.state)),
            ]
        case .refundedInPart, .refundedInFull: return [step(.acquirer, .theSwitch, label, .warn)]
        case .operatorHonoured, .operatorReversed:
            return [
                step(.theSwitch, .theSwitch, "\(label)\(names(of: event.actor))", .warn),
                step(.theSwitch, .issuer, outcome, Part.Tone(event.state)),
            ]
        case .quoteIssued, .lapsed, .checksFailed, .abandoned, .decisionDeadlinePassed, .unresolvedTooLong,
            .reversalOverdue:
            return [step(.theSwitch, .theSwitch, label, Part.Tone(event.state))]
        }
    }

    private func names(of actor: PaymentHistory.Actor) -> String {
        guard case .operators(let proposer, let approver) = actor else { return "" }
        return ": \(proposer), \(approver)"
    }
}
