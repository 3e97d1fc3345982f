import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// Trouble at the push of a button, and what stays true all the while; in the demonstration only.
struct ChaosPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor
    let controls: any ChaosControls

    private static let eventsPath = "/console/chaos/events"
    private static let path = "/console/chaos"
    /// How far one push puts the clock: a price holds for three minutes.
    private static let jumps: [Int64] = [-10, 5, 60]

    var routes: [PageRoute] {
        [
            door.page("/console/chaos") { visit throws(PageRefusal) in try await show(visit) },
            door.events("/console/chaos/events") { visit throws(PageRefusal) in try await next(visit) },
            action("/console/chaos/payments") { _ in .payments },
            action("/console/chaos/exceptions") { _ in .exception },
            action("/console/chaos/disputes") { _ in .dispute },
            action("/console/chaos/kills") { _ in .kill },
            action("/console/chaos/clock") { visit in
                guard let minutes = visit.form["minutes"].flatMap({ Int64($0) }), ChaosPages.jumps.contains(minutes)
                else { return nil }
                return .clock(.seconds(60 * minutes))
            },
            action("/console/chaos/{bank:participant}/mood") { visit in
                visit.form["mood"].flatMap(BankMood.init(rawValue:)).map {
                    .mood($0, of: visit.parameters.participant("bank"))
                }
            },
        ]
    }

    private func action(_ path: PathPattern, _ trouble: @escaping @Sendable (Visit) -> Trouble?) -> PageRoute {
        door.action(path, needing: .operator) { visit throws(PageRefusal) in
            guard let trouble = trouble(visit.visit) else { throw .badForm }
            guard await controls.make(trouble) != nil else { throw .unavailable }
            return visit.visit.lead(to: ChaosPages.path)
        }
    }

    private func show(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        let words = visit.words.chaos
        let (facts, standing) = try await look()
        let event = event(visit, facts, standing)
        return visit.page(
            .chaos,
            """
            <p class="lead">\(words.lead)</p>
            \(visit.may(.operator) ? buttons(visit, standing) : nil)
            <h2>\(words.invariants)</h2>
            \(Part.live(ChaosPages.eventsPath, id: event.id, event.content))
            """
        )
    }

    /// How often the banks' books and the switch's are compared before a difference counts: they are read one after the
    /// other, and payments go on between.
    private static let looks = 3

    private func look() async throws(PageRefusal) -> (Invariants, ChaosStanding) {
        var seen: (Invariants, ChaosStanding)?
        for _ in 0..<ChaosPages.looks {
            guard let standing = await controls.make(.look) else { throw .unavailable }
            let facts = try engine.reading { reader throws(StoreError) in try Invariants(reader, standing) }
            seen = (facts, standing)
            if facts.isAnsweredRecorded { break }
        }
        guard let seen else { throw .unavailable }
        return seen
    }

    // MARK: What can be done

    private func buttons(_ visit: ConsoleVisit, _ standing: ChaosStanding) -> Markup {
        let words = visit.words.chaos
        return """
            <ul class="cards broad">
            \(standing.banks.map { card(of: $0, $1, visit) })
            <li><h3>\(words.clock)</h3>
            <form method="post" action="/console/chaos/clock" class="buttons">\(visit.visit.tokenField)\
            \(ChaosPages.jumps.map { jump in
                "<button name=\"minutes\" value=\"\(jump)\" class=\"quiet\">\(words.jump(jump))</button>" as Markup
            })</form></li>
            <li><h3>\(words.switchItself)</h3>
            <p class="soft small">\(words.killHint)</p>
            \(Part.button(visit.visit, to: "/console/chaos/kills", words.kill, look: "quiet"))</li>
            </ul>
            <div class="buttons">
            \(Part.button(visit.visit, to: "/console/chaos/payments", words.pay))
            \(Part.button(visit.visit, to: "/console/chaos/exceptions", words.payWrong, look: "quiet"))
            \(Part.button(visit.visit, to: "/console/chaos/disputes", words.dispute, look: "quiet"))
            </div>
            """
    }

    private func card(of bank: ParticipantID, _ mood: BankMood, _ visit: ConsoleVisit) -> Markup {
        let choices = BankMood.allCases.map { one -> Markup in
            let isPressed = one == mood
            return """
                <button name="mood" value="\(one.rawValue)" class="\(isPressed ? "" : "quiet")" \
                aria-pressed="\(isPressed ? "true" : "false")">\(visit.words.chaos.mood(one))</button>
                """
        }
        return """
            <li><h3>\(bank.description)</h3>
            <form method="post" action="/console/chaos/\(bank.description)/mood" class="buttons">\
            \(visit.visit.tokenField)\(choices)</form></li>
            """
    }

    // MARK: What stays true

    private func next(_ visit: ConsoleVisit) async throws(PageRefusal) -> HTTPResponse {
        try await visit.visit.live.answer { () throws(PageRefusal) in
            try? await Task.sleep(for: FlowMonitor.interval)
            let (facts, standing) = try await look()
            return event(visit, facts, standing)
        }
    }

    private func event(_ visit: ConsoleVisit, _ facts: Invariants, _ standing: ChaosStanding) -> LiveEvent {
        let now = engine.clock.now()
        let words = visit.words.chaos
        let lines = [
            (facts.areBooksBalanced, words.balanced(facts.lines)), (facts.areHoldsOwned, words.holds(facts.holds)),
            (facts.isAnsweredRecorded, words.recorded(facts)),
        ]
        let time = MomentText(now, in: visit.site.language.clock).timeWithSeconds
        return LiveEvent(
            id: "\(now.milliseconds)",
            content: """
                <ul class="cards broad">
                \(lines.map { "<li><p class=\"state \($0.0 ? "good" : "bad")\">\($0.0 ? words.holdsTrue : words.broken)</p>\($0.1)</li>" as Markup })
                </ul>
                <p class="soft small">\(visit.words.overview.asOf(time)) \
                \(words.clockAhead(standing.clockAhead.components.seconds / 60)) \
                <span data-starts="\(standing.starts)">\(words.started(standing.starts))</span></p>
                """
        )
    }
}
