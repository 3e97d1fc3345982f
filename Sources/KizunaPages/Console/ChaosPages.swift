package import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// How a simulated bank behaves until it is told otherwise.
package enum BankMood: String, Sendable, Hashable, CaseIterable {
    case well
    case silent
    case slow
    /// It says everything twice.
    case twice
}

/// What a demonstration lets people do to its banks.
package protocol ChaosControls: Sendable {
    /// The shops' banks, each with how it behaves.
    var banks: [(id: ParticipantID, mood: BankMood)] { get }
    func set(_ mood: BankMood, of bank: ParticipantID)
    /// How many payments the shops' banks have credited by their own books, and how many the switch had recorded as paid
    /// before they kept any.
    var credited: (payments: Int, before: Int) { get }
    /// Has the simulated payers pay a few times, and returns at once.
    func payAFew()
    /// Has a payer pay what the shop's bank first refuses, then claims to have credited, and does not undo, so that
    /// people have to decide.
    func payWhatGoesWrong()
}

/// Trouble at the push of a button, and what stays true all the while; in the demonstration only.
struct ChaosPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor
    let controls: any ChaosControls

    private static let eventsPath = "/console/chaos/events"
    private static let path = "/console/chaos"

    var routes: [PageRoute] {
        [
            door.page("/console/chaos") { visit throws(PageRefusal) in try show(visit) },
            door.events("/console/chaos/events") { visit throws(PageRefusal) in try await next(visit) },
            door.action("/console/chaos/payments", needing: .operator) { visit throws(PageRefusal) in
                controls.payAFew()
                return visit.visit.lead(to: ChaosPages.path)
            },
            door.action("/console/chaos/exceptions", needing: .operator) { visit throws(PageRefusal) in
                controls.payWhatGoesWrong()
                return visit.visit.lead(to: ChaosPages.path)
            },
            door.action("/console/chaos/{bank:participant}/mood", needing: .operator) { visit throws(PageRefusal) in
                guard let mood = visit.visit.form["mood"].flatMap(BankMood.init(rawValue:)) else { throw .badForm }
                controls.set(mood, of: visit.visit.parameters.participant("bank"))
                return visit.visit.lead(to: ChaosPages.path)
            },
        ]
    }

    private func show(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let words = visit.words.chaos
        let event = try event(visit)
        return visit.page(
            .chaos,
            """
            <p class="lead">\(words.lead)</p>
            \(visit.may(.operator) ? buttons(visit) : nil)
            <h2>\(words.invariants)</h2>
            \(Part.live(ChaosPages.eventsPath, id: event.id, event.content))
            """
        )
    }

    private func buttons(_ visit: ConsoleVisit) -> Markup {
        let words = visit.words.chaos
        let banks = controls.banks.map { bank, mood -> Markup in
            let choices = BankMood.allCases.map { one -> Markup in
                let isPressed = one == mood
                return """
                    <button name="mood" value="\(one.rawValue)" class="\(isPressed ? "" : "quiet")" \
                    aria-pressed="\(isPressed ? "true" : "false")">\(words.mood(one))</button>
                    """
            }
            return """
                <li><h3>\(bank.description)</h3>
                <form method="post" action="/console/chaos/\(bank.description)/mood" class="buttons">\
                \(visit.visit.tokenField)\(choices)</form></li>
                """
        }
        return """
            <ul class="cards broad">
            \(banks)
            </ul>
            <div class="buttons">
            \(Part.button(visit.visit, to: "/console/chaos/payments", words.pay))
            \(Part.button(visit.visit, to: "/console/chaos/exceptions", words.payWrong, look: "quiet"))
            </div>
            """
    }

    // MARK: What stays true

    private func next(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        try await visit.visit.live.answer { () throws(PageRefusal) in
            try? await Task.sleep(for: FlowMonitor.interval)
            return try event(visit)
        }
    }

    private func event(_ visit: ConsoleVisit) throws(PageRefusal) -> LiveEvent {
        let now = engine.clock.now()
        let facts = try engine.reading { reader throws(StoreError) in try Invariants(reader, controls.credited) }
        let words = visit.words.chaos
        let lines = [
            (facts.areBooksBalanced, words.balanced(facts.lines)), (facts.areHoldsOwned, words.holds(facts.holds)),
            (facts.isAnsweredRecorded, words.recorded(facts)),
        ]
        return LiveEvent(
            id: "\(now.milliseconds)",
            content: """
                <ul class="cards broad">
                \(lines.map { "<li><p class=\"state \($0.0 ? "good" : "bad")\">\($0.0 ? words.holdsTrue : words.broken)</p>\($0.1)</li>" as Markup })
                </ul>
                <p class="soft small">\(visit.words.overview.asOf(MomentText(now, in: visit.site.language.clock).timeWithSeconds))</p>
                """
        )
    }
}

/// What must be true at every moment, recomputed from the journal and the banks' own books.
struct Invariants {
    let lines: Int
    let holds: Int
    let credited: Int
    let recorded: Int
    let underWay: Int
    /// How many payments people have decided that the shop was not paid, whatever its bank says.
    let decided: Int
    let areBooksBalanced: Bool
    /// Whether every open hold belongs to a payment that has not ended.
    let areHoldsOwned: Bool

    init(
        _ reader: any StoreReader,
        _ credited: (payments: Int, before: Int)
    ) throws(StoreError) {
        var audit = Audit()
        try reader.audit(&audit)
        lines = audit.transfers
        areBooksBalanced = audit.violations.isEmpty
        let open = Set(audit.openHoldIDs.map(\.transaction))
        holds = open.count
        var areOwned = true
        for transaction in open {
            let payment = try reader.payment(PaymentID(transaction))
            areOwned = areOwned && payment?.state.isFinal == false
        }
        areHoldsOwned = areOwned
        let counts = try reader.paymentCounts()
        self.credited = credited.payments
        recorded = counts.reduce(0) { $1.key.isPaid ? $0 + $1.value : $0 } - credited.before
        underWay = counts.reduce(0) { $1.key.isFinal ? $0 : $0 + $1.value }
        var search = PaymentSearch(limit: Invariants.mostDecided)
        search.state = .reversed
        decided = try reader.payments(search).payments.count { payment in
            payment.events?.contains { $0.trigger == .operatorReversed } ?? false
        }
    }

    /// More than anybody decides in a demonstration.
    private static let mostDecided = 1_000

    /// Nobody's word is lost: what a bank has credited is recorded, unless it is under way or people have decided
    /// otherwise; and what is recorded has been credited, or is about to be.
    var isAnsweredRecorded: Bool { -underWay <= credited - recorded && credited - recorded <= underWay + decided }
}
